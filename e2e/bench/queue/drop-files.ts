import { type Browser, type CDPSession, chromium } from 'playwright';
import { findChromium } from '../../tools/chromium.ts';

/** A browser of the run's own, with the id of its first process. */
export type OpenBrowser = { readonly browser: Browser; readonly pid: number };

/** Runs something in a fresh browser without a GPU. */
export async function withBrowser<T>(run: (open: OpenBrowser) => Promise<T>): Promise<T> {
  const launch = findChromium();
  const server = await chromium.launchServer({ ...launch, args: [...launch.args, '--disable-gpu'] });
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    return await run({ browser, pid: server.process().pid ?? 0 });
  } finally {
    await server.close();
  }
}

/** Drops files in the middle of the window, as a file manager does: the browser itself opens them. */
export async function drop(session: CDPSession, files: readonly string[]): Promise<void> {
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 450, data });
  }
}
