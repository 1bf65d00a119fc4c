import { createServer, type Server } from 'node:http';
import { errorCode } from '#shared/error-code.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { bracketed, isLoopbackHost } from '../auth/own-origins.ts';
import type { Logger } from '../log.ts';
import type { Figures } from './figures.ts';

/** Where figures are served; a listener of their own, never the public one. */
export type FiguresAddress = { readonly host: string; readonly port: number };

const PATH = '/metrics';
/** Whoever scrapes asks in one line and reads at once, in milliseconds. */
const SLOWEST_MS = 10_000;

/** Begins to count, and serves the figures. The error is a sentence for the person who starts the server. */
export async function startFigures(options: {
  readonly at: FiguresAddress;
  readonly version: string;
  readonly logger: Logger;
}): Promise<Result<Figures, string>> {
  const { at, logger } = options;
  const { createPrometheusFigures } = await import('./prometheus.ts');
  const { contentType, text, ...figures } = createPrometheusFigures(options.version);
  const server = createServer((request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
    if (!isRead || request.url?.split('?', 1)[0] !== PATH) {
      response.writeHead(404, { ...headers, 'content-type': 'text/plain' }).end('Figures are at /metrics.\n');
      return;
    }
    text().then(
      (body) => response.writeHead(200, { ...headers, 'content-type': contentType }).end(body),
      () => response.writeHead(500, headers).end(),
    );
  });
  server.requestTimeout = SLOWEST_MS;
  server.timeout = SLOWEST_MS;
  const listening = await listen(server, at);
  if (!listening.ok) return listening;
  const where = `${bracketed(at.host)}:${listening.value}`;
  logger.info('figures are served', { address: `http://${where}${PATH}` });
  if (!isLoopbackHost(at.host)) logger.warn('figures have no password: whoever reaches their port can read them');
  return ok({
    ...figures,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function listen(server: Server, { host, port }: FiguresAddress): Promise<Result<number, string>> {
  return new Promise((resolve) => {
    server.once('error', (error) => {
      const code = errorCode(error);
      const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${code ?? error.message})`;
      resolve(err(`FACEBOUND_METRICS: port ${port} on ${host} ${why}`));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
