import type { Context } from 'hono';

/** What the middlewares leave for the routes. */
export type ServerEnv = {
  Variables: {
    requestId: string;
    /** Our own origin that this request came to, e.g. `http://127.0.0.1:4173`. */
    origin: string;
    /** Token for the live service, once the contract's routes know who calls. */
    token: string | undefined;
  };
};
export type ServerContext = Context<ServerEnv>;
