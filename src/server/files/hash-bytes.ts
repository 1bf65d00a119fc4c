import type { Hash, Hmac } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

/** Hashed in one go: a millisecond or two. */
const HASH_PIECE_BYTES = 1024 * 1024;

/** Ends a hash with these bytes, in hex. Gives way to others between large pieces. */
export async function hashBytes(running: Hash | Hmac, bytes: Uint8Array): Promise<string> {
  for (let at = 0; at < bytes.byteLength; at += HASH_PIECE_BYTES) {
    if (at > 0) await setImmediate();
    running.update(bytes.subarray(at, at + HASH_PIECE_BYTES));
  }
  return running.digest('hex');
}
