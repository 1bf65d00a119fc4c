/** What an answer needs beside this process. */
export type Needed = 'store' | 'shared-state' | 'queue';

/**
 * Thrown when something that an answer needs does not answer itself, or not as it should. It passes by itself: whoever
 * called may call again. Its message holds no secret and no address that somebody sent.
 */
export class AwayError extends Error {
  readonly what: Needed;
  constructor(what: Needed, message: string) {
    super(message);
    this.name = 'AwayError';
    this.what = what;
  }
}
