import { Hono } from 'hono';
import { endingWith } from '#api/ending-with.ts';
import { engineProblem } from '#api/engine-failure.ts';
import { ownAddressOf } from '#api/files/own-address.ts';
import { problem, problemResponse } from '#api/problem.ts';
import { UNAUTHORIZED } from '#contract/errors.ts';
import { appPaths, MEASURED_SHA256_HEADER } from '#contract/routes.ts';
import { isDetected } from '#detector/headers/sniff.ts';
import { ok } from '#shared/result.ts';
import { callerOf } from '../auth/identify.ts';
import type { OwnOrigins } from '../auth/own-origins.ts';
import { abortOnError } from '../http/abort-on-error.ts';
import type { ServerEnv } from '../http/env.ts';
import { createSlowReaders } from '../http/slow-readers.ts';
import type { Logger } from '../log.ts';
import type { PictureChecker } from '../picture-check/picture-checker.ts';
import type { LinkFetcher } from '../safe-fetch/fetch-picture.ts';

/**
 * `GET /app/image?url=`: a linked picture or crop under our own origin, so that a canvas that shows it stays exportable,
 * with the SHA-256 of its bytes (hex) in a header; `HEAD` looks a second time and tells that alone. For the page's
 * session only; pictures only; within the limits for links and the pixel limit. What is passed on lies on the disk
 * meanwhile, so that no reader takes memory; one that is slow is cut when its room is needed.
 */
export function relayRoutes(deps: {
  readonly links: LinkFetcher;
  readonly checker: PictureChecker;
  readonly origins: OwnOrigins;
  readonly logger: Logger;
}): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  const readers = createSlowReaders();
  app.get(appPaths.image, async (c) => {
    const caller = callerOf(c);
    if (caller.kind !== 'session') return problemResponse({ status: 401, body: UNAUTHORIZED });
    const link = c.req.query('url');
    if (link === undefined || link === '') {
      return problemResponse(problem(400, 'bad-request', 'Parameter url is required: the address of a picture.'));
    }
    const own = ownAddressOf(link, deps.origins.pathOf);
    if (own !== undefined) return c.redirect(`${appPaths.files}/${own === 'missing' ? 'missing' : own.name}`);
    const call = { caller: caller.kind, owner: caller.name, signal: c.req.raw.signal };
    const fetched = await deps.links.fetchPicture(link, 'known', call);
    if (!fetched.ok) {
      if (fetched.error.code === 'queue-full' || fetched.error.code === 'storage-full') readers.cutSlow();
      return problemResponse(engineProblem(fetched.error));
    }
    const picture = fetched.value;
    let isPassedOn = false;
    try {
      // Of kinds that are not decoded here nothing is known: the page reads each header for itself before it decodes, as
      // of a file that is dropped.
      const checked = isDetected(picture.type) ? await deps.checker.checkLinked(picture, call) : ok(undefined);
      if (!checked.ok) return problemResponse(engineProblem(checked.error));
      const headers = {
        'content-type': picture.type,
        'content-length': String(picture.size),
        'cache-control': picture.isUnsteady ? 'no-store' : 'private, max-age=3600',
        [MEASURED_SHA256_HEADER]: picture.sha256,
      };
      if (c.req.method === 'HEAD') return new Response(null, { headers });
      const file = await picture.open();
      if (file === undefined) throw new Error('A picture that is held has gone away');
      isPassedOn = true;
      const body = endingWith(file.body, () => void picture.release());
      const cut = () => void c.env.outgoing?.destroy();
      return new Response(abortOnError(readers.follow(body, cut), c, deps.logger), { headers });
    } finally {
      if (!isPassedOn) await picture.release();
    }
  });
  return app;
}
