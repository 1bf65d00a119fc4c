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
export type Credentials = {
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

type SessionState = {
  readonly credentials: Credentials;
  /**
   * The session can end while the page is open: it was signed out in another tab, it is older than 12 hours, or the
   * server has another key. Then whoever was refused waits until the person has entered the key again, and goes on: this
   * answers all of them, with true when there is a session again. Absent while nobody waits.
   */
  readonly settleAccessKey: ((isOpen: boolean) => void) | undefined;
  /** Set when somebody signed out and the page could not be loaded anew: what it says in place of the work. */
  readonly signedOut: string | undefined;
};

const ENGINE_KEY = 'facebound.engine';

const sessionStore = createStore<SessionState>()(() => ({
  credentials: {
    engine: 'embedded',
    wasChosen: false,
    credentialId: 'server',
    hasOwnToken: false,
    serverHasToken: false,
    hasSeveralAccounts: false,
    email: undefined,
  },
  settleAccessKey: undefined,
  signedOut: undefined,
}));

export const credentialsNow = (): Credentials => sessionStore.getState().credentials;
export const useCredentials = (): Credentials => useStore(sessionStore, (state) => state.credentials);

/** Runs when the engine, or as whom it is asked, changes, until the returned function is called. */
export const onCredentials = (run: () => void): (() => void) =>
  sessionStore.subscribe(({ credentials }, before) => {
    if (credentials !== before.credentials) run();
  });

/** For this module, and for tests that begin with another session. */
export const changeCredentials = (change: Partial<Credentials>): void =>
  sessionStore.setState(({ credentials }) => ({ credentials: { ...credentials, ...change } }));

let ownToken: string | undefined;

/** The bearer for the API client: only ever sent to the `kling` engine. */
export const bearerFor = (engine: EngineName): string | undefined => (engine === 'kling' ? ownToken : undefined);

export function setOwnToken(token: string | undefined): void {
  ownToken = token;
  changeCredentials({
    hasOwnToken: token !== undefined,
    credentialId: token === undefined ? 'server' : randomId(),
    hasSeveralAccounts: false,
    email: undefined,
  });
}

/** The person's choice, for this visit and later ones. */
export function chooseEngine(engine: EngineName): void {
  changeCredentials({ engine, wasChosen: true });
  tabStorage.remove(ENGINE_KEY);
  visitorStorage.set(ENGINE_KEY, engine);
}

/** A choice for this tab only, reloads included: what a shared address asks for is not what the person prefers. */
export function visitEngine(engine: EngineName): void {
  changeCredentials({ engine, wasChosen: false });
  tabStorage.set(ENGINE_KEY, engine);
}

/** Begins with what was chosen for this tab, or on an earlier visit, or else with the server's default. */
export function startEngine({ defaultEngine, serverHasToken }: AppConfig): void {
  const stored = tabStorage.get(ENGINE_KEY) ?? visitorStorage.get(ENGINE_KEY);
  const engine = stored === 'embedded' || stored === 'kling' ? stored : defaultEngine;
  changeCredentials({ engine, serverHasToken });
}

/** What the service said of a token's accounts; of another token than today's it is too late. */
export function noteAccounts(credentialId: string, count: number): void {
  if (credentialsNow().credentialId === credentialId) changeCredentials({ hasSeveralAccounts: count > 1 });
}

export const chooseAccount = (email: string | undefined): void => changeCredentials({ email });

let asked: Promise<boolean> | undefined;

/** Has the person asked for the access key, once for all who wait; false when they would rather not. */
export function askForAccessKey(): Promise<boolean> {
  asked ??= new Promise<boolean>((resolve) => {
    sessionStore.setState({
      settleAccessKey: (isOpen) => {
        asked = undefined;
        sessionStore.setState({ settleAccessKey: undefined });
        resolve(isOpen);
      },
    });
  });
  return asked;
}

/** How to answer those who wait for the access key; undefined while nobody does. */
export const useAccessKeyRequest = (): SessionState['settleAccessKey'] =>
  useStore(sessionStore, (state) => state.settleAccessKey);

/** Says this in place of the work: somebody signed out. */
export const showSignedOut = (said: string): void => sessionStore.setState({ signedOut: said });
export const useSignedOut = (): string | undefined => useStore(sessionStore, (state) => state.signedOut);
