import type { EngineName } from '#contract/routes.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { type Asks, useWork, type WorkState, workStore } from './work-store.ts';

/**
 * Which pictures a person allowed to be sent to Kling, by account. The one place that says whether a picture may leave
 * for it: choosing an engine, entering a token, a shared address, a reload or an undo allow nothing by themselves. The
 * embedded engine is this server's own and needs no permission.
 */

/** Who would get a picture. */
export type Recipient = {
  readonly engine: EngineName;
  readonly credentialId: string;
  readonly email: string | undefined;
};

/**
 * Who is asked, as a picture's record knows it: `embedded`, or one account at Kling as far as the page knows it (an
 * opaque word for the token, and the account's email if chosen).
 */
export type SendScope = string;

/** The server's own token: the only one that is still the same after a reload. */
const SERVER = 'server';

export const scopeOf = ({ engine, credentialId, email }: Recipient): SendScope =>
  engine === 'embedded' ? 'embedded' : `${credentialId} ${email ?? ''}`;

const may = ({ asks }: WorkState, to: Recipient, id: PictureId): boolean =>
  to.engine === 'embedded' || asks.get(id)?.[scopeOf(to)]?.allowed === true;

/** Whether a picture may be sent there now. */
export const maySend = (to: Recipient, id: PictureId): boolean => may(workStore.getState(), to, id);

/** The same, followed. */
export const useMaySend = (to: Recipient, id: PictureId): boolean => useWork((state) => may(state, to, id));

/** Whether a person was asked about the picture and left it out. */
export const wasWithheld = (to: Recipient, id: PictureId): boolean =>
  workStore.getState().asks.get(id)?.[scopeOf(to)]?.withheld === true;

/** Whether a person stopped what this engine was asked of the picture, and did not ask again since. */
export const isStopped = ({ asks }: WorkState, of: Recipient, id: PictureId): boolean =>
  asks.get(id)?.[scopeOf(of)]?.stopped === true;

/** The same, followed. */
export const useIsStopped = (of: Recipient, id: PictureId): boolean => useWork((state) => isStopped(state, of, id));

/** Notes that a person allowed these pictures, or what is on its way to become one, to be sent to these accounts. */
export const allowSending = (scopes: readonly SendScope[], ids: readonly PictureId[]): void =>
  allowEach(ids.map((id) => [id, scopes]));

/** The same for pictures that may go to different accounts, in one change. */
export const allowEach = (entries: readonly (readonly [PictureId, readonly SendScope[]])[]): void =>
  note(entries.flatMap(([id, scopes]) => scopes.map((scope) => [id, scope, { allowed: true }] as const)));

/** Notes that a person was asked about these pictures and left them out. */
export const withholdSending = (scope: SendScope, ids: readonly PictureId[]): void =>
  note(ids.map((id) => [id, scope, { withheld: true }] as const));

/** Notes that a person stopped what these engines were asked of these pictures, or asks again, in one change. */
export function setStopped(those: readonly (readonly [of: Recipient, id: PictureId])[], stopped: boolean): void {
  const state = workStore.getState();
  note(
    those
      .filter(([of, id]) => isStopped(state, of, id) !== stopped)
      .map(([of, id]) => [id, scopeOf(of), { stopped }] as const),
  );
}

function note(entries: readonly (readonly [PictureId, SendScope, Asks[SendScope]])[]): void {
  if (entries.length === 0) return;
  workStore.setState(({ asks: before }) => {
    const asks = new Map(before);
    for (const [id, scope, change] of entries) {
      const known = asks.get(id);
      asks.set(id, { ...known, [scope]: { ...known?.[scope], ...change } });
    }
    return { asks };
  });
}

/** Every account that the picture may be sent to: for what takes the picture's place. */
export const scopesOf = (id: PictureId): readonly SendScope[] =>
  Object.entries(workStore.getState().asks.get(id) ?? {}).flatMap(([scope, { allowed }]) => (allowed ? [scope] : []));

/** Those that mean the same account after a reload. */
export const lastingScopesOf = (id: PictureId): readonly SendScope[] =>
  scopesOf(id).filter((scope) => scope.startsWith(`${SERVER} `));

/** Takes back what was allowed for one picture. */
export function forbidSending(id: PictureId): void {
  workStore.setState(({ asks: before }) => {
    const asks = new Map(before);
    asks.delete(id);
    return { asks };
  });
}

/**
 * What was allowed while no account was named holds for the one that is named then: the service asks for it where there
 * are several, and sent nothing before.
 */
export function extendToAccount(credentialId: string, email: string): void {
  const unnamed = scopeOf({ engine: 'kling', credentialId, email: undefined });
  const named = scopeOf({ engine: 'kling', credentialId, email });
  const { asks } = workStore.getState();
  allowSending(
    [named],
    [...asks].flatMap(([id, known]) => (known[unnamed]?.allowed === true ? [id] : [])),
  );
}
