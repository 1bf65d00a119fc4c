import type { FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 64 * 1024;

/** An open file as a stream that reads on demand, and closes the file at its end or when nobody reads on. */
export function streamFile(handle: FileHandle): ReadableStream<Uint8Array> {
  const end = () => handle.close();
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
