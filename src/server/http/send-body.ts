import type { ClientRequest } from 'node:http';
import { pipeline, Readable } from 'node:stream';

/**
 * Sends the body of a request of ours and ends it. `onProgress` hears of each piece that goes out; `onFailure` gets what
 * the body itself fails of, before the request says that its connection was closed, which is all that it knows.
 */
export function sendBody(
  request: ClientRequest,
  body: ReadableStream<Uint8Array> | Uint8Array | string | undefined,
  { onProgress, onFailure }: { readonly onProgress: () => void; readonly onFailure: (error: unknown) => void },
): void {
  if (!(body instanceof ReadableStream)) {
    request.end(body);
    return;
  }
  const counted = async function* (pieces: AsyncIterable<unknown>) {
    try {
      for await (const piece of pieces) {
        onProgress();
        yield piece;
      }
    } catch (error) {
      onFailure(error);
      throw error;
    }
  };
  pipeline(Readable.fromWeb(body), counted, request, () => {});
}
