/**
 * A random id of 128 bits in hex. `crypto.randomUUID` is missing on pages that are neither https nor loopback, and a
 * team's server may be one.
 */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
