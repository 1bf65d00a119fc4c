import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { AppConfig } from '#contract/app-config.ts';
import type { EngineName } from '#contract/routes.ts';
import { tabStorage, visitorStorage } from '#page/platform/browser-storage.ts';
import { randomId } from '#page/platform/random-id.ts';

/**
 * Which engine the page asks, as whom. A pasted token lives in this tab's memory only; everything outside this
 * module and the API client knows it by `credentialId`, so that it cannot end up in a query key, a log or an export.
 */
export type CredentialsState = {
  readonly engine: EngineName;
  /** Opaque: `server` for the server's own token, else a fresh id for each pasted token. */
  readonly credentialId: string;
  readonly hasOwnToken: boolean;
  readonly serverHasToken: boolean;
  /** True when the person chose the engine on this visit; an address, an earlier visit or the server did otherwise. */
  readonly wasChosen: boolean;
  /** Whether the service said that this token has several accounts: then it wants one to be named. */
  readonly hasSeveralAccounts: boolean;
  /** Kling account to use, when several are configured. */
  readonly email: string | undefined;
};

const ENGINE_KEY = 'facebound.engine';

export const credentialsStore = createStore<CredentialsState>()(() => ({
  engine: 'embedded',
  wasChosen: false,
  credentialId: 'server',
  hasOwnToken: false,
  serverHasToken: false,
  hasSeveralAccounts: false,
  email: undefined,
}));

let ownToken: string | undefined;

/** The bearer for the API client: only ever sent to the `kling` engine. */
export const bearerFor = (engine: EngineName): string | undefined => (engine === 'kling' ? ownToken : undefined);

export function setOwnToken(token: string | undefined): void {
  ownToken = token;
  credentialsStore.setState({
    hasOwnToken: token !== undefined,
    credentialId: token === undefined ? 'server' : randomId(),
    hasSeveralAccounts: false,
    email: undefined,
  });
}

/** The person's choice, for this visit and later ones. */
export function chooseEngine(engine: EngineName): void {
  credentialsStore.setState({ engine, wasChosen: true });
  tabStorage.remove(ENGINE_KEY);
  visitorStorage.set(ENGINE_KEY, engine);
}

/** A choice for this tab only, reloads included: what a shared address asks for is not what the person prefers. */
export function visitEngine(engine: EngineName): void {
  credentialsStore.setState({ engine, wasChosen: false });
  tabStorage.set(ENGINE_KEY, engine);
}

/** Begins with what was chosen for this tab, or on an earlier visit, or else with the server's default. */
export function startEngine({ defaultEngine, serverHasToken }: AppConfig): void {
  const stored = tabStorage.get(ENGINE_KEY) ?? visitorStorage.get(ENGINE_KEY);
  const engine = stored === 'embedded' || stored === 'kling' ? stored : defaultEngine;
  credentialsStore.setState({ engine, serverHasToken });
}

/** What the service said of a token's accounts; of another token than today's it is too late. */
export function noteAccounts(credentialId: string, count: number): void {
  if (credentialsStore.getState().credentialId === credentialId) {
    credentialsStore.setState({ hasSeveralAccounts: count > 1 });
  }
}

export const chooseAccount = (email: string | undefined): void => credentialsStore.setState({ email });

export const useCredentials = (): CredentialsState => useStore(credentialsStore);
