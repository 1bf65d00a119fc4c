import type { LookupAddress } from 'node:dns';
import { on } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Agent, request } from 'undici';
import { startDeadline } from '#api/deadline.ts';
import type { CallContext, EngineFailure } from '#api/engine.ts';
import { createLimiter } from '#api/limiter.ts';
import { createPlaces } from '#api/places.ts';
import { LINK_TIMEOUT_MS, MAX_LINKED_BYTES, MAX_REDIRECTS } from '#contract/limits.ts';
import { refusePicture } from '#detector/headers/refuse-picture.ts';
import { describeContent, SNIFF_BYTES, sniffPicture } from '#detector/headers/sniff.ts';
import { errorCode } from '#shared/error-code.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { LinkHost } from '../config.ts';
import type { FileStore } from '../files/file-store.ts';
import { spoolFailure } from '../files/spool-failure.ts';
import { createGuardedAgent, ForbiddenAddressError, hostKind } from './guarded-agent.ts';
import { createLinkedPictures, type FetchedPicture, type LinkedPicture } from './linked-pictures.ts';
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
      | 'queue-full'
      | 'storage-full'
      | 'body'
      | 'restarting'
      | 'cancelled';
  }
>;

/** Fetches pictures from links that strangers give. */
export type LinkFetcher = {
  /** Whoever gets a picture releases it. */
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

/** Links that are fetched at once, each of which may have its limit in memory for a moment. Two are the page's alone. */
const AT_ONCE = { all: 12, most: { session: 12, 'configured-bearer': 5, 'strangers-bearer': 5 } } as const;
/** Most callers of each kind that wait. */
const LONGEST_LINE = 128;

/** Fetched pictures whose headers are walked at once, each whole in memory for that moment. */
const WALKED_AT_ONCE = 2;

/** See `piecesOf`: whatever has come before it is read, the parser is never paused. */
const NEVER_HELD_BACK = { highWaterMark: Number.MAX_SAFE_INTEGER } as const;

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
  /** Where pictures are kept while they come and are passed on. */
  readonly spool: FileStore['spool'];
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
  const walking = createLimiter(WALKED_AT_ONCE);
  const headers = { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': options.userAgent };
  const tooLarge: LinkFailure = {
    code: 'picture-too-large',
    reason: `it has more than ${Math.round(limits.maxBytes / 1024 / 1024)} MB`,
  };

  /**
   * A body's pieces as fast as they come, to one more than is allowed; they wait here for the disk. Holding a host back is
   * no way: undici ends the whole process when a host closes the connection meanwhile (nodejs/undici#5360).
   */
  async function* piecesOf(body: Readable): AsyncGenerator<Uint8Array> {
    let size = 0;
    body.on('data', (piece: Uint8Array) => {
      size += piece.byteLength;
      if (size > limits.maxBytes && !body.destroyed) body.on('error', () => {}).destroy();
    });
    for await (const [piece] of on(body, 'data', { close: ['end', 'close'] })) yield piece;
  }

  /** Takes a body to the disk within the limits; looks at the first bytes before it takes the rest. */
  const readPicture = async (body: AsyncIterable<Uint8Array>): Promise<Result<FetchedPicture, LinkFailure>> => {
    let size = 0;
    let start = Buffer.alloc(0);
    async function* withinLimits() {
      for await (const chunk of body) {
        size += chunk.byteLength;
        if (size > limits.maxBytes) return;
        if (start.byteLength < 512) start = Buffer.concat([start, chunk]).subarray(0, 512);
        if (start.byteLength >= SNIFF_BYTES && sniffPicture(start) === undefined && start.byteLength >= 512) return;
        yield chunk;
      }
    }
    const spooled = await options.spool(withinLimits());
    if (!spooled.ok) return err(spoolFailure(spooled.error));
    const type = sniffPicture(start);
    let refusal: LinkFailure | undefined;
    if (size > limits.maxBytes) refusal = tooLarge;
    else if (type !== undefined) refusal = await walking(async () => refusePicture(await readFile(spooled.value.path)));
    if (type !== undefined && refusal === undefined) return ok({ type, spooled: spooled.value });
    await spooled.value.discard();
    return err(refusal ?? { code: 'link-not-a-picture', contentType: describeContent(start) });
  };

  const follow = async (link: URL, agent: Agent, signal: AbortSignal): Promise<Result<FetchedPicture, LinkFailure>> => {
    let target: Result<URL, LinkFailure> = ok(link);
    for (let hop = 0; hop <= limits.maxRedirects; hop += 1) {
      if (!target.ok) return target;
      const reply = await request(target.value, {
        dispatcher: agent,
        method: 'GET',
        headers,
        signal,
        ...NEVER_HELD_BACK,
      });
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
        return await readPicture(piecesOf(reply.body));
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
  ): Promise<Result<FetchedPicture, LinkFailure>> => {
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

  const places = createPlaces({ ...AT_ONCE, line: LONGEST_LINE });
  const pictures = createLinkedPictures<LinkFailure>();
  const fetchPlaced = async (
    target: URL,
    { caller, signal }: Pick<CallContext, 'caller' | 'signal'>,
  ): Promise<Result<FetchedPicture, LinkFailure>> => {
    const names = rememberNames(lookup);
    try {
      // Before it takes a place: names that nobody answers for must not keep one.
      if (hostKind(target, linkHosts) === 'name') await names(target.hostname, signal);
      const place = await places.take(caller, signal);
      if (!place.ok) return place;
      try {
        return await fetchNow(target, names, signal);
      } finally {
        place.value();
      }
    } catch (error) {
      return err(failureOf(error, signal));
    }
  };
  return {
    fetchPicture: async (link, { caller, signal }) => {
      const target = parseLink(link);
      if (!target.ok) return target;
      // Each kind of caller by itself: who joined a stranger would wait in the stranger's line.
      const shared = await pictures.share(`${caller} ${target.value.href}`, signal, (ends) =>
        fetchPlaced(target.value, { caller, signal: ends }),
      );
      return shared ?? err({ code: 'cancelled' });
    },
    close: async () => {
      await Promise.all([...agents].map((agent) => agent.destroy()));
    },
  };
}
