import type { LookupAddress } from 'node:dns';
import { on } from 'node:events';
import type { Readable } from 'node:stream';
import { type Agent, request } from 'undici';
import { startDeadline } from '#api/deadline.ts';
import type { CallContext, EngineFailure } from '#api/engine.ts';
import { spoolFailure } from '#api/files/spool-failure.ts';
import { createLimiter } from '#api/limiter.ts';
import { createPace, type Flow, followFlow } from '#api/pace.ts';
import { createPlaces } from '#api/places.ts';
import { LINK_TIMEOUT_MS, MAX_LINKED_BYTES, MAX_REDIRECTS, MIB } from '#contract/limits.ts';
import {
  describeContent,
  type KnownPictureType,
  SNIFF_BYTES,
  sniffAnyPicture,
  sniffPicture,
} from '#detector/headers/sniff.ts';
import { refusePicture } from '#detector/node/refuse-picture.ts';
import { errorCode } from '#shared/error-code.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { LinkHost } from '../config.ts';
import type { DiskFileStore } from '../files/file-store.ts';
import { createCookieJar } from './cookie-jar.ts';
import { createGuardedAgent, ForbiddenAddressError, hostKind, MAX_HEADER_BYTES } from './guarded-agent.ts';
import { createLinkedPictures, type FetchedPicture, type LinkedPicture } from './linked-pictures.ts';
import {
  createDnsLookup,
  createSystemLookup,
  LOOKUP_TIMEOUT_MS,
  type Lookup,
  NameLookupError,
  type NameLookupFailure,
} from './name-lookup.ts';
import { PackedBodyError, UnknownCodingError, unpackedBody } from './unpacked-body.ts';

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
      | 'unreadable-picture'
      | 'line-full'
      | 'queue-full'
      | 'storage-full'
      | 'body'
      | 'restarting'
      | 'cancelled';
  }
>;

/** Which pictures are wanted: all that the page can make a JPEG or PNG of, or those that are decoded here. */
export type WantedPictures = 'known' | 'detected';

/** Fetches pictures from links that strangers give. */
export type LinkFetcher = {
  /** Whoever gets a picture releases it. */
  fetchPicture(
    link: string,
    wanted: WantedPictures,
    call: Pick<CallContext, 'caller' | 'owner' | 'signal'>,
  ): Promise<Result<LinkedPicture, LinkFailure>>;
  close(): Promise<void>;
};

export type LinkLimits = {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Longest that looking up a host name may take, in milliseconds. */
  readonly lookupTimeoutMs: number;
  /** How much is taken in, in bytes, all links together. */
  readonly intake: { readonly bytesPerSecond: number; readonly burst: number };
};

/** Links that are fetched at once, each of which may have its limit in memory for a moment. Two are the page's alone. */
const AT_ONCE = { all: 12, most: { session: 12, 'configured-bearer': 5, 'strangers-bearer': 5 } } as const;
/** Most callers of each kind that wait. */
const LONGEST_LINE = 128;

/**
 * Taking pictures in costs this process about 5 ms a megabyte, and memory while they wait for the disk; a host cannot be
 * held back (`piecesOf`). So none begins while more came than passes at this pace, which leaves three quarters of a core.
 */
const INTAKE = { bytesPerSecond: 48 * MIB, burst: 32 * MIB } as const;
/** Nor does one while more than this waits for the disk, in bytes, as on a machine that is busy with something else. */
const MOST_WAITING_BYTES = 32 * MIB;
/** When to look again whether it still does, in milliseconds. */
const LOOK_AGAIN_MS = 50;
/** What a picture counts as while nobody knows how large it is, in bytes: more than nearly all are. */
const ASSUMED_BYTES = 8 * MIB;

/** Fetched pictures whose headers are walked at once, each whole in memory for that moment. */
const WALKED_AT_ONCE = 1;

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

/** Where a redirect leads, as `parseLink` has it; the words tell that it was not the link itself. */
function redirected(location: string, base: URL): Result<URL, LinkFailure> {
  const target = parseLink(headerText(location), base);
  if (target.ok || target.error.code !== 'link-unreachable') return target;
  return err({ code: 'link-unreachable', reason: 'it redirects to something that is no address' });
}

/** The cause of a failed connection in words, without what the system calls it. */
function linkUnreachableReason(error: unknown): string {
  if (error instanceof NameLookupError) return NAME_REASONS[error.failure];
  if (error instanceof UnknownCodingError) return `it answered packed as “${error.coding}”, which is not undone here`;
  if (error instanceof PackedBodyError) return 'what it packed its answer into is damaged or stops in the middle';
  const code = errorCode(error) ?? '';
  if (/^HPE_/.test(code)) return 'what it answered is not HTTP';
  if (CERTIFICATE_CODES.test(code)) return 'the certificate of its host is not valid';
  if (/^(?:EPROTO$|ERR_SSL)/.test(code)) return 'no secure connection to its host came about';
  return CONNECTION_REASONS[code] ?? 'the connection failed';
}

const CERTIFICATE_CODES = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)/;

const CONNECTION_REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'its host refused the connection',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the connection was cut before the picture was there',
  EHOSTUNREACH: 'its host cannot be reached from here',
  ENETUNREACH: 'its host cannot be reached from here',
  UND_ERR_CONNECT_TIMEOUT: 'its host did not answer',
  UND_ERR_HEADERS_TIMEOUT: 'its host did not answer',
  ETIMEDOUT: 'its host did not answer',
  UND_ERR_HEADERS_OVERFLOW: `the headers of its answer are longer than ${MAX_HEADER_BYTES / 1024} KB`,
};

/** What a status says, where that helps a person. */
const STATUS_REASONS: Readonly<Record<number, string>> = {
  204: 'it answered with nothing',
  401: 'it asks for a sign-in (status 401)',
  403: 'its host does not hand it out (status 403)',
  404: 'there is nothing at this address (status 404)',
  410: 'it is no longer there (status 410)',
  429: 'its host was asked too often (status 429)',
};

const statusReason = (status: number): string =>
  STATUS_REASONS[status] ??
  (status >= 500 ? `something is wrong at its host (status ${status})` : `it answered with status ${status}`);

/**
 * A header's text as it was meant: header bytes reach us as Latin-1 letters, one for each, and hosts that write an
 * address of other letters write UTF-8. What is no UTF-8 stays as it is.
 */
function headerText(value: string): string {
  if (!/[\x80-\xff]/.test(value) || /[^\0-\xff]/.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
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
 * too long or is too large. What counts as a picture is decided by the first bytes; headers are never believed. No packed
 * transfer is asked for; one that comes all the same is unpacked while its output is counted. Cookies live for one chain
 * of redirects.
 */
export function createLinkFetcher(options: {
  readonly linkHosts: readonly LinkHost[];
  readonly userAgent: string;
  /** Where pictures are kept while they come and are passed on. */
  readonly spool: DiskFileStore['spool'];
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
    intake: INTAKE,
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

  /** What has come and waits for the disk, of all bodies, in bytes. */
  let waiting = 0;

  /**
   * A body's pieces as fast as they come, to one more than is allowed; they wait here for the disk. Holding a host back is
   * no way: undici ends the whole process when a host closes the connection meanwhile (nodejs/undici#5360).
   */
  async function* piecesOf(body: Readable, flow: Flow): AsyncGenerator<Uint8Array> {
    let size = 0;
    let own = 0;
    let isOver = false;
    const move = (bytes: number) => {
      own += bytes;
      waiting += bytes;
    };
    body.on('data', (piece: Uint8Array) => {
      size += piece.byteLength;
      flow.came(piece.byteLength);
      if (!isOver) move(piece.byteLength);
      if (size > limits.maxBytes && !body.destroyed) body.on('error', () => {}).destroy();
    });
    try {
      for await (const [piece] of on(body, 'data', { close: ['end', 'close'] })) {
        yield piece;
        move(-piece.byteLength);
      }
    } finally {
      isOver = true;
      move(-own);
    }
  }

  /** Takes a body to the disk within the limits; looks at the first bytes before it takes the rest. */
  const readPicture = async (
    body: AsyncIterable<Uint8Array>,
    wanted: WantedPictures,
  ): Promise<Result<Omit<FetchedPicture, 'isUnsteady'>, LinkFailure>> => {
    let size = 0;
    let start = Buffer.alloc(0);
    async function* withinLimits() {
      for await (const chunk of body) {
        size += chunk.byteLength;
        if (size > limits.maxBytes) return;
        if (start.byteLength < SNIFF_BYTES) {
          start = Buffer.concat([start, chunk]).subarray(0, SNIFF_BYTES);
          if (start.byteLength === SNIFF_BYTES && sniffAnyPicture(start) === undefined) return;
        }
        yield chunk;
      }
    }
    const spooled = await options.spool(ReadableStream.from(withinLimits()));
    if (!spooled.ok) return err(spoolFailure(spooled.error));
    const typeOf = async (): Promise<Result<KnownPictureType, LinkFailure>> => {
      if (size > limits.maxBytes) return err(tooLarge);
      const type = sniffAnyPicture(start);
      if (type === undefined) return err({ code: 'link-not-a-picture', contentType: describeContent(start) });
      if (wanted === 'detected' && sniffPicture(start) === undefined) {
        return err({ code: 'unreadable-picture', reason: `it is ${describeContent(start)}` });
      }
      const refusal = await walking(async () => refusePicture((await spooled.value.read()) ?? new Uint8Array()));
      return refusal === undefined ? ok(type) : err(refusal);
    };
    const type = await typeOf();
    if (type.ok) return ok({ type: type.value, spooled: spooled.value });
    await spooled.value.discard();
    return type;
  };

  const follow = async (
    link: URL,
    agent: Agent,
    signal: AbortSignal,
    wanted: WantedPictures,
    flow: Flow,
  ): Promise<Result<FetchedPicture, LinkFailure>> => {
    const cookies = createCookieJar();
    let target: Result<URL, LinkFailure> = ok(link);
    for (let hop = 0; hop <= limits.maxRedirects; hop += 1) {
      if (!target.ok) return target;
      const cookie = cookies.headerFor(target.value);
      const reply = await request(target.value, {
        dispatcher: agent,
        method: 'GET',
        headers: cookie === undefined ? headers : { ...headers, cookie },
        signal,
        ...NEVER_HELD_BACK,
      });
      cookies.take(target.value, reply.headers['set-cookie']);
      const { location } = reply.headers;
      if (REDIRECTS.has(reply.statusCode)) {
        reply.body.on('error', () => {}).destroy();
        if (typeof location !== 'string') return err({ code: 'link-unreachable', reason: 'it redirects to nowhere' });
        target = redirected(location, target.value);
        continue;
      }
      try {
        if (reply.statusCode < 200 || reply.statusCode > 299 || reply.statusCode === 204) {
          return err({ code: 'link-unreachable', reason: statusReason(reply.statusCode) });
        }
        if (Number(reply.headers['content-length'] ?? 0) > limits.maxBytes) return err(tooLarge);
        const unpacked = unpackedBody(piecesOf(reply.body, flow), reply.headers['content-encoding']);
        const read = await readPicture(unpacked, wanted);
        const control = [reply.headers['cache-control'] ?? []].flat().join(',');
        return read.ok ? ok({ ...read.value, isUnsteady: /\bno-store\b/i.test(control) }) : read;
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
    wanted: WantedPictures,
    flow: Flow,
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
      return await follow(link, agent, deadline.signal, wanted, flow);
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

  const pace = createPace(limits.intake);
  const places = createPlaces({
    ...AT_ONCE,
    line: LONGEST_LINE,
    gate: {
      waitMs: () => (waiting > MOST_WAITING_BYTES ? LOOK_AGAIN_MS : pace.waitMs()),
      onBegin: () => pace.add(ASSUMED_BYTES),
    },
  });
  const pictures = createLinkedPictures<LinkFailure>();
  const fetchPlaced = async (
    target: URL,
    wanted: WantedPictures,
    { caller, owner, signal }: Pick<CallContext, 'caller' | 'owner' | 'signal'>,
  ): Promise<Result<FetchedPicture, LinkFailure>> => {
    const names = rememberNames(lookup);
    try {
      // Before it takes a place: names that nobody answers for must not keep one.
      if (hostKind(target, linkHosts) === 'name') await names(target.hostname, signal);
      const place = await places.take(caller, signal, owner);
      if (!place.ok) return place;
      const flow = followFlow(pace, ASSUMED_BYTES);
      try {
        return await fetchNow(target, names, signal, wanted, flow);
      } finally {
        flow.end();
        place.value();
      }
    } catch (error) {
      return err(failureOf(error, signal));
    }
  };
  return {
    fetchPicture: async (link, wanted, { caller, owner, signal }) => {
      const target = parseLink(link);
      if (!target.ok) return target;
      // Each kind of caller by itself: who joined a stranger would wait in the stranger's line.
      const shared = await pictures.share(`${caller} ${wanted} ${target.value.href}`, signal, (ends) =>
        fetchPlaced(target.value, wanted, { caller, owner, signal: ends }),
      );
      return shared ?? err({ code: 'cancelled' });
    },
    close: async () => {
      await Promise.all([...agents].map((agent) => agent.destroy()));
    },
  };
}
