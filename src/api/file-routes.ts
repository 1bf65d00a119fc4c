import { type Env, Hono } from 'hono';
import { appPaths } from '#contract/routes.ts';
import { storedPictureKind } from './files/stored-name.ts';
import type { FileStore } from './files/stores.ts';
import type { ApiHost } from './host.ts';
import { problem } from './problem.ts';

const GONE = problem(404, 'not-found', 'This picture is not kept here, or no longer. Upload it again.');
const GONE_FOR_A_PERSON = {
  title: 'This picture is not kept here',
  sentence: 'Pictures are kept for 7 days, or until they are removed. Upload it again.',
};

/** Pictures and crops by their unguessable names, to whoever holds the name. */
export function fileRoutes<HostEnv extends Env>(deps: {
  readonly files: Pick<FileStore, 'open'>;
  readonly host: Pick<ApiHost<HostEnv>, 'guardBody' | 'refuse'>;
}): Hono<HostEnv> {
  const { files, host } = deps;
  const app = new Hono<HostEnv>();
  app.get(`${appPaths.files}/:name`, async (c) => {
    const name = c.req.param('name');
    const kind = storedPictureKind(name);
    const file = kind === undefined ? undefined : await files.open(name);
    if (file === undefined) return host.refuse(GONE, GONE_FOR_A_PERSON, c);
    const headers = {
      'content-type': kind === 'png' ? 'image/png' : 'image/jpeg',
      'cache-control': 'private, max-age=86400, immutable',
      'content-length': String(file.size),
    };
    if (c.req.method === 'HEAD') {
      await file.body.cancel();
      return new Response(null, { headers });
    }
    return new Response(host.guardBody(file.body, c), { headers });
  });
  return app;
}
