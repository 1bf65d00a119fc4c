import type { Redis } from 'ioredis';
import { PAID_ID, PAID_KEPT_MS, type PaidOnce } from '../paid-once.ts';
import { replyOf, stateKey } from './state-redis.ts';

/** Ids of paid requests, for all replicas: the browser's second try may come to another one. */
export const createPaidInRedis = (redis: Redis): PaidOnce => ({
  claim: async (id) => {
    if (id === undefined || !PAID_ID.test(id)) return true;
    return (await replyOf(redis.set(stateKey('paid', id), '', 'PX', PAID_KEPT_MS, 'NX'))) === 'OK';
  },
});
