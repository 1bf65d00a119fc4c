import { residentBytesOfTree } from './export/process-tree.ts';

/** How often memory is looked at, in milliseconds. */
const SAMPLE_MS = 100;

/** Runs something and gives the most memory that a process and all below it held meanwhile, in bytes. */
export async function withPeakMemory<T>(
  root: number,
  run: () => Promise<T>,
): Promise<{ readonly value: T; readonly before: number; readonly peak: number }> {
  const before = await residentBytesOfTree(root);
  let peak = before;
  let isRunning = true;
  const watching = (async () => {
    while (isRunning) {
      peak = Math.max(peak, await residentBytesOfTree(root));
      await new Promise((done) => setTimeout(done, SAMPLE_MS));
    }
  })();
  try {
    return { value: await run(), before, peak };
  } finally {
    isRunning = false;
    await watching;
  }
}
