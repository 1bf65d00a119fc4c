import { type Context, type Env, Hono } from 'hono';
import { ENGINES } from '#contract/engines.ts';
import { contentTypeNotSupported, IMAGE_REFERENCE_REQUIRED } from '#contract/errors.ts';
import { ASSET_CONTENT_TYPES, MAX_ASSET_BYTES } from '#contract/limits.ts';
import { DETAILS_PARAMETER, readDetails } from '#contract/recognize-faces.ts';
import { contractPaths, PAID_ONCE_HEADER } from '#contract/routes.ts';
import { assetIds, assetIdsRefused } from '#contract/uploaded-assets.ts';
import { errorText } from '#shared/error-text.ts';
import { declaredLength, limitBody } from './body.ts';
import { startDeadline } from './deadline.ts';
import type { CallContext, Engine, EngineAnswer } from './engine.ts';
import { bodyProblem, engineProblem, faultProblem } from './engine-failure.ts';
import { type Fields, printable, readFields } from './fields.ts';
import type { ApiHost, ContractCall } from './host.ts';
import { methodNotAllowed, type Problem, problem, problemResponse } from './problem.ts';

/**
 * A status of which the page does not take a request for refused: what became of the first one nobody knows here. It may
 * be on its way, done, or never have left.
 */
const SENT_BEFORE = problem(
  504,
  'sent-before',
  'This request was sent before, and its answer did not come back. It may have been paid: look for its pictures at the service before you send it again.',
);

/** How long things may take, in milliseconds. */
export type ContractTimeouts = {
  /** One call of an engine, its answer included. */
  readonly call: number;
  /** A small request body to arrive. */
  readonly fields: number;
  /** An upload to arrive, however slowly; beyond that it must keep `UPLOAD_BYTES_PER_SECOND`. */
  readonly upload: number;
};

/** Longest silence in an upload, in milliseconds: a line that is so long without a byte is gone. */
const UPLOAD_SILENCE_MS = 30_000;

/** Least pace of an upload that takes long: a quarter of the slowest mobile line, so that only what drips is cut off. */
const UPLOAD_BYTES_PER_SECOND = 16 * 1024;

/** Longest time that an upload can take to arrive, in milliseconds. */
export const longestUploadMs = ({ upload }: Pick<ContractTimeouts, 'upload'>): number =>
  upload + (MAX_ASSET_BYTES / UPLOAD_BYTES_PER_SECOND) * 1000;

/** The app ignores a slash at the end of a path, so routes are written without one. */
const ASSETS_PATH = contractPaths.assets.replace(/\/$/, '');
const UPLOADED_PATH = contractPaths.uploadedAssets.replace(/\/$/, '');

/** Statuses that must have no body. */
const BODILESS = new Set([204, 205, 304]);

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
 * The vendor's contract, answered by one engine, on any host of web standards. Every call is first checked for who makes
 * it, then for its form; the engine gets parsed input. What is not part of the contract is a JSON error, a known path
 * with another method 405.
 */
export function contractRoutes<HostEnv extends Env>(deps: {
  readonly engine: Engine;
  readonly timeouts: ContractTimeouts;
  readonly host: Omit<ApiHost<HostEnv>, 'refuse'>;
}): Hono<HostEnv> {
  const { engine, host } = deps;
  const app = new Hono<HostEnv>();
  /** Who calls, from when that is known. */
  const calls = new WeakMap<Request, ContractCall>();
  const callOf = (request: Request): ContractCall => {
    const call = calls.get(request);
    if (call === undefined) throw new Error('Nobody asked who calls');
    return call;
  };

  app.use(async (c, next) => {
    const call = await host.identify(engine.name, c);
    if (!call.ok) return problemResponse(call.error);
    calls.set(c.req.raw, call.value);
    return next();
  });

  /** Runs one call of the engine with its time limit and turns the answer into a response. */
  const answer = async (
    c: Context<HostEnv>,
    /** `moved` begins the call's time anew. */
    call: (context: CallContext, moved: () => void) => EngineAnswer,
  ): Promise<Response> => {
    const { markPaid: _markPaid, claimPaid: _claimPaid, ...context } = callOf(c.req.raw);
    const { requestId, caller } = context;
    const deadline = startDeadline(deps.timeouts.call, c.req.raw.signal);
    try {
      const result = await call({ ...context, base: host.base(c), signal: deadline.signal }, deadline.restart);
      if (!result.ok) {
        const { error } = result;
        if ('reason' in error)
          host.logger.info('engine failure', { requestId, caller, code: error.code, reason: error.reason });
        const isLate = error.code === 'cancelled' && deadline.isOver();
        return problemResponse(engineProblem(isLate ? { code: 'too-slow' } : error));
      }
      const { status, headers, body } = result.value;
      const bodiless = BODILESS.has(status) || c.req.method === 'HEAD';
      if (bodiless && body instanceof ReadableStream) await body.cancel();
      const sent = body instanceof ReadableStream ? host.guardBody(body, c) : body;
      return new Response(bodiless ? null : sent, {
        status,
        headers: { 'cache-control': 'no-store', ...headers },
      });
    } catch (error) {
      host.logger.error('engine error', { requestId, caller, error: errorText(error) });
      return problemResponse(faultProblem(error));
    } finally {
      deadline.stopClock();
      deadline.forgetCaller();
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
    const email = optionalText(c.req.query('email'));
    return answer(c, (context, moved) => {
      const body = limitBody(c.req.raw, {
        maxBytes: MAX_ASSET_BYTES,
        timeoutMs: deps.timeouts.upload,
        pace: { silenceMs: UPLOAD_SILENCE_MS, bytesPerSecond: UPLOAD_BYTES_PER_SECOND, onPiece: moved },
      });
      return engine.uploadAsset({ body, length, contentType, email }, context);
    });
  });

  app.post(contractPaths.recognizeFaces, async (c) => {
    const fields = await readFields(c.req.raw, deps.timeouts.fields);
    if (!fields.ok) return problemResponse(fields.error);
    const imageReference = imageReferenceOf(fields.value);
    if (typeof imageReference !== 'string') return problemResponse(imageReference);
    const email = optionalText(fields.value['email']);
    const details = readDetails(c.req.query(DETAILS_PARAMETER));
    return answer(c, (context) => engine.recognizeFaces({ imageReference, email, details }, context));
  });

  app.post(contractPaths.kolors, async (c) => {
    const { markPaid, claimPaid } = callOf(c.req.raw);
    const { isPaid } = ENGINES[engine.name];
    if (isPaid) markPaid();
    const fields = await readFields(c.req.raw, deps.timeouts.fields);
    if (!fields.ok) return problemResponse(fields.error);
    if (isPaid && !(await claimPaid(c.req.header(PAID_ONCE_HEADER)))) return problemResponse(SENT_BEFORE);
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

  app.delete(`${contractPaths.tasks}/:id`, (c) =>
    answer(c, (context) =>
      engine.deleteTask({ taskId: c.req.param('id'), email: optionalText(c.req.query('email')) }, context),
    ),
  );

  app.get(UPLOADED_PATH, (c) => answer(c, (context) => engine.listUploadedAssets({ query: c.req.query() }, context)));

  app.delete(UPLOADED_PATH, async (c) => {
    const email = optionalText(c.req.query('email'));
    if (email === undefined) return problemResponse({ status: 400, body: { error: 'Parameter email is required' } });
    const ids = assetIds.safeParse(c.req.query('id') ?? '');
    if (!ids.success) {
      return problemResponse({ status: 400, body: assetIdsRefused(printable(c.req.query('id') ?? '')) });
    }
    return answer(c, (context) => engine.deleteUploadedAssets({ email, ids: ids.data }, context));
  });

  app.get(contractPaths.freePlaces, (c) => answer(c, (context) => engine.listFreePlaces(context)));

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
    [`${contractPaths.tasks}/:id`, 'GET, HEAD, DELETE'],
    [UPLOADED_PATH, 'GET, HEAD, DELETE'],
    [contractPaths.freePlaces, 'GET, HEAD'],
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
