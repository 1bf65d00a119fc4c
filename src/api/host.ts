import type { Context, Env } from 'hono';
import type { EngineName } from '#contract/routes.ts';
import type { Result } from '#shared/result.ts';
import type { CallContext } from './engine.ts';
import type { Problem } from './problem.ts';

/** What the host of these routes knows of a call before it is read. */
export type ContractCall = Omit<CallContext, 'signal' | 'base'> & {
  /** Somebody pays for it: to be said before anything is sent on. */
  readonly markPaid: () => void;
  /** Whether a paid request with this id of the caller's own may be sent on: false when one was before. */
  readonly claimPaid: (id: string | undefined) => Promise<boolean>;
};

type LogLine = (message: string, fields: Readonly<Record<string, string>>) => void;

/** What the contract asks of whatever it runs on, besides web standards. */
export type ApiHost<HostEnv extends Env> = {
  /** What our addresses in the answer to this call begin with: an origin, or a folder of one; no slash at its end. */
  readonly base: (c: Context<HostEnv>) => string;
  /** Who calls this engine; a refusal of the host's own is the answer then. */
  readonly identify: (engine: EngineName, c: Context<HostEnv>) => Promise<Result<ContractCall, Problem>>;
  /** Looks after a body on its way out. */
  readonly guardBody: (body: ReadableStream<Uint8Array>, c: Context<HostEnv>) => ReadableStream<Uint8Array>;
  /** A refusal at an address that a person may open; `page` says it to a person. */
  readonly refuse: (
    problem: Problem,
    page: { readonly title: string; readonly sentence: string },
    c: Context<HostEnv>,
  ) => Response;
  readonly logger: { readonly info: LogLine; readonly error: LogLine };
};
