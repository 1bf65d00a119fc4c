import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Identity } from '../auth/identity.ts';

/** One call that is being answered; `running-calls.ts` counts them. */
export type RunningCall = {
  /** Somebody pays for it, so a stop lets it end, whatever that takes. To be said before anything is sent on. */
  markPaid(): void;
};

/** What the middlewares leave for the routes. */
export type ServerEnv = {
  /** Node's own request and answer; absent when a test calls the app without a socket. */
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    /** This call, as a stop sees it. */
    call: RunningCall;
    /** Our own origin that this request came to, e.g. `http://127.0.0.1:4173`. */
    origin: string;
    /** Who calls; see `callerOf`. */
    identity: Identity;
  };
};
export type ServerContext = Context<ServerEnv>;
