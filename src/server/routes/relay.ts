import { Hono } from 'hono';
import sharp from 'sharp';
import { engineProblem } from '#api/engine-failure.ts';
import { problem, problemResponse } from '#api/problem.ts';
import { UNAUTHORIZED } from '#contract/errors.ts';
import { MAX_DECODED_PIXELS } from '#contract/limits.ts';
import { appPaths } from '#contract/routes.ts';
import { callerOf } from '../auth/identify.ts';
import type { OwnOrigins } from '../auth/own-origins.ts';
import { ownAddressOf } from '../files/own-address.ts';
import type { ServerEnv } from '../http/env.ts';
import type { LinkFetcher } from '../safe-fetch/fetch-picture.ts';

/**
 * `GET /app/image?url=`: a linked picture or crop under our own origin, so that a canvas that shows it stays
 * exportable. For the page's session only; pictures only; within the limits for links and the pixel limit.
 */
export function relayRoutes(deps: { readonly links: LinkFetcher; readonly origins: OwnOrigins }): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  app.get(appPaths.image, async (c) => {
    if (callerOf(c).kind !== 'session') return problemResponse({ status: 401, body: UNAUTHORIZED });
    const link = c.req.query('url');
    if (link === undefined || link === '') {
      return problemResponse(problem(400, 'bad-request', 'Parameter url is required: the address of a picture.'));
    }
    const own = ownAddressOf(link, deps.origins.has);
    if (own !== undefined) return c.redirect(`${appPaths.files}/${own === 'missing' ? 'missing' : own.name}`);
    const fetched = await deps.links.fetchPicture(link, { caller: 'session', signal: c.req.raw.signal });
    if (!fetched.ok) return problemResponse(engineProblem(fetched.error));
    const { bytes, type } = fetched.value;
    const header = await sharp(bytes, { limitInputPixels: false })
      .metadata()
      .catch(() => undefined);
    if (header === undefined) {
      return problemResponse(engineProblem({ code: 'unreadable-picture', reason: 'its beginning is damaged' }));
    }
    if (header.width * (header.pageHeight ?? header.height) > MAX_DECODED_PIXELS) {
      return problemResponse(engineProblem({ code: 'picture-too-large', reason: 'it has more than 100 megapixels' }));
    }
    return new Response(Buffer.from(bytes), {
      headers: { 'content-type': type, 'cache-control': 'private, max-age=3600' },
    });
  });
  return app;
}
