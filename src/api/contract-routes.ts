import { Hono } from 'hono';
import { declaredLength, limitBody } from '#api/body.ts';
import type { CallContext, Engine, EngineAnswer } from '#api/engine.ts';
import { bodyProblem, engineProblem, faultProblem } from '#api/engine-failure.ts';
import { type Fields, printable, readFields } from '#api/fields.ts';
import { methodNotAllowed, type Problem, problem, problemResponse } from '#api/problem.ts';
import { contentTypeNotSupported, IMAGE_REFERENCE_REQUIRED, UNAUTHORIZED } from '#contract/errors.ts';
import { ASSET_CONTENT_TYPES, MAX_ASSET_BYTES } from '#contract/limits.ts';
import { contractPaths } from '#contract/routes.ts';
import { authorize, credentialsOf } from '../auth/caller.ts';
import type { OwnSecrets } from '../auth/own-secrets.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { ServerConfig } from '../config.ts';
import { API_CLIENTS } from '../files/file-owners.ts';
import { abortOnError } from '../http/abort-on-error.ts';
import type { ServerContext, ServerEnv } from '../http/env.ts';
import { errorText, type Logger } from '../log.ts';
import type { Timeouts } from '../timeouts.ts';

/** The app ignores a slash at the end of a path, so routes are written without one. */
const ASSETS_PATH = contractPaths.assets.replace(/\/$/, '');

/** Statuses that must have no body. */
const BODILESS = new Set([204, 205, 304]);

/** Told without a hint at which of the secrets it is. */
const OWN_SECRET = problem(
  401,
  'not-forwarded',
  'This bearer is a secret of this Facebound server, so it is not sent to the live service. Send a token of useapi.net, or call /engines/embedded/v1/kling.',
);

/** A value that the caller may leave out: text, or nothing. */
const optionalText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/** The picture's address from the fields, or the vendor's 400. */
function imageReferenceOf(fields: Fields): string | Problem {
  const imageReference = fields['imageReference'];
  if (imageReference === undefined || imageReference === null) return { status: 400, body: IMAGE_REFERENCE_REQUIRED };
  if (typeof imageReference !== 'string') {
    return problem(
      400,
      'bad-request',
      'Parameter imageReference must be text: the http or https address of a picture.',
    );
  }
  return optionalText(imageReference) ?? { status: 400, body: IMAGE_REFERENCE_REQUIRED };
}

/**
 * The vendor's contract, answered by one engine. Every call is first checked for who calls, then for its form; the
 * engine gets parsed input. What is not part of the contract is a JSON error, a known path with another method 405.
 */
export function contractRoutes(deps: {
  readonly engine: Engine;
  readonly config: Pick<ServerConfig, 'accessKey' | 'embeddedToken' | 'useapiToken'>;
  readonly sessions: Sessions;
  readonly ownSecrets: OwnSecrets;
  readonly logger: Logger;
  readonly timeouts: Timeouts;
}): Hono<ServerEnv> {
  const { engine } = deps;
  const app = new Hono<ServerEnv>();

  app.use(async (c, next) => {
    const credentials = await credentialsOf(c, deps.sessions);
    const caller = authorize(engine.name, credentials, deps.config, deps.ownSecrets);
    if (!caller.ok) {
      return problemResponse(caller.error === 'own-secret' ? OWN_SECRET : { status: 401, body: UNAUTHORIZED });
    }
    c.set('token', caller.value.token);
    c.set('owner', credentials.kind === 'session' ? credentials.name : API_CLIENTS);
    return next();
  });

  /** Runs one call of the engine with its time limit and turns the answer into a response. */
  const answer = async (c: ServerContext, call: (context: CallContext) => EngineAnswer): Promise<Response> => {
    const ends = new AbortController();
    let outOfTime = false;
    const timer = setTimeout(() => {
      outOfTime = true;
      ends.abort();
    }, deps.timeouts.call);
    const callerLeft = c.req.raw.signal;
    const leave = () => ends.abort();
    callerLeft.addEventListener('abort', leave, { once: true });
    if (callerLeft.aborted) leave();
    try {
      const requestId = c.get('requestId');
      const result = await call({
        signal: ends.signal,
        requestId,
        token: c.get('token'),
        publicOrigin: c.get('origin'),
        owner: c.get('owner'),
      });
      if (!result.ok) {
        const { error } = result;
        if ('reason' in error)
          deps.logger.info('engine failure', { requestId, code: error.code, reason: error.reason });
        return problemResponse(engineProblem(error.code === 'cancelled' && outOfTime ? { code: 'too-slow' } : error));
      }
      const { status, headers, body } = result.value;
      const bodiless = BODILESS.has(status) || c.req.method === 'HEAD';
      if (bodiless && body instanceof ReadableStream) await body.cancel();
      const sent = body instanceof ReadableStream ? abortOnError(body, c, deps.logger) : body;
      return new Response(bodiless ? null : sent, {
        status,
        headers: { 'cache-control': 'no-store', ...headers },
      });
    } catch (error) {
      deps.logger.error('engine error', { requestId: c.get('requestId'), error: errorText(error) });
      return problemResponse(faultProblem(error));
    } finally {
      clearTimeout(timer);
      callerLeft.removeEventListener('abort', leave);
    }
  };

  app.post(ASSETS_PATH, async (c) => {
    const given = c.req.header('content-type') ?? '';
    const essence = given.split(';', 1)[0]?.trim().toLowerCase();
    const contentType = ASSET_CONTENT_TYPES.find((type) => type === essence);
    if (contentType === undefined) {
      return problemResponse({ status: 400, body: contentTypeNotSupported(printable(given)) });
    }
    const length = declaredLength(c.req.raw);
    if ((length ?? 0) > MAX_ASSET_BYTES) return problemResponse(bodyProblem('too-large'));
    const body = limitBody(c.req.raw, { maxBytes: MAX_ASSET_BYTES, timeoutMs: deps.timeouts.upload });
    const email = optionalText(c.req.query('email'));
    return answer(c, (context) => engine.uploadAsset({ body, length, contentType, email }, context));
  });

  app.post(contractPaths.recognizeFaces, async (c) => {
    const fields = await readFields(c.req.raw, deps.timeouts.fields);
    if (!fields.ok) return problemResponse(fields.error);
    const imageReference = imageReferenceOf(fields.value);
    if (typeof imageReference !== 'string') return problemResponse(imageReference);
    const email = optionalText(fields.value['email']);
    return answer(c, (context) => engine.recognizeFaces({ imageReference, email }, context));
  });

  app.post(contractPaths.kolors, async (c) => {
    if (engine.name === 'kling') c.get('call').markPaid();
    const fields = await readFields(c.req.raw, deps.timeouts.fields);
    if (!fields.ok) return problemResponse(fields.error);
    return answer(c, (context) => engine.generate({ fields: fields.value }, context));
  });

  app.get(contractPaths.accounts, (c) => answer(c, (context) => engine.listAccounts(context)));

  app.get(`${contractPaths.accounts}/:email`, (c) =>
    answer(c, (context) => engine.showAccount({ email: c.req.param('email') }, context)),
  );

  app.get(`${contractPaths.tasks}/:id`, (c) =>
    answer(c, (context) =>
      engine.showTask({ taskId: c.req.param('id'), email: optionalText(c.req.query('email')) }, context),
    ),
  );

  app.get(contractPaths.download, (c) =>
    answer(c, (context) => engine.downloadAsset({ query: c.req.query() }, context)),
  );

  const allowed: readonly (readonly [path: string, methods: string])[] = [
    [contractPaths.download, 'GET, HEAD'],
    [ASSETS_PATH, 'POST'],
    [contractPaths.recognizeFaces, 'POST'],
    [contractPaths.kolors, 'POST'],
    [contractPaths.accounts, 'GET, HEAD'],
    [`${contractPaths.accounts}/:email`, 'GET, HEAD'],
    [`${contractPaths.tasks}/:id`, 'GET, HEAD'],
  ];
  for (const [path, allow] of allowed) {
    app.all(path, (c) => problemResponse(methodNotAllowed(c.req.method, allow)));
  }
  app.all('*', () =>
    problemResponse(
      problem(404, 'not-found', 'There is no such path in this API. Check the address against its documentation.'),
    ),
  );
  return app;
}
