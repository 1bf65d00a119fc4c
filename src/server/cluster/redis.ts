import { Redis } from 'ioredis';
import type { Logger } from '../log.ts';
import { maskedRedisUrl, redisErrorText } from './redis-address.ts';

/** How long a command may take, the wait for a connection included, in milliseconds: a restart of Redis fits in. */
const COMMAND_MS = 3_000;
/** Longest pause between two tries to connect, in milliseconds. */
const LONGEST_PAUSE_MS = 1_000;

export type RedisOptions = {
  /** Hears when Redis goes away and when it is back; never more often. */
  readonly logger?: Pick<Logger, 'warn' | 'info'>;
  /**
   * Whether commands wait for Redis however long it is away, as those of a worker do that has nothing else to do. Others
   * are rejected after three seconds, so that a caller hears of it.
   */
  readonly waits?: boolean;
};

/**
 * The one way in which this server connects to Redis, at `redis://` or `rediss://`. The connection is begun at once and
 * is tried again for as long as it takes. Nobody has to listen for its errors. Whoever connects closes it: `disconnect()`.
 */
export function connectRedis(url: string, { logger, waits = false }: RedisOptions = {}): Redis {
  const redis = new Redis(url, {
    // How often is not what counts: `commandTimeout` is the limit.
    maxRetriesPerRequest: null,
    ...(waits ? {} : { commandTimeout: COMMAND_MS }),
    retryStrategy: (times) => Math.min(LONGEST_PAUSE_MS, 50 * 2 ** Math.min(times, 10)),
    // A replica that became read-only is left for whoever takes its place behind the same address.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    connectTimeout: COMMAND_MS,
  });
  let isAway = false;
  const away = (error: unknown) => {
    if (isAway) return;
    isAway = true;
    logger?.warn('Redis is away', { address: maskedRedisUrl(url), error: redisErrorText(error, url) });
  };
  redis.on('error', away);
  redis.on('ready', () => {
    if (isAway) logger?.info('Redis is back', { address: maskedRedisUrl(url) });
    isAway = false;
  });
  return redis;
}
