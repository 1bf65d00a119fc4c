import type { LookupAddress } from 'node:dns';
import { Resolver, lookup as systemLookup } from 'node:dns/promises';
import { createLimiter } from '#api/limiter.ts';
import { createSingleFlight } from '#api/single-flight.ts';
import { errorCode } from '#shared/error-code.ts';

/**
 * Resolves a host name to all of its addresses, at least one. Rejects with a `NameLookupError`, or with the signal's
 * reason once that is aborted.
 */
export type Lookup = (hostname: string, signal: AbortSignal) => Promise<readonly LookupAddress[]>;

/** Why a name has no addresses: there are none, nobody said so in time, or the resolver itself failed. */
export type NameLookupFailure = 'not-found' | 'too-slow' | 'failed';

export class NameLookupError extends Error {
  readonly failure: NameLookupFailure;
  constructor(hostname: string, failure: NameLookupFailure) {
    super(`${hostname} was not resolved: ${failure}`);
    this.name = 'NameLookupError';
    this.failure = failure;
  }
}

/** Longest that looking up one name may take, in milliseconds. */
export const LOOKUP_TIMEOUT_MS = 3_000;

/** The system's resolver takes a thread of the pool that files and pictures need too: a slow one may hold two. */
const SYSTEM_LOOKUPS_AT_ONCE = 2;

/** Equal names that are asked for at once are looked up once; each caller leaves alone, and the last one ends it. */
function mergeByName(lookup: Lookup): Lookup {
  const flights = createSingleFlight<readonly LookupAddress[]>();
  return async (hostname, signal) => {
    const found = await flights.run(hostname.toLowerCase(), signal, (ends) => lookup(hostname, ends));
    if (found !== undefined) return found;
    signal.throwIfAborted();
    throw new NameLookupError(hostname, 'failed');
  };
}

function failureOf(error: unknown): NameLookupFailure {
  switch (errorCode(error)) {
    case 'ENOTFOUND':
    case 'ENODATA':
      return 'not-found';
    case 'ETIMEOUT':
    case 'ECANCELLED':
      return 'too-slow';
    default:
      return 'failed';
  }
}

/**
 * Asks the name servers by itself (c-ares) instead of the system, whose look-ups hold a thread each and cannot be ended:
 * two dozen names with a silent name server kept every other link waiting for a minute. Names that only this machine
 * knows (`/etc/hosts`) are not found.
 */
export function createDnsLookup(
  options: {
    /** Name servers as `address` or `address:port`; the system's unless told otherwise. */
    readonly nameServers?: readonly string[] | undefined;
    readonly timeoutMs?: number | undefined;
  } = {},
): Lookup {
  const timeoutMs = options.timeoutMs ?? LOOKUP_TIMEOUT_MS;
  return mergeByName(async (hostname, signal) => {
    // Two tries, the second twice as long, as a packet may be lost. One resolver a name: only all of its questions can
    // be cancelled.
    const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / 3), tries: 2 });
    if (options.nameServers !== undefined) resolver.setServers(options.nameServers);
    const cancel = () => resolver.cancel();
    const timer = setTimeout(cancel, timeoutMs);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
      signal.throwIfAborted();
      const addresses: LookupAddress[] = [
        ...(v4.status === 'fulfilled' ? v4.value.map((address) => ({ address, family: 4 })) : []),
        ...(v6.status === 'fulfilled' ? v6.value.map((address) => ({ address, family: 6 })) : []),
      ];
      if (addresses.length > 0) return addresses;
      const failures = [v4, v6].map((result) =>
        result.status === 'rejected' ? failureOf(result.reason) : ('not-found' as const),
      );
      const worst = (['too-slow', 'failed', 'not-found'] as const).find((failure) => failures.includes(failure));
      throw new NameLookupError(hostname, worst ?? 'not-found');
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    }
  });
}

/** Asks the system, for names that only it may know. Its answer cannot be hastened, but nobody waits longer than this. */
export function createSystemLookup(options: { readonly timeoutMs?: number | undefined } = {}): Lookup {
  const timeoutMs = options.timeoutMs ?? LOOKUP_TIMEOUT_MS;
  const gate = createLimiter(SYSTEM_LOOKUPS_AT_ONCE);
  return mergeByName(async (hostname, signal) => {
    let timer: NodeJS.Timeout | undefined;
    const tooSlow = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new NameLookupError(hostname, 'too-slow')), timeoutMs);
    });
    try {
      return await Promise.race([gate(() => systemLookup(hostname, { all: true }), signal), tooSlow]);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof NameLookupError) throw error;
      const isUnknown = errorCode(error) === 'EAI_AGAIN' || failureOf(error) === 'not-found';
      throw new NameLookupError(hostname, isUnknown ? 'not-found' : 'failed');
    } finally {
      clearTimeout(timer);
    }
  });
}
