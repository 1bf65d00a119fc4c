import type { FileOwners } from '#api/files/stores.ts';
import type { EndedSessions } from '../auth/ended-sessions.ts';
import type { KeyTries } from '../auth/password-throttle.ts';
import { connectRedis } from '../cluster/redis.ts';
import type { Logger } from '../log.ts';
import type { PaidOnce } from '../paid-once.ts';
import { createEndedInRedis } from './ended-in-redis.ts';
import { createOwnersInRedis } from './owners-in-redis.ts';
import { createPaidInRedis } from './paid-in-redis.ts';
import { createTriesInRedis } from './tries-in-redis.ts';

/** What replicas know together, whichever of them is asked. Each of its calls rejects with an `AwayError` while Redis is away. */
export type SharedState = {
  readonly endedSessions: EndedSessions;
  readonly owners: FileOwners;
  readonly tries: KeyTries;
  readonly paidOnce: PaidOnce;
  close(): void;
};

/** Opens it at a Redis, which may still be away. */
export function openSharedState(options: {
  readonly url: string;
  readonly clock: { readonly now: () => number };
  readonly logger?: Pick<Logger, 'warn' | 'info'>;
}): SharedState {
  const { clock } = options;
  const redis = connectRedis(options.url, options.logger === undefined ? {} : { logger: options.logger });
  const endedSessions = createEndedInRedis(redis, clock);
  // As early as can be: sessions from before count as ended.
  endedSessions.begin().catch(() => {});
  return {
    endedSessions,
    owners: createOwnersInRedis(redis, clock),
    tries: createTriesInRedis(redis),
    paidOnce: createPaidInRedis(redis),
    close: () => redis.disconnect(),
  };
}
