import { Hono } from 'hono';
import { createApi } from '#api/create-api.ts';
import type { Engine } from '#api/engine.ts';
import { faultProblem, RESTARTING } from '#api/engine-failure.ts';
import type { FileOwners, FileStore } from '#api/files/stores.ts';
import type { OpenApiDocument } from '#api/openapi/servers.ts';
import { problemResponse } from '#api/problem.ts';
import type { AppConfig } from '#contract/app-config.ts';
import { appPaths, type EngineName } from '#contract/routes.ts';
import { errorText } from '#shared/error-text.ts';
import { createApiHost } from './api-host.ts';
import { callerAddress } from './auth/caller-address.ts';
import { identify } from './auth/identify.ts';
import type { OwnOrigins } from './auth/own-origins.ts';
import type { OwnSecrets } from './auth/own-secrets.ts';
import type { PasswordThrottle } from './auth/password-throttle.ts';
import { requestGuard } from './auth/request-guard.ts';
import type { Sessions } from './auth/sessions.ts';
import type { ServerConfig } from './config.ts';
import type { ServerContext, ServerEnv } from './http/env.ts';
import { callFields } from './http/log-call.ts';
import { pageEntry } from './http/page-entry.ts';
import { readableProblem } from './http/plain-page.ts';
import { requestLog } from './http/request-log.ts';
import type { RunningCalls } from './http/running-calls.ts';
import { securityHeaders } from './http/security-headers.ts';
import type { Logger } from './log.ts';
import { countCalls } from './metrics/count-calls.ts';
import type { Figures } from './metrics/figures.ts';
import type { BuiltPage } from './page/built-page.ts';
import type { PageInUse } from './page-in-use.ts';
import type { PaidOnce } from './paid-once.ts';
import type { PictureChecker } from './picture-check/picture-checker.ts';
import type { Readiness } from './readiness.ts';
import { ownFilesRoutes } from './routes/own-files.ts';
import { noSuchPath, pageRoutes } from './routes/page.ts';
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
  readonly ownSecrets: OwnSecrets;
  /** Present when an access key is set. */
  readonly passwordThrottle: PasswordThrottle | undefined;
  readonly engines: Readonly<Record<EngineName, Engine>>;
  readonly files: FileStore;
  readonly openApi: OpenApiDocument;
  readonly owners: FileOwners;
  readonly links: LinkFetcher;
  readonly checker: PictureChecker;
  readonly page: BuiltPage;
  readonly timeouts: Timeouts;
  readonly calls: RunningCalls;
  readonly readiness: () => Promise<Readiness>;
  readonly paidOnce: PaidOnce;
  readonly pageInUse: PageInUse;
  /** Who counts answers, where somebody does. */
  readonly figures?: Pick<Figures, 'onAnswer'> | undefined;
};

/** What every call gets from a server that is about to stop. */
const restarting = (c: ServerContext): Response =>
  readableProblem(
    c,
    // For a person: the browser itself looks again.
    { ...RESTARTING, headers: { ...RESTARTING.headers, refresh: RESTARTING.headers?.['retry-after'] ?? '5' } },
    { title: 'Facebound is restarting', sentence: 'This page looks again in a few seconds.' },
  );

/** Whether a page's session calls from this very machine. */
function isPageOnThisMachine(c: ServerContext, behindProxy: boolean): boolean {
  const identity = c.get('identity');
  return 'caller' in identity && identity.caller.kind === 'session' && callerAddress(c, behindProxy).isLoopback;
}

/**
 * The whole HTTP surface as a value: `app.fetch` serves it, `app.request` tests it. Order matters: every answer is
 * logged and carries the security headers, then the guard refuses what nobody honest sends, then the routes.
 */
export function createApp(deps: AppDeps): Hono<ServerEnv> {
  const { config } = deps;
  const app = new Hono<ServerEnv>({ strict: false });
  const defaultEngine: EngineName = config.useapiToken === undefined ? 'embedded' : 'kling';

  app.use(requestLog(deps.logger));
  if (deps.figures !== undefined) app.use(countCalls(deps.figures));
  app.use(securityHeaders);
  if (deps.page.shell?.entry !== undefined) app.use(pageEntry(deps.page.shell.entry));
  app.onError((error, c) => {
    deps.logger.error('server error', { ...callFields(c), error: errorText(error) });
    return problemResponse(faultProblem(error));
  });

  // Before everything else: a server that is about to stop takes nothing more, and says so to balancers as well. Files of
  // the page cost nothing, and a page that is open needs the rest of its own.
  app.use(async (c, next) => {
    if (deps.calls.isDraining && deps.page.file(c.req.path) === undefined) return restarting(c);
    return next();
  });
  app.use(deps.calls.track);

  // OPTIONS is what HAProxy asks with unless it is told otherwise.
  app.on(['GET', 'OPTIONS'], appPaths.health, (c) => c.json({ status: 'ok' }));
  app.on(['GET', 'OPTIONS'], appPaths.ready, async (c) => {
    const { isReady, ...why } = await deps.readiness();
    return c.json({ status: isReady ? 'ready' : 'not-ready', ...why }, isReady ? 200 : 503, {
      'cache-control': 'no-store',
    });
  });
  app.use(requestGuard(deps.origins, config.origins.length > 0));
  app.use(identify(deps.sessions, config));
  app.use(async (c, next) => {
    if (isPageOnThisMachine(c, config.origins.length > 0)) deps.pageInUse.note();
    return next();
  });

  app.route('/', createApi({ ...deps, defaultEngine, host: createApiHost(deps) }));
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
  app.route('/', ownFilesRoutes(deps));
  for (const base of ['/v1', '/engines', '/app', appPaths.files]) {
    app.all(`${base}/*`, noSuchPath);
  }
  app.route('/', pageRoutes(deps.page));
  return app;
}
