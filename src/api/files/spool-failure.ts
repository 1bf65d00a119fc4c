import type { EngineFailure } from '../engine.ts';
import type { SpoolFailure } from './stores.ts';

/** Seconds after which whoever found too much under way may try again. */
const BUSY_SECONDS = 5;

/** Why bytes could not be spooled, as a caller hears it. */
export function spoolFailure(
  failure: SpoolFailure,
): Extract<EngineFailure, { code: 'storage-full' | 'queue-full' | 'body' }> {
  switch (failure) {
    case 'storage-full':
      return { code: 'storage-full' };
    case 'busy':
      return { code: 'queue-full', retryAfterSeconds: BUSY_SECONDS };
    default:
      return { code: 'body', why: failure };
  }
}
