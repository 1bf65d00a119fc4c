import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import type { BelowOurBase } from '#api/files/own-address.ts';

/** True for `localhost`, names below it and loopback addresses, in brackets or not. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true;
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback';
}

/** True for the addresses that mean "all of this machine's" when listening. */
export const isUnspecifiedHost = (host: string): boolean =>
  ipaddr.isValid(host) && ipaddr.process(host).toString().replace(/^::$/, '0.0.0.0') === '0.0.0.0';

/** A host as it stands in an address: IPv6 in brackets. */
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Which origins are ours: what `Host` and `Origin` may say and what file addresses begin with. */
export type OwnOrigins = {
  /** The origin that a `Host` header stands for; undefined when it is not ours. */
  fromHost(host: string | undefined): string | undefined;
  /** The path of an address that begins with one of our origins; undefined for any other. */
  readonly pathOf: BelowOurBase;
};

/** Addresses of this machine's network interfaces, as they stand in an address. */
const interfaceHosts = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => bracketed(address));

/**
 * With configured origins only those are ours. Without, the server is called directly: loopback names, the host that
 * it listens on and the machine's own addresses, each with the port that it listens on. A name that a stranger's DNS
 * points at us (DNS rebinding) is in neither set.
 */
export function createOwnOrigins(options: {
  readonly configured: readonly string[];
  readonly listenHost: string;
  readonly port: () => number;
}): OwnOrigins {
  const direct = new Set(['localhost', '127.0.0.1', '[::1]']);
  // `0.0.0.0` and `::` stand for all of the machine's addresses and are none themselves.
  if (!isUnspecifiedHost(options.listenHost)) direct.add(bracketed(options.listenHost.toLowerCase()));
  if (!isLoopbackHost(options.listenHost)) for (const host of interfaceHosts()) direct.add(host.toLowerCase());

  const isOurs = (url: URL): boolean =>
    options.configured.length > 0
      ? options.configured.includes(url.origin)
      : url.protocol === 'http:' && direct.has(url.hostname) && Number(url.port || 80) === options.port();

  const fromHost = (host: string | undefined): string | undefined => {
    if (host === undefined || !/^[0-9A-Za-z.[\]:-]+$/.test(host)) return undefined;
    const schemes = options.configured.length > 0 ? ['https', 'http'] : ['http'];
    for (const scheme of schemes) {
      if (!URL.canParse(`${scheme}://${host}`)) continue;
      const url = new URL(`${scheme}://${host}`);
      if (isOurs(url)) return url.origin;
    }
    return undefined;
  };

  return { fromHost, pathOf: (url) => (isOurs(url) ? url.pathname : undefined) };
}
