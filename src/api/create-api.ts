import { type Env, Hono } from 'hono';
import { appPaths, CONTRACT_BASE, ENGINE_NAMES, type EngineName, engineBase } from '#contract/routes.ts';
import { type ContractTimeouts, contractRoutes } from './contract-routes.ts';
import type { Engine } from './engine.ts';
import { fileRoutes } from './file-routes.ts';
import type { FileStore } from './files/stores.ts';
import type { ApiHost } from './host.ts';
import { type OpenApiDocument, serversAt } from './openapi/servers.ts';

/**
 * The contract as an app of web standards: the vendor's paths by the default engine and by each engine's own path, the
 * files that answers refer to, and the document that says all this. It can be mounted below any path; engines are told the base by the host.
 */
export function createApi<HostEnv extends Env>(deps: {
  readonly engines: Readonly<Record<EngineName, Engine>>;
  readonly defaultEngine: EngineName;
  readonly files: Pick<FileStore, 'open'>;
  /** As the build made it: `openApiDocument`. */
  readonly openApi: OpenApiDocument;
  readonly timeouts: ContractTimeouts;
  readonly host: ApiHost<HostEnv>;
}): Hono<HostEnv> {
  const { engines, host, timeouts } = deps;
  const app = new Hono<HostEnv>({ strict: false });
  const contract = (name: EngineName) => contractRoutes({ engine: engines[name], timeouts, host });
  app.route(CONTRACT_BASE, contract(deps.defaultEngine));
  for (const name of ENGINE_NAMES) app.route(engineBase(name), contract(name));
  app.route('/', fileRoutes({ files: deps.files, host }));
  app.get(appPaths.openApi, (c) => c.json({ ...deps.openApi, servers: serversAt(host.base(c)) }));
  return app;
}
