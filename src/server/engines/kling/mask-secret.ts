/**
 * Overwrites a secret with asterisks in bytes that come in pieces. The length never changes, and only the last few
 * bytes wait for the next piece, so that a secret cut by a boundary is found too.
 */
export function maskSecret(secret: string | undefined): {
  push(piece: Buffer): Buffer;
  end(): Buffer;
} {
  if (secret === undefined || secret === '') return { push: (piece) => piece, end: () => Buffer.alloc(0) };
  const needle = Buffer.from(secret);
  let held = Buffer.alloc(0);
  return {
    push: (piece) => {
      const bytes = Buffer.concat([held, piece]);
      for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at))
        bytes.fill('*', at, at + needle.byteLength);
      const ready = Math.max(0, bytes.byteLength - needle.byteLength + 1);
      held = bytes.subarray(ready);
      return bytes.subarray(0, ready);
    },
    end: () => {
      const rest = held;
      held = Buffer.alloc(0);
      return rest;
    },
  };
}
