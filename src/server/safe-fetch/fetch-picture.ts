import type { LookupAddress } from 'node:dns';
import { type Agent, request } from 'undici';
import { startDeadline } from '#api/deadline.ts';
import type { CallContext, EngineFailure } from '#api/engine.ts';
import { createPlaces } from '#api/places.ts';
import { LINK_TIMEOUT_MS, MAX_LINKED_BYTES, MAX_REDIRECTS } from '#contract/limits.ts';
import { refusePicture } from '#detector/headers/refuse-picture.ts';
import { describeContent, type PictureType, SNIFF_BYTES, sniffPicture } from '#detector/headers/sniff.ts';
import { errorCode } from '#shared/error-code.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { LinkHost } from '../config.ts';
import { createGuardedAgent, ForbiddenAddressError, hostKind } from './guarded-agent.ts';
import {
  createDnsLookup,
  createSystemLookup,
  LOOKUP_TIMEOUT_MS,
  type Lookup,
  NameLookupError,
  type NameLookupFailure,
} from './name-lookup.ts';

/** Why a link gave no picture. */
export type LinkFailure = Extract<
  EngineFailure,
  {
    code:
      | 'link-unreachable'
      | 'link-forbidden'
      | 'link-too-slow'
      | 'link-not-a-picture'
      | 'picture-too-large'
      | 'picture-unsafe'
      | 'line-full'
      | 'restarting'
      | 'cancelled';
  }
>;

export type LinkedPicture = { readonly bytes: Uint8Array; readonly type: PictureType };

/** Fetches pictures from links that strangers give. */
export type LinkFetcher = {
  fetchPicture(link: string, call: Pick<CallContext, 'caller' | 'signal'>): Promise<Result<LinkedPicture, LinkFailure>>;
  close(): Promise<void>;
};

export type LinkLimits = {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Longest that looking up a host name may take, in milliseconds. */
  readonly lookupTimeoutMs: number;
};

/** Links that are fetched at once for each kind of caller, each of which may fill its limit; the others wait. */
const AT_ONCE = { session: 12, 'configured-bearer': 12, 'strangers-bearer': 12 } as const;
/** Most callers of each kind that wait. */
const LONGEST_LINE = 128;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** An http(s) address without a user name; anything else is refused before a socket is opened. */
function parseLink(link: string, base?: URL): Result<URL, LinkFailure> {
  if (!URL.canParse(link, base?.href)) return err({ code: 'link-unreachable', reason: 'it is not a complete address' });
  const url = new URL(link, base?.href);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return err({ code: 'link-forbidden', reason: 'only http and https addresses can be fetched' });
  }
  if (url.username !== '' || url.password !== '') {
    return err({ code: 'link-forbidden', reason: 'it holds a user name or a password' });
  }
  return ok(url);
}

/** The cause of a failed connection in words, without what the system calls it. */
function linkUnreachableReason(error: unknown): string {
  if (error instanceof NameLookupError) return NAME_REASONS[error.failure];
  switch (errorCode(error)) {
    case 'ECONNREFUSED':
      return 'its host refused the connection';
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return 'its host did not answer';
    default:
      return 'the connection failed';
  }
}

const NAME_REASONS: Readonly<Record<NameLookupFailure, string>> = {
  'not-found': 'its host name was not found',
  'too-slow': 'its host name was not resolved in time',
  failed: 'its host name could not be resolved',
};

/** The addresses that names had first: for one fetch a name means the same host throughout, and is asked for once. */
function rememberNames(lookup: Lookup): Lookup {
  const known = new Map<string, readonly LookupAddress[]>();
  return async (hostname, signal) => {
    const addresses = known.get(hostname) ?? (await lookup(hostname, signal));
    known.set(hostname, addresses);
    return addresses;
  };
}

/**
 * A fetcher that reaches public http(s) addresses only, checks the address at every redirect, and ends whatever takes
 * too long or is too large. What counts as a picture is decided by the first bytes; headers are never believed, and no
 * compressed transfer is asked for, so nothing can inflate.
 */
export function createLinkFetcher(options: {
  readonly linkHosts: readonly LinkHost[];
  readonly userAgent: string;
  readonly limits?: Partial<LinkLimits>;
  /** Name servers for hosts that are not listed; the system's unless told otherwise. */
  readonly nameServers?: readonly string[] | undefined;
  readonly lookup?: Lookup;
  readonly systemLookup?: Lookup;
}): LinkFetcher {
  const limits: LinkLimits = {
    timeoutMs: LINK_TIMEOUT_MS,
    maxBytes: MAX_LINKED_BYTES,
    maxRedirects: MAX_REDIRECTS,
    lookupTimeoutMs: LOOKUP_TIMEOUT_MS,
    ...options.limits,
  };
  const { linkHosts, nameServers } = options;
  const lookup = options.lookup ?? createDnsLookup({ nameServers, timeoutMs: limits.lookupTimeoutMs });
  const systemLookup = options.systemLookup ?? createSystemLookup({ timeoutMs: limits.lookupTimeoutMs });
  const agents = new Set<Agent>();
  const headers = { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': options.userAgent };
  const tooLarge: LinkFailure = {
    code: 'picture-too-large',
    reason: `it has more than ${Math.round(limits.maxBytes / 1024 / 1024)} MB`,
  };

  /** Reads a body within the limits; looks at the first bytes before it takes the rest. */
  const readPicture = async (body: AsyncIterable<Uint8Array>): Promise<Result<LinkedPicture, LinkFailure>> => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    let start = Buffer.alloc(0);
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > limits.maxBytes) return err(tooLarge);
      if (start.byteLength < 512) start = Buffer.concat([start, chunk]).subarray(0, 512);
      if (start.byteLength >= SNIFF_BYTES && sniffPicture(start) === undefined && start.byteLength >= 512) break;
    }
    const type = sniffPicture(start);
    if (type === undefined) return err({ code: 'link-not-a-picture', contentType: describeContent(start) });
    const bytes = Buffer.concat(chunks);
    const refusal = refusePicture(bytes);
    return refusal === undefined ? ok({ bytes, type }) : err(refusal);
  };

  const follow = async (link: URL, agent: Agent, signal: AbortSignal): Promise<Result<LinkedPicture, LinkFailure>> => {
    let target: Result<URL, LinkFailure> = ok(link);
    for (let hop = 0; hop <= limits.maxRedirects; hop += 1) {
      if (!target.ok) return target;
      const reply = await request(target.value, { dispatcher: agent, method: 'GET', headers, signal });
      const { location } = reply.headers;
      if (REDIRECTS.has(reply.statusCode) && typeof location === 'string') {
        reply.body.on('error', () => {}).destroy();
        target = parseLink(location, target.value);
        continue;
      }
      try {
        if (reply.statusCode < 200 || reply.statusCode > 299) {
          return err({ code: 'link-unreachable', reason: `it answered with status ${reply.statusCode}` });
        }
        if (Number(reply.headers['content-length'] ?? 0) > limits.maxBytes) return err(tooLarge);
        return await readPicture(reply.body);
      } finally {
        reply.body.on('error', () => {}).destroy();
      }
    }
    return err({ code: 'link-unreachable', reason: `it redirects more than ${limits.maxRedirects} times` });
  };

  const failureOf = (error: unknown, signal: AbortSignal): LinkFailure => {
    if (signal.aborted) return { code: 'cancelled' };
    if (error instanceof ForbiddenAddressError) {
      return { code: 'link-forbidden', reason: 'its address is private or reserved' };
    }
    return { code: 'link-unreachable', reason: linkUnreachableReason(error) };
  };

  const fetchNow = async (
    link: URL,
    names: Lookup,
    signal: AbortSignal,
  ): Promise<Result<LinkedPicture, LinkFailure>> => {
    const deadline = startDeadline(limits.timeoutMs, signal);
    const agent = createGuardedAgent({
      linkHosts,
      connectTimeoutMs: limits.timeoutMs,
      lookup: names,
      systemLookup,
      signal: deadline.signal,
    });
    agents.add(agent);
    try {
      return await follow(link, agent, deadline.signal);
    } catch (error) {
      return err(deadline.isOver() ? { code: 'link-too-slow' } : failureOf(error, signal));
    } finally {
      deadline.stopClock();
      deadline.forgetCaller();
      agents.delete(agent);
      // A connection that is still being made has no other end.
      void agent.destroy();
    }
  };

  const places = createPlaces({ most: AT_ONCE, line: LONGEST_LINE });
  return {
    fetchPicture: async (link, { caller, signal }) => {
      const target = parseLink(link);
      if (!target.ok) return target;
      const names = rememberNames(lookup);
      try {
        // Before it takes a place: names that nobody answers for must not keep one.
        if (hostKind(target.value, linkHosts) === 'name') await names(target.value.hostname, signal);
        const place = await places.take(caller, signal);
        if (!place.ok) return place;
        try {
          return await fetchNow(target.value, names, signal);
        } finally {
          place.value();
        }
      } catch (error) {
        return err(failureOf(error, signal));
      }
    },
    close: async () => {
      await Promise.all([...agents].map((agent) => agent.destroy()));
    },
  };
}
