import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { isLoopbackHost } from '../auth/own-origins.ts';
import type { LinkHost } from '../config.ts';
import { createGate } from '../engines/gate.ts';
import { isPublicAddress } from './addresses.ts';

/** A host whose address links must not reach. */
export class ForbiddenAddressError extends Error {
  constructor(host: string) {
    super(`${host} is not on the public internet`);
    this.name = 'ForbiddenAddressError';
  }
}

/** Resolves a host name to all of its addresses. */
export type Lookup = (hostname: string) => Promise<readonly LookupAddress[]>;

/** The system's resolver takes a thread of the pool that files and pictures need too: a slow one may hold two. */
const LOOKUPS_AT_ONCE = 2;

const bareHost = (hostname: string) => hostname.replace(/^\[(.*)\]$/, '$1');

/** Whether a host and port are on the list of those that links may use although their address is private. */
const isListedHost = (linkHosts: readonly LinkHost[], hostname: string, port: string): boolean =>
  linkHosts.some((host) => bareHost(host.hostname) === bareHost(hostname) && (host.port ?? port) === port);

/**
 * An undici agent that connects only to public addresses. The address is checked after resolution and handed to the
 * socket as it was checked, so a name that resolves differently a second time gains nothing; the connected socket's
 * own peer address is checked once more. Connections are not reused.
 */
export function createGuardedAgent(options: {
  readonly linkHosts: readonly LinkHost[];
  readonly connectTimeoutMs: number;
  readonly lookup?: Lookup;
  /** Which addresses may be reached; the public ones unless told otherwise. */
  readonly isAllowed?: (address: string) => boolean;
}): Agent {
  const isAllowed = options.isAllowed ?? isPublicAddress;
  const gate = createGate(LOOKUPS_AT_ONCE);
  const lookup: Lookup = options.lookup ?? ((hostname) => systemLookup(hostname, { all: true }));
  const resolve: Lookup = (hostname) => gate(() => lookup(hostname));

  /** Resolves all addresses; one that is not allowed condemns the name. */
  const lookupAllowed =
    (accepts: (address: string) => boolean): LookupFunction =>
    (hostname, lookupOptions, callback) => {
      resolve(hostname).then(
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

  const open = buildConnector({ timeout: options.connectTimeoutMs, lookup: lookupAllowed(() => true) });
  const guarded = buildConnector({ timeout: options.connectTimeoutMs, lookup: lookupAllowed(isAllowed) });

  const connect: buildConnector.connector = (target, callback) => {
    const port = target.port || (target.protocol === 'https:' ? '443' : '80');
    if (isListedHost(options.linkHosts, target.hostname, port)) return open(target, callback);
    const host = bareHost(target.hostname);
    const isLiteral = /^[\d.]+$/.test(host) || host.includes(':');
    const isLocalName = !isLiteral && isLoopbackHost(host.replace(/\.$/, ''));
    if (isLocalName || (isLiteral && !isAllowed(host))) return callback(new ForbiddenAddressError(host), null);
    return guarded(target, (...result) => {
      const [error, socket] = result;
      if (error === null && !isAllowed(socket.remoteAddress ?? '')) {
        socket.destroy();
        return callback(new ForbiddenAddressError(host), null);
      }
      return callback(...result);
    });
  };
  return new Agent({ connect, pipelining: 0, maxHeaderSize: 16 * 1024 });
}
