import type { Failure } from '#shared/failure.ts';

/** Carries a `Failure` through react-query, which knows failures only as thrown errors. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: FailureError;
  }
}
