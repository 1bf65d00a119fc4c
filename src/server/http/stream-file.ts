import type { StoredFile } from '../files/file-store.ts';

const CHUNK_BYTES = 64 * 1024;

/**
 * A file as a stream that reads on demand and closes the file at its end or when nobody reads on; `ended` runs then, too.
 */
export function streamFile(
  { handle }: StoredFile,
  ended: () => Promise<void> = async () => {},
): ReadableStream<Uint8Array> {
  const end = async () => {
    await handle.close();
    await ended();
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES);
        if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead));
      } catch (error) {
        await end();
        throw error;
      }
      await end();
      controller.close();
    },
    cancel: end,
  });
}
