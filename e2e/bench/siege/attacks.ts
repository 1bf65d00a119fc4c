import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { appPaths, contractPaths, engineBase } from '#contract/routes.ts';
import { claimedPng, pngProfile, profileNamed, progressiveJpeg, smallPng } from '#testing/server/costly-pictures.ts';
import { noisyPng } from '#testing/server/pictures.ts';
import { slowReader } from '../links.ts';

/** Who is attacked. */
export type Target = {
  readonly origin: string;
  /** A host of pictures that the server may fetch from; `/silent` never answers there. */
  readonly host: string;
  /** A page's session, for what only a page may ask. */
  readonly cookie: string;
};

/** One way to stop a server, with its amounts; it goes on until `signal` aborts. */
export type Attack = {
  readonly name: string;
  /** It is about a server with an access key. */
  readonly isForKeyed?: true;
  readonly run: (target: Target, signal: AbortSignal) => Promise<void>;
};

const BASE = engineBase('embedded');
const STRANGER = { authorization: 'Bearer nobody' };
/** When those who send and do not wait have left, in milliseconds. */
const LEAVE_AFTER_MS = 700;
const LARGE_SIDE = 2858;

/** Sends a request and does not care what comes of it. */
async function send(url: string, init: RequestInit, signal: AbortSignal, patienceMs = 120_000): Promise<void> {
  await fetch(url, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) })
    .then((response) => response.arrayBuffer())
    .catch(() => {});
}

/** So many at once, each again and again, with a breath between two that were refused at once. */
async function atOnce(count: number, signal: AbortSignal, once: (index: number) => Promise<void>): Promise<void> {
  const again = async (index: number) => {
    while (!signal.aborted) {
      await once(index);
      await pause(50);
    }
  };
  await Promise.all(Array.from({ length: count }, (_, index) => again(index)));
}

const uploading = (bytes: Uint8Array, type: string): RequestInit => ({
  method: 'POST',
  headers: { ...STRANGER, 'content-type': type },
  body: new Uint8Array(bytes),
});
const recognizing = (imageReference: string): RequestInit => ({
  method: 'POST',
  headers: { ...STRANGER, 'content-type': 'application/json' },
  body: JSON.stringify({ imageReference }),
});
const assets = ({ origin }: Target) => `${origin}${BASE}${contractPaths.assets}`;
const recognize = ({ origin }: Target) => `${origin}${BASE}${contractPaths.recognizeFaces}`;

const manyScans = progressiveJpeg({ width: 2_000, height: 2_000, scans: 40_000 });
const largeScans = progressiveJpeg({ width: 10_000, height: 10_000, scans: 900 });
const longProfile = smallPng(pngProfile(profileNamed(`${'\0'.repeat(80_000)}x`)));
const claimed = claimedPng(10_000, 9_999, 16, 6);
/** The longest work that a header lets through: a hundred passes over the largest picture. */
const costliest = progressiveJpeg({ width: 10_000, height: 10_000, scans: 100 });
const large = await noisyPng(LARGE_SIDE);
const noPicture = Buffer.alloc(5e6, 1);

/** What the host of the attackers' pictures gives for a path; undefined for one that it leaves unanswered. */
export function attackersPicture(path: string): Uint8Array | undefined {
  if (path.startsWith('/silent')) return undefined;
  if (path.startsWith('/scans')) return manyScans;
  if (path.startsWith('/profile')) return longProfile;
  if (path.startsWith('/costliest')) return costliest;
  return large;
}

/** A connection that begins an upload, sends so much of it, and then nothing more. */
function stalledUpload({ origin }: Target, bytes: number, signal: AbortSignal): Promise<void> {
  const { port, host } = new URL(origin);
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `POST ${BASE}${contractPaths.assets} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer nobody\r\n` +
          `Content-Type: image/png\r\nContent-Length: ${10 * 1024 * 1024}\r\n\r\n`,
      );
      socket.write(noPicture.subarray(0, bytes));
    });
    const end = () => socket.destroy();
    signal.addEventListener('abort', end, { once: true });
    socket.on('error', () => {});
    socket.once('data', end);
    socket.once('close', () => {
      signal.removeEventListener('abort', end);
      resolve();
    });
  });
}

/** The ways that once stopped a server, with the amounts that did. */
export const ATTACKS: readonly Attack[] = [
  {
    name: 'two clients with JPEGs of 40,000 scans, gone after 0.7 s',
    run: (target, signal) =>
      atOnce(2, signal, () => send(assets(target), uploading(manyScans, 'image/jpeg'), signal, LEAVE_AFTER_MS)),
  },
  {
    name: 'two JPEGs of 100 megapixels and 900 scans, and links to one of 40,000',
    run: (target, signal) =>
      atOnce(4, signal, (index) =>
        index < 2
          ? send(assets(target), uploading(largeScans, 'image/jpeg'), signal)
          : send(recognize(target), recognizing(`http://${target.host}/scans`), signal),
      ),
  },
  {
    name: 'a profile of NULs in 780 bytes, as upload and link',
    run: (target, signal) =>
      atOnce(2, signal, (index) =>
        index === 0
          ? send(assets(target), uploading(longProfile, 'image/png'), signal)
          : send(recognize(target), recognizing(`http://${target.host}/profile`), signal),
      ),
  },
  {
    name: 'two PNGs that claim 800 MB',
    run: (target, signal) => atOnce(2, signal, () => send(assets(target), uploading(claimed, 'image/png'), signal)),
  },
  {
    name: 'two clients with the costliest picture that is let through, gone after 0.7 s',
    run: (target, signal) =>
      atOnce(2, signal, () => send(assets(target), uploading(costliest, 'image/jpeg'), signal, LEAVE_AFTER_MS)),
  },
  {
    name: '64 uploads of four bytes each',
    run: (target, signal) => atOnce(64, signal, () => stalledUpload(target, 4, signal)),
  },
  {
    name: '100 uploads that stall after 5 MB',
    run: (target, signal) => atOnce(100, signal, () => stalledUpload(target, 5e6, signal)),
  },
  {
    name: '60 readers of a relayed picture that do not read',
    run: async (target, signal) => {
      for (let index = 0; index < 60; index += 1) {
        const path = `${appPaths.image}?url=${encodeURIComponent(`http://${target.host}/large?${index}`)}`;
        slowReader(target.origin, path, target.cookie).then(
          (reader) => {
            reader.on('error', () => {});
            if (signal.aborted) reader.destroy();
            signal.addEventListener('abort', () => reader.destroy(), { once: true });
          },
          () => {},
        );
      }
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    },
  },
  {
    name: '80 callers of one large link',
    run: (target, signal) =>
      atOnce(80, signal, () => send(recognize(target), recognizing(`http://${target.host}/large`), signal)),
  },
  {
    name: '24 callers of silent hosts, gone after 1 s',
    run: (target, signal) =>
      atOnce(24, signal, (index) =>
        send(recognize(target), recognizing(`http://${target.host}/silent?${index}`), signal, 1_000),
      ),
  },
  {
    name: '200 wrong keys a second',
    isForKeyed: true,
    run: async ({ origin }, signal) => {
      const calls = new Set<Promise<void>>();
      while (!signal.aborted) {
        const call: Promise<void> = send(
          `${origin}${appPaths.session}`,
          {
            method: 'POST',
            headers: { origin, 'content-type': 'application/json' },
            body: JSON.stringify({ accessKey: `wrong ${Math.random()}` }),
          },
          signal,
        ).finally(() => calls.delete(call));
        calls.add(call);
        await pause(5);
      }
      await Promise.all(calls);
    },
  },
];
