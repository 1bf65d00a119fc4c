import { accountsReply } from '#contract/accounts.ts';
import { contractPaths, engineBase } from '#contract/routes.ts';
import { deletedAssetsReply, MOST_DELETED_AT_ONCE, uploadedAssetsReply } from '#contract/uploaded-assets.ts';
import type { SentUpload } from '#page/detection/sent-uploads.ts';
import type { ApiRequest } from '#page/session/api-client.ts';
import type { ApiReply } from '#page/session/read-exchange.ts';
import type { Failure, FailureCode } from '#shared/failure.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { idsOf, inParts } from './model/match-asset.ts';

/**
 * What became of one upload. Only `removed` means that it is gone: it could not be found (`not-found`), Kling did not
 * say that it is gone (`not-confirmed`), or nobody could look, because the account did not answer (`no-access`).
 */
export type TakeBackOutcome = 'removed' | 'not-found' | 'not-confirmed' | 'no-access';

/** One call at the live service, as `callApi` makes it, with the token that there is. */
export type CallKling = (request: Pick<ApiRequest, 'method' | 'path' | 'signal'>) => Promise<Result<ApiReply, Failure>>;

/** How many of a list are asked for at once, and how many such pages are read until an upload counts as not found. */
const PAGE_SIZE = 50;
const MOST_PAGES = 20;

/** Failures that speak of one account: the others go on. */
const OF_ONE_ACCOUNT: ReadonlySet<FailureCode> = new Set([
  'bad-request',
  'not-found',
  'account-required',
  'service-forbidden',
  'no-subscription',
  'session-broken',
]);

const KLING = engineBase('kling');

/**
 * Takes uploads back at Kling, ten at a time: finds each by name and address, then removes what was found by its ids.
 * `onOutcome` hears of each as soon as it is known. A failure that speaks of all accounts ends it and is given back; when
 * `signal` aborts, what is being removed is waited for and nothing more is begun.
 */
export async function takeBack(options: {
  readonly uploads: readonly SentUpload[];
  readonly call: CallKling;
  readonly signal: AbortSignal;
  readonly onOutcome: (upload: SentUpload, outcome: TakeBackOutcome) => Promise<void>;
}): Promise<Failure | undefined> {
  const { uploads, call, signal, onOutcome } = options;
  const look = lookingAt(call, signal);
  for (const part of inParts(uploads, MOST_DELETED_AT_ONCE)) {
    const found: Found[] = [];
    for (const upload of part) {
      if (signal.aborted) return undefined;
      const looked = await look(upload);
      if (!looked.ok) return signal.aborted ? undefined : looked.error;
      if (typeof looked.value === 'string') await onOutcome(upload, looked.value);
      else found.push({ upload, ...looked.value });
    }
    if (signal.aborted) return undefined;
    for (const email of new Set(found.map((one) => one.email))) {
      const failure = await removeAll(
        call,
        email,
        found.filter((one) => one.email === email),
        onOutcome,
      );
      if (failure !== undefined && !OF_ONE_ACCOUNT.has(failure.code)) return failure;
    }
  }
  return undefined;
}

/** An upload that lies at an account under these ids, of which there is one but for a service that lists it twice. */
type Found = { readonly upload: SentUpload; readonly email: string; readonly ids: readonly string[] };

type Looked = Result<Omit<Found, 'upload'> | Exclude<TakeBackOutcome, 'removed'>, Failure>;

/** Finds an upload at its account; at all that are configured where none was named when it was sent. */
function lookingAt(call: CallKling, signal: AbortSignal): (upload: SentUpload) => Promise<Looked> {
  const get = async (path: string): Promise<Result<ApiReply, Failure>> => {
    try {
      return await call({ method: 'GET', path: KLING + path, signal });
    } catch (error) {
      // Cancelled: told by the signal.
      if (signal.aborted)
        return err({ code: 'offline', detail: undefined, retryAfterMs: undefined, exchange: undefined });
      throw error;
    }
  };
  let configured: Result<readonly string[], Failure> | undefined;
  const accountsOf = async ({ email }: SentUpload): Promise<Result<readonly string[], Failure>> => {
    if (email !== undefined) return ok([email]);
    configured ??= await listAccounts(get);
    return configured;
  };
  return async (upload) => {
    const { fileName } = upload;
    if (fileName === undefined) return ok('not-found');
    const accounts = await accountsOf(upload);
    if (!accounts.ok) return accounts;
    let couldLook = false;
    for (const email of accounts.value) {
      const ids = await findAt(get, email, { ...upload, fileName });
      if (ids.ok && ids.value.length > 0) return ok({ email, ids: ids.value });
      if (ids.ok) couldLook = true;
      else if (!OF_ONE_ACCOUNT.has(ids.error.code)) return ids;
    }
    return ok(couldLook ? 'not-found' : 'no-access');
  };
}

type Get = (path: string) => Promise<Result<ApiReply, Failure>>;

async function listAccounts(get: Get): Promise<Result<readonly string[], Failure>> {
  const reply = await get(contractPaths.accounts);
  // The vendor's way to say that none is configured.
  if (!reply.ok) return reply.error.code === 'not-found' ? ok([]) : reply;
  const parsed = accountsReply.safeParse(reply.value.json);
  return parsed.success
    ? ok(Object.entries(parsed.data).map(([key, { email }]) => email ?? key))
    : err(unreadable(reply.value));
}

async function findAt(
  get: Get,
  email: string,
  upload: SentUpload & { readonly fileName: string },
): Promise<Result<readonly string[], Failure>> {
  for (let pageNum = 1; pageNum <= MOST_PAGES; pageNum += 1) {
    const query = new URLSearchParams({
      email,
      fileName: upload.fileName,
      contentType: 'image',
      pageNum: String(pageNum),
      pageSize: String(PAGE_SIZE),
    });
    const reply = await get(`${contractPaths.uploadedAssets}?${query}`);
    if (!reply.ok) return reply;
    const parsed = uploadedAssetsReply.safeParse(reply.value.json);
    if (!parsed.success) return err(unreadable(reply.value));
    const { listed, assets } = parsed.data.uploadAssetsList;
    const ids = idsOf(upload, assets);
    if (ids.length > 0) return ok(ids);
    if (listed < PAGE_SIZE) break;
  }
  return ok([]);
}

/** Removes what was found at one account. Never cancelled halfway: what becomes of a call that was broken off nobody knows. */
async function removeAll(
  call: CallKling,
  email: string,
  found: readonly Found[],
  onOutcome: (upload: SentUpload, outcome: TakeBackOutcome) => Promise<void>,
): Promise<Failure | undefined> {
  const confirmed = new Set<string>();
  let failure: Failure | undefined;
  for (const ids of inParts(
    found.flatMap((one) => one.ids),
    MOST_DELETED_AT_ONCE,
  )) {
    const query = new URLSearchParams({ email, id: ids.join() });
    const reply = await call({ method: 'DELETE', path: `${KLING}${contractPaths.uploadedAssets}?${query}` });
    if (!reply.ok) {
      failure = reply.error;
      break;
    }
    const parsed = deletedAssetsReply.safeParse(reply.value.json);
    for (const id of parsed.success ? parsed.data.ids : []) confirmed.add(id);
  }
  for (const { upload, ids } of found) {
    await onOutcome(upload, ids.every((id) => confirmed.has(id)) ? 'removed' : 'not-confirmed');
  }
  return failure;
}

const unreadable = ({ exchange }: ApiReply): Failure => ({
  code: 'unreadable-reply',
  detail: undefined,
  retryAfterMs: undefined,
  exchange,
});
