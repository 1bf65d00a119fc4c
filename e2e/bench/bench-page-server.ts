import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type InlineConfig, preview } from 'vite';

/** A page of the bench, built and served. */
export type BenchPageServer = {
  readonly url: string;
  /** The served folder: what is put there has an address. */
  readonly folder: string;
  close(): Promise<void>;
};

/** Builds a page of the bench as the product's own page is built, and serves it. */
export async function serveBenchPage(root: string, options: InlineConfig = {}): Promise<BenchPageServer> {
  const folder = await mkdtemp(join(tmpdir(), 'facebound-bench-page-'));
  const config: InlineConfig = {
    ...options,
    configFile: false,
    root,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'esnext', assetsInlineLimit: 0 },
    preview: { port: 0, host: '127.0.0.1' },
  };
  await build(config);
  const server = await preview(config);
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('The page of the bench has no address');
  return {
    url,
    folder,
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
