/**
 * `npm run dev`: the page under Vite (changes show at once) in front of our own server, which starts anew when its
 * code changes. One Ctrl-C ends both.
 */

import { createRequire } from 'node:module';
import { createServer } from 'vite';
import { projectRoot } from './build-dir.ts';
import { freePort } from './free-port.ts';
import { exitOf, runScript, start, stopChildrenOnSignal } from './processes.ts';

/** Vite's usual port. It is fixed, because the server must know the page's origin before the page is there. */
const PAGE_PORT = 5173;
const pageOrigin = `http://127.0.0.1:${PAGE_PORT}`;

stopChildrenOnSignal();

for (const script of ['build:models', 'build:openapi']) {
  if ((await runScript(script, [], { cwd: projectRoot })) !== 0) process.exit(1);
}

const apiPort = await freePort();
process.env['FACEBOUND_DEV_API'] = `http://127.0.0.1:${apiPort}`;
const page = await createServer({ root: projectRoot, server: { port: PAGE_PORT, strictPort: true } });
try {
  await page.listen();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const server = start(process.execPath, [tsx, 'watch', '--clear-screen=false', 'src/server/main.ts'], {
  cwd: projectRoot,
  env: {
    FACEBOUND_DATA_DIR: '.facebound/dev-data',
    ...process.env,
    PORT: String(apiPort),
    FACEBOUND_ORIGIN: `${pageOrigin},http://localhost:${PAGE_PORT}`,
  },
});
console.log(`Facebound (development) on ${pageOrigin}`);
process.exitCode = await exitOf(server);
await page.close();
