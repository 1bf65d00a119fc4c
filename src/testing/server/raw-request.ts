import { connect } from 'node:net';

/** The answer to a request that was written byte by byte. */
export type RawAnswer = { readonly status: number; readonly head: string; readonly body: string };

/**
 * Sends exactly these bytes over a connection of its own and reads until the server closes it: for requests that no
 * HTTP client would send. `Connection: close` is the caller's to add.
 */
export function rawRequest(port: number, text: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const answer = Buffer.concat(chunks).toString('latin1');
      const end = answer.indexOf('\r\n\r\n');
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0),
        head: end < 0 ? answer : answer.slice(0, end),
        body: end < 0 ? '' : answer.slice(end + 4),
      });
    });
  });
}
