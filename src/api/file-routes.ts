import { Hono } from 'hono';
import { problem } from '#api/problem.ts';
import { appPaths } from '#contract/routes.ts';
import type { FileStore } from '../files/file-store.ts';
import { storedPictureKind } from '../files/stored-name.ts';
import { abortOnError } from '../http/abort-on-error.ts';
import type { ServerContext, ServerEnv } from '../http/env.ts';
import { readableProblem } from '../http/plain-page.ts';
import { streamFile } from '../http/stream-file.ts';
import type { Logger } from '../log.ts';

const gone = (c: ServerContext) =>
  readableProblem(c, problem(404, 'not-found', 'This picture is not kept here, or no longer. Upload it again.'), {
    title: 'This picture is not kept here',
    sentence: 'Pictures are kept for 7 days, or until they are removed. Upload it again.',
  });

/** Pictures and crops by their unguessable names, to whoever holds the name. */
export function fileRoutes({ files, logger }: { readonly files: FileStore; readonly logger: Logger }): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  app.get(`${appPaths.files}/:name`, async (c) => {
    const name = c.req.param('name');
    const kind = storedPictureKind(name);
    if (kind === undefined) return gone(c);
    const file = await files.open(name);
    if (file === undefined) return gone(c);
    const headers = {
      'content-type': kind === 'png' ? 'image/png' : 'image/jpeg',
      'cache-control': 'private, max-age=86400, immutable',
      'content-length': String(file.size),
    };
    if (c.req.method === 'HEAD') {
      await file.handle.close();
      return new Response(null, { headers });
    }
    return new Response(abortOnError(streamFile(file), c, logger), { headers });
  });
  return app;
}
