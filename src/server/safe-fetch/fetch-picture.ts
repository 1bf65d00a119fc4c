import { request } from 'undici';
import { LINK_TIMEOUT_MS, MAX_LINKED_BYTES, MAX_REDIRECTS } from '#contract/limits.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { LinkHost } from '../config.ts';
import type { EngineFailure } from '../engines/engine.ts';
import { createGate } from '../engines/gate.ts';
import { errorCode } from '../error-code.ts';
import { startDeadline } from '../http/deadline.ts';
import { createGuardedAgent, ForbiddenAddressError, type Lookup } from './guarded-agent.ts';
import { describeContent, type PictureType, SNIFF_BYTES, sniffPicture } from './sniff.ts';

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
      | 'cancelled';
  }
>;

export type LinkedPicture = { readonly bytes: Uint8Array; readonly type: PictureType };

/** Fetches pictures from links that strangers give. */
export type LinkFetcher = {
  fetchPicture(link: string, signal: AbortSignal): Promise<Result<LinkedPicture, LinkFailure>>;
  close(): Promise<void>;
};

export type LinkLimits = {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
};

/** Links that are fetched at once, each of which may fill its limit in memory; the others wait. */
const AT_ONCE = 12;

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
function unreachableReason(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its host name was not found';
    case 'ECONNREFUSED':
      return 'its host refused the connection';
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return 'its host did not answer';
    default:
      return 'the connection failed';
  }
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
  readonly lookup?: Lookup;
}): LinkFetcher {
  const limits: LinkLimits = {
    timeoutMs: LINK_TIMEOUT_MS,
    maxBytes: MAX_LINKED_BYTES,
    maxRedirects: MAX_REDIRECTS,
    ...options.limits,
  };
  const agent = createGuardedAgent({
    linkHosts: options.linkHosts,
    connectTimeoutMs: limits.timeoutMs,
    ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
  });
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
    return ok({ bytes: Buffer.concat(chunks), type });
  };

  const follow = async (link: string, signal: AbortSignal): Promise<Result<LinkedPicture, LinkFailure>> => {
    let target = parseLink(link);
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

  const fetchNow = async (link: string, signal: AbortSignal): Promise<Result<LinkedPicture, LinkFailure>> => {
    const deadline = startDeadline(limits.timeoutMs, signal);
    try {
      return await follow(link, deadline.signal);
    } catch (error) {
      if (deadline.isOver()) return err({ code: 'link-too-slow' });
      if (signal.aborted) return err({ code: 'cancelled' });
      if (error instanceof ForbiddenAddressError) {
        return err({ code: 'link-forbidden', reason: 'its address is private or reserved' });
      }
      return err({ code: 'link-unreachable', reason: unreachableReason(error) });
    } finally {
      deadline.stopClock();
      deadline.forgetCaller();
    }
  };

  const gate = createGate(AT_ONCE);
  return {
    fetchPicture: async (link, signal) => {
      try {
        return await gate(() => fetchNow(link, signal), signal);
      } catch {
        // Only who leaves while waiting gets here: `fetchNow` never rejects.
        return err({ code: 'cancelled' });
      }
    },
    close: () => agent.destroy(),
  };
}
