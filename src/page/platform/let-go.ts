/**
 * Gives the memory of bytes back at once; they are empty afterwards. Left to be collected, the files of a batch lie
 * beside each other for a while, tens of megabytes of them: the collector sees only how small the objects are that hold
 * them. Only for bytes that have a buffer of their own and that nobody reads any more.
 */
export function letGo(bytes: Uint8Array<ArrayBuffer> | undefined): void {
  if (bytes !== undefined && !bytes.buffer.detached) bytes.buffer.transfer(0);
}
