import { Hono } from 'hono';
import sharp from 'sharp';
import { engineProblem } from '#api/engine-failure.ts';
import { problem, problemResponse } from '#api/problem.ts';
import { UNAUTHORIZED } from '#contract/errors.ts';
import { MAX_DECODED_PIXELS } from '#contract/limits.ts';
import { appPaths, MEASURED_SHA256_HEADER } from '#contract/routes.ts';
import { sniffPicture } from '#detector/headers/sniff.ts';
import { credentialsOf } from '../auth/caller.ts';
import type { OwnOrigins } from '../auth/own-origins.ts';
import type { Sessions } from '../auth/sessions.ts';
import { sha256Hex } from '../files/hash-bytes.ts';
import { ownAddressOf } from '../files/own-address.ts';
import type { ServerEnv } from '../http/env.ts';
import type { LinkFetcher } from '../safe-fetch/fetch-picture.ts';

/**
 * `GET /app/image?url=`: a linked picture or crop under our own origin, so that a canvas that shows it stays exportable,
 * with the SHA-256 of its bytes (hex) in a header; `HEAD` looks a second time and tells that alone. For the page's session only; pictures only; within the limits for links and the pixel limit.
 */
export function relayRoutes(deps: {
  readonly sessions: Sessions;
  readonly links: LinkFetcher;
  readonly origins: OwnOrigins;
}): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  app.get(appPaths.image, async (c) => {
    if ((await credentialsOf(c, deps.sessions)).kind !== 'session') {
      return problemResponse({ status: 401, body: UNAUTHORIZED });
    }
    const link = c.req.query('url');
    if (link === undefined || link === '') {
      return problemResponse(problem(400, 'bad-request', 'Parameter url is required: the address of a picture.'));
    }
    const own = ownAddressOf(link, deps.origins.has);
    if (own !== undefined) return c.redirect(`${appPaths.files}/${own === 'missing' ? 'missing' : own.name}`);
    const fetched = await deps.links.fetchPicture(link, c.req.raw.signal, 'known');
    if (!fetched.ok) return problemResponse(engineProblem(fetched.error));
    const { bytes, type, isUnsteady } = fetched.value;
    const pixels = await pixelsOf(bytes);
    if (pixels === undefined) {
      return problemResponse(engineProblem({ code: 'unreadable-picture', reason: 'its beginning is damaged' }));
    }
    if (pixels > MAX_DECODED_PIXELS) {
      return problemResponse(engineProblem({ code: 'picture-too-large', reason: 'it has more than 100 megapixels' }));
    }
    return new Response(Buffer.from(bytes), {
      headers: {
        'content-type': type,
        'cache-control': isUnsteady ? 'no-store' : 'private, max-age=3600',
        [MEASURED_SHA256_HEADER]: await sha256Hex(bytes),
      },
    });
  });
  return app;
}

/**
 * Pixels that the header names; undefined where it cannot be read. Of kinds that are not read here, or
 * not in all their forms (AVIF that moves), 0: the page reads each header for itself, as of a file that is dropped.
 */
async function pixelsOf(bytes: Uint8Array): Promise<number | undefined> {
  if (sniffPicture(bytes) === undefined) return 0;
  try {
    const { width, height, pageHeight } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return width * (pageHeight ?? height);
  } catch {
    return sniffPicture(bytes) === 'image/avif' ? 0 : undefined;
  }
}
