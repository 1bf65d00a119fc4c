import { errorText } from '#shared/error-text.ts';
import type { Logger } from '../log.ts';
import type { ServerContext } from './env.ts';
import { callFields } from './log-call.ts';

/**
 * A body that may fail on its way, as a stream that never fails: when it does, the connection is cut, which is the only
 * honest sign for a caller who has the status already, and the log says why. (The HTTP adapter would end the body with
 * the error's text instead, and print it.)
 */
export function abortOnError(
  body: ReadableStream<Uint8Array>,
  c: ServerContext,
  logger: Logger,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const call = callFields(c);
  let callerLeft = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        // Cancelling ends what is being read as if it were whole.
        if (callerLeft) return;
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        logger.warn('answer broken off', { ...call, error: errorText(error) });
        // Without a socket (`app.request`) the stream itself has to fail.
        if (c.env?.outgoing === undefined) controller.error(error);
        else c.env.outgoing.destroy();
      }
    },
    cancel: (reason) => {
      callerLeft = true;
      return reader.cancel(reason);
    },
  });
}
