import type { QueryClient } from '@tanstack/react-query';
import type { EngineName } from '#contract/routes.ts';
import {
  allowSending,
  extendToAccount,
  maySend,
  scopeOf,
  wasWithheld,
  withholdSending,
} from '#page/pictures/send-permissions.ts';
import { picturesOf, workStore } from '#page/pictures/work-store.ts';
import { createQuestion } from '#page/place/questions.ts';
import { accountsQuery } from '#page/session/account/accounts.ts';
import { type EngineSession, sessionWith } from '#page/session/engine-session.ts';
import { chooseAccount, chooseEngine, credentialsNow, setOwnToken } from '#page/session/session-store.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { sessionFor } from './saved-result.ts';
import { readPictureDetection } from './use-picture-detection.ts';

/**
 * What makes Kling the one that is asked sends nothing by itself: a person who chooses it, enters a token or changes
 * the account with pictures open is asked once about all that would be sent.
 */

/** What a person did, and what of the work would be sent because of it. `files`: it came beside a file about it. */
export type AskedToSend = {
  readonly cause: SendCause;
  /** Who would get it. */
  readonly session: EngineSession;
  /** Pictures, and what is on its way to become one. */
  readonly ids: readonly PictureId[];
};

export type SendCause = 'engine' | 'token' | 'account' | 'files' | 'copy' | 'compare';

/** One at a time: who asks anew, of another session or about more, asks instead. */
export const sendQuestion = createQuestion<AskedToSend>();

function ask(asked: AskedToSend | undefined): void {
  if (asked === undefined) sendQuestion.withdraw();
  else void sendQuestion.askInstead(asked);
}

/** What nobody was asked about yet for this session, and that would be sent by it. */
function undecided(client: QueryClient, session: EngineSession): readonly PictureId[] {
  // With several accounts the question names one: it comes when that is chosen.
  if (!session.canAsk || session.needsAccount) return [];
  const state = workStore.getState();
  const notSent = picturesOf(state).filter(
    (picture) => readPictureDetection(client, sessionFor(session, picture), picture).state === 'not-sent',
  );
  const toCome = [...state.pendingImports.values()].filter(
    ({ id, isSaved }) => isSaved !== true && !maySend(session, id),
  );
  return [...notSent, ...toCome].map(({ id }) => id).filter((id) => !wasWithheld(session, id));
}

/** Chooses the engine; where Kling would get pictures that nobody was asked about, after the question. */
export function switchEngine(client: QueryClient, engine: EngineName): void {
  const session = sessionWith('kling');
  const ids = engine === 'kling' ? undecided(client, session) : [];
  if (ids.length === 0) chooseEngine(engine);
  else ask({ cause: 'engine', session, ids });
}

/**
 * Uses a token for this tab, and asks what is to be sent with it where Kling is chosen: once it is known whether the
 * token has several accounts, one of which is to be chosen first.
 */
export function enterToken(client: QueryClient, token: string | undefined): void {
  setOwnToken(token);
  const { credentialId } = credentialsNow();
  void (token === undefined ? Promise.resolve() : client.prefetchQuery(accountsQuery(credentialId))).then(() => {
    // Another one may have been entered since.
    if (credentialsNow().credentialId === credentialId) askAfter('token', client);
  });
}

/** Uses another account at Kling, and asks what is to be sent to it where Kling is chosen. */
export function switchAccount(client: QueryClient, email: string | undefined): void {
  const { credentialId, email: before } = credentialsNow();
  if (before === undefined && email !== undefined) extendToAccount(credentialId, email);
  chooseAccount(email);
  askAfter('account', client);
}

function askAfter(cause: 'token' | 'account', client: QueryClient): void {
  if (credentialsNow().engine !== 'kling') return;
  const session = sessionWith('kling');
  const ids = undecided(client, session);
  ask(ids.length === 0 ? undefined : { cause, session, ids });
}

/** Asks about what was handed over while Kling is chosen, but beside files that may have been meant instead. */
export const askAboutHeld = (session: EngineSession, ids: readonly PictureId[]): void => askToo('files', session, ids);

/** Asks before Kling is asked about these as well, so that its answers stand beside those that are there. */
export const askToCompare = (ids: readonly PictureId[]): void =>
  ask({ cause: 'compare', session: sessionWith('kling'), ids });

/** What comes while a question stands joins it, so that there is one. */
function askToo(cause: SendCause, session: EngineSession, ids: readonly PictureId[]): void {
  const asked = sendQuestion.now()?.asked;
  const isSame = asked !== undefined && scopeOf(asked.session) === scopeOf(session);
  ask(isSame ? { ...asked, ids: [...asked.ids, ...ids] } : { cause, session, ids });
}

/**
 * A link was handed over for Kling, and turned out to need a copy that is uploaded: bytes, where an address was allowed.
 */
export function askAboutCopy(id: PictureId): void {
  if (credentialsNow().engine !== 'kling') return;
  const session = sessionWith('kling');
  if (!session.canAsk || maySend(session, id) || wasWithheld(session, id)) return;
  askToo('copy', session, [id]);
}

/** The person's answer: these of what was asked about are sent, the others are not. */
export function answerToSend({ cause, session, ids }: AskedToSend, chosen: readonly PictureId[]): void {
  const scope = scopeOf(session);
  allowSending([scope], chosen);
  withholdSending(
    scope,
    ids.filter((id) => !chosen.includes(id)),
  );
  if (cause === 'engine') chooseEngine('kling');
  ask(undefined);
}

/** No answer: everything stays as it was, and whoever makes Kling the one that is asked next time is asked again. */
export const cancelToSend = (): void => ask(undefined);
