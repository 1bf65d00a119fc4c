/** How long things may take, in milliseconds. */
export type Timeouts = {
  /** One call of an engine, its answer included: a full queue of pictures, or a slow live service. */
  readonly call: number;
  /** A small request body (JSON, form) to arrive. */
  readonly fields: number;
  /** An upload to arrive, however slowly; beyond that it must keep a pace (`api/contract-routes.ts`). */
  readonly upload: number;
  /** A connection on which nothing moves in either direction: longer than any call, so it is a caller that hangs. */
  readonly silence: number;
};

export const DEFAULT_TIMEOUTS: Timeouts = { call: 120_000, fields: 15_000, upload: 120_000, silence: 150_000 };
