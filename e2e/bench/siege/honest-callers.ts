import { setTimeout as pause } from 'node:timers/promises';
import { uploadAssetReply } from '#contract/assets.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { contractPaths, engineBase } from '#contract/routes.ts';
import type { BenchPicture } from '../pictures.ts';
import { unseenBytes } from '../unseen-bytes.ts';

const BASE = engineBase('embedded');
/** A person looks at the faces before the next picture, in milliseconds. */
const LOOKS_MS = 8_000;
/** How often a caller comes again when it is asked to, as the page does. */
const MAX_RETRIES = 3;

export type HonestCalls = {
  /** From handing a picture over to its faces, in milliseconds. */
  readonly times: readonly number[];
  /** What became of those that got no faces. */
  readonly lost: readonly string[];
  /** How often one was asked to come again in a moment. */
  readonly retries: number;
};

/**
 * So many people, each with a page of their own on the same server: a picture that nobody has seen, its faces, a look at
 * them, and the next one. What was begun is finished.
 */
export async function callHonestly(options: {
  readonly origin: string;
  readonly cookies: readonly string[];
  readonly pictures: readonly BenchPicture[];
  readonly seconds: number;
  readonly people: number;
}): Promise<HonestCalls> {
  const times: number[] = [];
  const lost: string[] = [];
  let retries = 0;
  let count = 0;
  const end = performance.now() + options.seconds * 1000;

  const ask = async (path: string, cookie: string, init: RequestInit): Promise<unknown> => {
    for (let tries = 0; ; tries += 1) {
      const response = await fetch(options.origin + BASE + path, {
        ...init,
        method: 'POST',
        headers: { ...init.headers, cookie, origin: options.origin },
      });
      const text = await response.text();
      if (response.status === 200) return JSON.parse(text);
      const after = Number(response.headers.get('retry-after'));
      const isAskedAgain = (response.status === 429 || response.status === 503) && after > 0;
      if (!isAskedAgain || tries === MAX_RETRIES) throw new Error(`${path} answered ${response.status}: ${text}`);
      retries += 1;
      await pause(after * 1000);
    }
  };
  const person = async (index: number, cookie: string) => {
    // Not all in the same moment.
    await pause((LOOKS_MS * index) / options.people);
    while (performance.now() < end) {
      const picture = options.pictures[count % options.pictures.length];
      count += 1;
      if (picture === undefined) throw new Error('There are no pictures');
      const bytes = unseenBytes(picture.bytes);
      const began = performance.now();
      try {
        const { url } = uploadAssetReply.parse(
          await ask(contractPaths.assets, cookie, {
            headers: { 'content-type': picture.type },
            body: new Uint8Array(bytes),
          }),
        );
        const { faceItems } = recognizeFacesReply.parse(
          await ask(contractPaths.recognizeFaces, cookie, {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ imageReference: url }),
          }),
        );
        if (faceItems === undefined) throw new Error('No faces were found');
        times.push(performance.now() - began);
      } catch (error) {
        lost.push(String(error));
      }
      const looking = Math.max(0, LOOKS_MS - (performance.now() - began));
      if (performance.now() + looking > end) return;
      await pause(looking);
    }
  };
  await Promise.all(
    Array.from({ length: options.people }, (_, index) =>
      person(index, options.cookies[index % options.cookies.length] ?? ''),
    ),
  );
  return { times, lost, retries };
}
