import ipaddr from 'ipaddr.js';
import type { ServerContext } from '../http/env.ts';

/** Where a call comes from, as far as it can be known. */
export type CallerAddress = {
  /** For the log, e.g. `203.0.113.7`; `unknown` without a socket. */
  readonly address: string;
  /** What counts as one caller: an IPv4 address, or the /64 that one connection of the IPv6 internet is given. */
  readonly network: string;
  /** It is this very machine. */
  readonly isLoopback: boolean;
};

/** Bits of an IPv6 address that a provider gives to one customer: within them addresses can be changed at will. */
const IPV6_CUSTOMER_BITS = 64;

function parseAddress(text: string): CallerAddress | undefined {
  const bare = text.replace(/%.*/s, '');
  if (!ipaddr.isValid(bare)) return undefined;
  const address = ipaddr.process(bare);
  const isLoopback = address.range() === 'loopback';
  if (address instanceof ipaddr.IPv4) return { address: address.toString(), network: address.toString(), isLoopback };
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${IPV6_CUSTOMER_BITS}`);
  return { address: address.toString(), network: `${network.toString()}/${IPV6_CUSTOMER_BITS}`, isLoopback };
}

/** An entry of `X-Forwarded-For`: an address, which some proxies write with its port. */
const withoutPort = (entry: string): string =>
  /^\[([^\]]*)\](?::\d{1,5})?$/.exec(entry)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(entry)?.[1] ?? entry;

/**
 * The address behind a call. The socket's own, which nobody can make up; only where a proxy on this machine is
 * configured and the socket is that proxy's (loopback), the last entry of `X-Forwarded-For`, which that proxy wrote.
 * Entries before it are the caller's own words.
 */
export function addressOf(options: {
  readonly socketAddress: string | undefined;
  readonly forwardedFor: string | undefined;
  /** Whether `FACEBOUND_ORIGIN` is set. */
  readonly behindProxy: boolean;
}): CallerAddress {
  const socket = parseAddress(options.socketAddress ?? '');
  if (socket === undefined) return { address: 'unknown', network: 'unknown', isLoopback: false };
  if (!options.behindProxy || !socket.isLoopback) return socket;
  const last = options.forwardedFor?.split(',').at(-1)?.trim() ?? '';
  return parseAddress(withoutPort(last)) ?? socket;
}

/** `addressOf` for a request as a route sees it. */
export const callerAddress = (c: ServerContext, behindProxy: boolean): CallerAddress =>
  addressOf({
    socketAddress: c.env?.incoming?.socket.remoteAddress,
    forwardedFor: c.req.header('x-forwarded-for'),
    behindProxy,
  });
