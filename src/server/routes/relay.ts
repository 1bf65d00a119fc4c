import { Hono } from 'hono';
import sharp from 'sharp';
import type { EngineFailure } from '#api/engine.ts';
import { engineProblem } from '#api/engine-failure.ts';
import { problem, problemResponse } from '#api/problem.ts';
import { UNAUTHORIZED } from '#contract/errors.ts';
import { MAX_DECODED_PIXELS } from '#contract/limits.ts';
import { appPaths } from '#contract/routes.ts';
import { callerOf } from '../auth/identify.ts';
import type { OwnOrigins } from '../auth/own-origins.ts';
import { ownAddressOf } from '../files/own-address.ts';
import { abortOnError } from '../http/abort-on-error.ts';
import type { ServerEnv } from '../http/env.ts';
import { createSlowReaders } from '../http/slow-readers.ts';
import { streamFile } from '../http/stream-file.ts';
import type { Logger } from '../log.ts';
import type { LinkFetcher } from '../safe-fetch/fetch-picture.ts';

/**
 * `GET /app/image?url=`: a linked picture or crop under our own origin, so that a canvas that shows it stays
 * exportable. For the page's session only; pictures only; within the limits for links and the pixel limit. What is passed
 * on lies on the disk meanwhile, so that no reader takes memory; one that is slow is cut when its room is needed.
 */
export function relayRoutes(deps: {
  readonly links: LinkFetcher;
  readonly origins: OwnOrigins;
  readonly logger: Logger;
}): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  const readers = createSlowReaders();
  app.get(appPaths.image, async (c) => {
    if (callerOf(c).kind !== 'session') return problemResponse({ status: 401, body: UNAUTHORIZED });
    const link = c.req.query('url');
    if (link === undefined || link === '') {
      return problemResponse(problem(400, 'bad-request', 'Parameter url is required: the address of a picture.'));
    }
    const own = ownAddressOf(link, deps.origins.has);
    if (own !== undefined) return c.redirect(`${appPaths.files}/${own === 'missing' ? 'missing' : own.name}`);
    const fetched = await deps.links.fetchPicture(link, { caller: 'session', signal: c.req.raw.signal });
    if (!fetched.ok) {
      if (fetched.error.code === 'queue-full' || fetched.error.code === 'storage-full') readers.cutSlow();
      return problemResponse(engineProblem(fetched.error));
    }
    const picture = fetched.value;
    let isPassedOn = false;
    try {
      const refusal = await refusalOf(picture.path);
      if (refusal !== undefined) return problemResponse(engineProblem(refusal));
      const headers = {
        'content-type': picture.type,
        'content-length': String(picture.size),
        'cache-control': 'private, max-age=3600',
      };
      if (c.req.method === 'HEAD') return new Response(null, { headers });
      const file = streamFile(await picture.open(), picture.release);
      isPassedOn = true;
      const cut = () => void c.env.outgoing?.destroy();
      return new Response(abortOnError(readers.follow(file, cut), c, deps.logger), { headers });
    } finally {
      if (!isPassedOn) await picture.release();
    }
  });
  return app;
}

/** Why a picture is not passed on, by its header; undefined when it is. */
async function refusalOf(path: string): Promise<EngineFailure | undefined> {
  const header = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (header === undefined) return { code: 'unreadable-picture', reason: 'its beginning is damaged' };
  return header.width * (header.pageHeight ?? header.height) > MAX_DECODED_PIXELS
    ? { code: 'picture-too-large', reason: 'it has more than 100 megapixels' }
    : undefined;
}
