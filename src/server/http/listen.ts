import type { Server } from 'node:http';
import { err, ok, type Result } from '#shared/result.ts';

/** Opens the port; the error is a sentence for the person who starts the server. */
export function listen(server: Server, host: string, port: number): Promise<Result<number, string>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const causes: Readonly<Record<string, string>> = {
        EADDRINUSE: `port ${port} on ${host} is in use; stop what uses it or set PORT to another one`,
        EACCES: `port ${port} on ${host} needs more rights; set PORT to 1024 or above`,
        EADDRNOTAVAIL: `HOST ${host} is not an address of this machine`,
        ENOTFOUND: `HOST ${host} is not an address of this machine`,
      };
      resolve(err(causes[error.code ?? ''] ?? `listening on ${host}:${port} failed (${error.code ?? error.message})`));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
