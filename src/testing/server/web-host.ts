import { createServer, type RequestListener } from 'node:http';

/** A web server on loopback. */
export type WebHost = {
  /** `127.0.0.1:port`, as a link and a list of allowed hosts have it. */
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
};

/** Starts a web server on a free port that answers as it is told. */
export async function startWebHost(listener: RequestListener): Promise<WebHost> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port');
  return {
    host: `127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
