import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { EngineName } from '#contract/routes.ts';
import type { PictureId } from '#shared/picture-id.ts';

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

/** One account at Kling as far as the page knows it: an opaque word for the token, and the account's email if chosen. */
export type SendScope = string;

/** The server's own token: the only one that is still the same after a reload. */
const SERVER = 'server';

export const scopeOf = ({ credentialId, email }: Omit<Recipient, 'engine'>): SendScope =>
  `${credentialId} ${email ?? ''}`;

type Scopes = Readonly<Record<PictureId, readonly SendScope[]>>;

type PermissionsState = {
  readonly allowed: Scopes;
  /** What a person was asked about and left out: not asked about again, and not allowed either. */
  readonly withheld: Scopes;
};

export const permissionsStore = createStore<PermissionsState>()(() => ({ allowed: {}, withheld: {} }));

const includes = (scopes: Scopes, id: PictureId, scope: SendScope): boolean => scopes[id]?.includes(scope) === true;

const may = ({ allowed }: PermissionsState, to: Recipient, id: PictureId): boolean =>
  to.engine === 'embedded' || includes(allowed, id, scopeOf(to));

/** Whether a picture may be sent there now. */
export const maySend = (to: Recipient, id: PictureId): boolean => may(permissionsStore.getState(), to, id);

/** The same, followed. */
export const useMaySend = (to: Recipient, id: PictureId): boolean =>
  useStore(permissionsStore, (state) => may(state, to, id));

/** Whether a person was asked about the picture and left it out. */
export const wasWithheld = (to: Recipient, id: PictureId): boolean =>
  includes(permissionsStore.getState().withheld, id, scopeOf(to));

/** Notes that a person allowed these pictures, or what is on its way to become one, to be sent to these accounts. */
export const allowSending = (scopes: readonly SendScope[], ids: readonly PictureId[]): void =>
  allowEach(ids.map((id) => [id, scopes]));

/** The same for pictures that may go to different accounts, in one change. */
export function allowEach(entries: readonly (readonly [PictureId, readonly SendScope[]])[]): void {
  const some = entries.filter(([, scopes]) => scopes.length > 0);
  if (some.length > 0) permissionsStore.setState(({ allowed }) => ({ allowed: added(allowed, some) }));
}

/** Notes that a person was asked about these pictures and left them out. */
export function withholdSending(scope: SendScope, ids: readonly PictureId[]): void {
  if (ids.length === 0) return;
  permissionsStore.setState(({ withheld }) => ({
    withheld: added(
      withheld,
      ids.map((id) => [id, [scope]]),
    ),
  }));
}

function added(before: Scopes, entries: readonly (readonly [PictureId, readonly SendScope[]])[]): Scopes {
  const after = { ...before };
  for (const [id, scopes] of entries) after[id] = [...new Set([...(after[id] ?? []), ...scopes])];
  return after;
}

/** Every account that the picture may be sent to: for what takes the picture's place. */
export const scopesOf = (id: PictureId): readonly SendScope[] => permissionsStore.getState().allowed[id] ?? [];

/** Those that mean the same account after a reload. */
export const lastingScopesOf = (id: PictureId): readonly SendScope[] =>
  scopesOf(id).filter((scope) => scope.startsWith(`${SERVER} `));

/** Takes back what was allowed for one picture. */
export function forbidSending(id: PictureId): void {
  permissionsStore.setState(({ allowed: { [id]: _, ...allowed } }) => ({ allowed }));
}

/**
 * What was allowed while no account was named holds for the one that is named then: the service asks for it where there
 * are several, and sent nothing before.
 */
export function extendToAccount(credentialId: string, email: string): void {
  const unnamed = scopeOf({ credentialId, email: undefined });
  const named = scopeOf({ credentialId, email });
  const { allowed } = permissionsStore.getState();
  allowSending(
    [named],
    Object.keys(allowed).filter((id) => includes(allowed, id, unnamed)),
  );
}

export const forgetPermissions = (): void => permissionsStore.setState({ allowed: {}, withheld: {} });
