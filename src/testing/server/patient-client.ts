import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { errorCode } from '#shared/error-code.ts';

/** What a connection's end is called, by undici and by the system. */
const CUT_OFF: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** An answer as it came: to the byte. Status 0 is a connection that was closed without one. */
export type Answered = { readonly status: number; readonly body: Buffer; readonly retryAfter: string | undefined };

/**
 * A client as a program that means well: told to come again (429, 502, 503) or cut off, it waits for as long as it was told
 * and asks again; everything else is an answer. `heard` has each answer, also those that it did not settle for.
 */
export function createPatientClient(origin: string) {
  const heard: Answered[] = [];
  const askOnce = async (path: string, type: string, body: string | Uint8Array): Promise<Answered> => {
    const reply = await request(`${origin}${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer anyone', 'content-type': type },
      body,
      headersTimeout: 150_000,
    });
    const header = reply.headers['retry-after'];
    return {
      status: reply.statusCode,
      body: Buffer.from(await reply.body.arrayBuffer()),
      retryAfter: typeof header === 'string' ? header : undefined,
    };
  };
  const ask = async (path: string, type: string, body: string | Uint8Array): Promise<Answered> => {
    for (;;) {
      const answered = await askOnce(path, type, body).catch((error: unknown): Answered => {
        if (!CUT_OFF.has(errorCode(error) ?? '')) throw error;
        return { status: 0, body: Buffer.alloc(0), retryAfter: undefined };
      });
      heard.push(answered);
      if (![0, 429, 502, 503].includes(answered.status)) return answered;
      // A balancer says nothing of when.
      await pause(answered.retryAfter === undefined ? 250 : Number(answered.retryAfter) * 1000);
    }
  };
  return {
    heard,
    upload: (bytes: Uint8Array, type = 'image/jpeg') => ask('/v1/kling/assets/', type, bytes),
    recognize: (imageReference: string) =>
      ask('/v1/kling/images/recognize-faces', 'application/json', JSON.stringify({ imageReference })),
  };
}
