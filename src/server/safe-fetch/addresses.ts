import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/** The part of IPv6 that is given out to the public internet (RFC 4291, IANA): everything else is special. */
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** The well-known NAT64 prefix (RFC 6052), which carries an IPv4 address in its last 32 bits. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
/** Addresses inside public ranges that clouds use for their own machinery (Azure's wire server). */
const CLOUD_INTERNAL = new Set(['168.63.129.16']);

function isPublicV4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && !CLOUD_INTERNAL.has(address.toString());
}

/** The address that is reached: without its zone, and the IPv4 one where IPv6 only wraps it. */
function reachedAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const bare = text.replace(/%.*/s, '');
  if (!ipaddr.isValid(bare)) return undefined;
  const address = ipaddr.process(bare);
  return address instanceof ipaddr.IPv6 && address.match(NAT64)
    ? new ipaddr.IPv4(address.toByteArray().slice(12))
    : address;
}

/**
 * Whether an IP address is on the public internet: not private, loopback, link-local, shared (CGNAT), multicast,
 * documentation, benchmarking, reserved, nor a tunnel or translation that hides such an address; and not one of this
 * machine's own, behind which other services of it may listen. Anything that is not an IP address is not public.
 */
export function isPublicAddress(text: string): boolean {
  const address = reachedAddress(text);
  if (address === undefined || ownAddresses().has(address.toString())) return false;
  if (address instanceof ipaddr.IPv4) return isPublicV4(address);
  return address.match(GLOBAL_UNICAST_V6) && address.range() === 'unicast';
}

const ownAddresses = (): ReadonlySet<string> =>
  new Set(
    Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address }) => reachedAddress(address)?.toString() ?? address),
  );
