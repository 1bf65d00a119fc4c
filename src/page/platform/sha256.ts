import { fetchCode } from './fetched-code.ts';

/** SHA-256 in hex. A page on plain http beyond this machine has no `crypto.subtle`; there it is computed in script. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = globalThis.isSecureContext
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    : (await fetchCode(() => import('@noble/hashes/sha2.js'))).sha256(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
