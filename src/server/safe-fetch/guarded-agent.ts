import type { LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { isLoopbackHost } from '../auth/own-origins.ts';
import type { LinkHost } from '../config.ts';
import { isPublicAddress } from './addresses.ts';
import type { Lookup } from './name-lookup.ts';

/** Longest headers of an answer, in bytes. Ours: some hosts set dozens of cookies and a long policy. */
export const MAX_HEADER_BYTES = 64 * 1024;

/** A host whose address links must not reach. */
export class ForbiddenAddressError extends Error {
  constructor(host: string) {
    super(`${host} is not on the public internet`);
    this.name = 'ForbiddenAddressError';
  }
}

const bareHost = (hostname: string) => hostname.replace(/^\[(.*)\]$/, '$1');

/** Whether a host and port are on the list of those that links may use although their address is private. */
const isListedHost = (linkHosts: readonly LinkHost[], hostname: string, port: string): boolean =>
  linkHosts.some((host) => bareHost(host.hostname) === bareHost(hostname) && (host.port ?? port) === port);

/**
 * What stands in an address as its host: one that `FACEBOUND_LINK_HOSTS` lists, which the system resolves; an IP address
 * or a name of this very machine, for which nobody is asked; or a name that is looked up.
 */
export function hostKind(
  target: { readonly hostname: string; readonly protocol: string; readonly port: string },
  linkHosts: readonly LinkHost[],
): 'listed' | 'address' | 'local-name' | 'name' {
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  if (isListedHost(linkHosts, target.hostname, port)) return 'listed';
  const host = bareHost(target.hostname);
  if (/^[\d.]+$/.test(host) || host.includes(':')) return 'address';
  return isLoopbackHost(host.replace(/\.$/, '')) ? 'local-name' : 'name';
}

/**
 * An undici agent that connects only to public addresses. The address is checked after resolution and handed to the
 * socket as it was checked, so a name that resolves differently a second time gains nothing; the connected socket's
 * own peer address is checked once more. Connections are not reused.
 */
export function createGuardedAgent(options: {
  readonly linkHosts: readonly LinkHost[];
  readonly connectTimeoutMs: number;
  readonly lookup: Lookup;
  /** For the listed hosts. */
  readonly systemLookup: Lookup;
  /** Ends look-ups that still run. */
  readonly signal: AbortSignal;
  /** Which addresses may be reached; the public ones unless told otherwise. */
  readonly isAllowed?: (address: string) => boolean;
}): Agent {
  const isAllowed = options.isAllowed ?? isPublicAddress;

  /** Resolves all addresses; one that is not allowed condemns the name. */
  const lookupAllowed =
    (lookup: Lookup, accepts: (address: string) => boolean): LookupFunction =>
    (hostname, lookupOptions, callback) => {
      lookup(hostname, options.signal).then(
        (addresses) => {
          const first = addresses[0];
          if (first === undefined || !addresses.every(({ address }) => accepts(address))) {
            callback(new ForbiddenAddressError(hostname), '', 0);
          } else if (lookupOptions.all === true) callback(null, [...addresses]);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, '', 0),
      );
    };

  const timeout = options.connectTimeoutMs;
  const open = buildConnector({ timeout, lookup: lookupAllowed(options.systemLookup, () => true) });
  const guarded = buildConnector({ timeout, lookup: lookupAllowed(options.lookup, isAllowed) });

  const connect: buildConnector.connector = (target, callback) => {
    const kind = hostKind(target, options.linkHosts);
    if (kind === 'listed') return open(target, callback);
    const host = bareHost(target.hostname);
    if (kind === 'local-name' || (kind === 'address' && !isAllowed(host))) {
      return callback(new ForbiddenAddressError(host), null);
    }
    return guarded(target, (...result) => {
      const [error, socket] = result;
      if (error === null && !isAllowed(socket.remoteAddress ?? '')) {
        socket.destroy();
        return callback(new ForbiddenAddressError(host), null);
      }
      return callback(...result);
    });
  };
  return new Agent({ connect, pipelining: 0, maxHeaderSize: MAX_HEADER_BYTES });
}
