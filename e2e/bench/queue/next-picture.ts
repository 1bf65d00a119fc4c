import type { Page } from 'playwright';

/** Where the page writes how long the last key took, in milliseconds; undefined while it is at it. */
const TAKEN = 'benchNextPicture';

/** From now on every page that opens tells how long its keys take to bring another picture. Before the page opens. */
export async function watchNextPicture(page: Page): Promise<void> {
  await page.addInitScript((name) => {
    addEventListener(
      'keydown',
      async ({ timeStamp }) => {
        const before = document.querySelector('h2')?.textContent;
        Reflect.deleteProperty(globalThis, name);
        for (;;) {
          // Looked at in the frame after it was painted.
          await new Promise(requestAnimationFrame);
          const now = document.querySelector('h2')?.textContent;
          const title = document.querySelector('h2 bdi')?.getAttribute('title') ?? '';
          const shown = document.querySelector('[role="img"][aria-busy="false"]')?.getAttribute('aria-label');
          if (now !== before && shown?.startsWith(title) === true) break;
        }
        Reflect.set(globalThis, name, performance.now() - timeStamp);
      },
      { capture: true },
    );
  }, TAKEN);
}

/** Goes to the next picture so many times, a person's glance apart; how long each took to be painted, in milliseconds. */
export async function nextPictures(page: Page, times: number, apartMs: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let time = 0; time < times; time++) {
    await page.keyboard.press(']');
    const handle = await page.waitForFunction((name): unknown => Reflect.get(globalThis, name), TAKEN);
    taken.push(Number(await handle.jsonValue()));
    await page.waitForTimeout(apartMs);
  }
  return taken;
}
