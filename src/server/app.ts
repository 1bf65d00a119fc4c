import { Hono } from 'hono';
import type { AppConfig } from '#contract/app-config.ts';
import { appPaths, CONTRACT_BASE, ENGINE_NAMES, type EngineName, engineBase } from '#contract/routes.ts';
import type { KeyGate } from './auth/key-gate.ts';
import type { OwnOrigins } from './auth/own-origins.ts';
import { requestGuard } from './auth/request-guard.ts';
import type { Sessions } from './auth/sessions.ts';
import type { ServerConfig } from './config.ts';
import type { Engine } from './engines/engine.ts';
import type { FileOwners } from './files/file-owners.ts';
import type { FileStore } from './files/file-store.ts';
import type { ServerEnv } from './http/env.ts';
import { problem, problemResponse } from './http/problem.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { errorText, type Logger } from './log.ts';
import type { BuiltPage } from './page/built-page.ts';
import { contractRoutes } from './routes/contract.ts';
import { fileRoutes } from './routes/files.ts';
import { ownFilesRoutes } from './routes/own-files.ts';
import { pageRoutes } from './routes/page.ts';
import { relayRoutes } from './routes/relay.ts';
import { sessionRoutes } from './routes/session.ts';
import type { LinkFetcher } from './safe-fetch/fetch-picture.ts';
import type { Timeouts } from './timeouts.ts';

export type AppDeps = {
  readonly config: ServerConfig;
  readonly version: string;
  readonly logger: Logger;
  readonly origins: OwnOrigins;
  readonly sessions: Sessions;
  /** Present when an access key is set. */
  readonly keyGate: KeyGate | undefined;
  readonly engines: Readonly<Record<EngineName, Engine>>;
  readonly files: FileStore;
  readonly owners: FileOwners;
  readonly links: LinkFetcher;
  readonly page: BuiltPage;
  readonly timeouts: Timeouts;
};

/**
 * The whole HTTP surface as a value: `app.fetch` serves it, `app.request` tests it. Order matters: every answer is
 * logged and carries the security headers, then the guard refuses what nobody honest sends, then the routes.
 */
export function createApp(deps: AppDeps): Hono<ServerEnv> {
  const { config } = deps;
  const app = new Hono<ServerEnv>({ strict: false });
  const defaultEngine: EngineName = config.useapiToken === undefined ? 'embedded' : 'kling';

  app.use(requestLog(deps.logger));
  app.use(securityHeaders);
  app.onError((error, c) => {
    deps.logger.error('server error', { requestId: c.get('requestId'), error: errorText(error) });
    return problemResponse(problem(500, 'server-fault', 'The server failed on this request. Try again.'));
  });

  app.get(appPaths.health, (c) => c.json({ status: 'ok' }));
  app.use(requestGuard(deps.origins, config.origins.length > 0));

  const contract = (name: EngineName) => contractRoutes({ ...deps, engine: deps.engines[name] });
  app.route(CONTRACT_BASE, contract(defaultEngine));
  for (const name of ENGINE_NAMES) app.route(engineBase(name), contract(name));

  app.get(appPaths.config, (c) => {
    const body: AppConfig = {
      version: deps.version,
      defaultEngine,
      serverHasToken: config.useapiToken !== undefined,
      klingBaseUrl: config.useapiBaseUrl,
      loopbackOnly: config.loopbackOnly,
      accessKeyRequired: config.accessKey !== undefined,
    };
    return c.json(body, 200, { 'cache-control': 'no-store' });
  });
  app.route('/', sessionRoutes(deps));
  app.route('/', relayRoutes(deps));
  app.route('/', fileRoutes(deps));
  app.route('/', ownFilesRoutes(deps));
  for (const base of ['/v1', '/engines', '/app', appPaths.files]) {
    app.all(`${base}/*`, () =>
      problemResponse(problem(404, 'not-found', 'There is no such path on this server. Check the address.')),
    );
  }
  app.route('/', pageRoutes(deps.page));
  return app;
}
