import type { Page } from 'playwright';
import { z } from 'zod';

/** What is waited for after a key, as the page shows it. */
export type Awaited = 'first-screen' | 'verdict' | 'next-crop' | 'next-page' | 'next-face';

/** Where the page writes how long the last key took, in milliseconds; undefined while it is at it. */
const TAKEN = 'benchCheckTaken';
/** What the next key is to bring. */
const WANTED = 'benchCheckWanted';

/** From now on every page that opens tells how long its keys take to bring what is wanted. Before the page opens. */
export async function watchKeys(page: Page): Promise<void> {
  // What turns TypeScript into JavaScript here names functions by a helper, which pages lack.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.addInitScript(
    ([taken, wanted]) => {
      const look = {
        active: () => {
          const id = document.querySelector('[role="listbox"]')?.getAttribute('aria-activedescendant');
          return id === null || id === undefined ? null : document.getElementById(id);
        },
        isPainted: (crop: Element) => {
          const image = crop.querySelector('img');
          return image?.complete === true && image.naturalWidth > 0;
        },
        inView: () => {
          const room = document.querySelector('[role="listbox"]')?.getBoundingClientRect();
          return [...document.querySelectorAll('[data-crop]')].filter((crop) => {
            const { top, bottom } = crop.getBoundingClientRect();
            return room !== undefined && top >= room.top && bottom <= room.bottom;
          });
        },
        verdictOn: () => document.querySelector('[role="group"][aria-label^="Verdict on face"]')?.ariaLabel,
      };
      const facts: Record<string, () => string | undefined> = {
        'first-screen': () => {
          const crops = look.inView();
          return crops.length > 0 && crops.every(look.isPainted) ? 'there' : undefined;
        },
        verdict: () => look.active()?.getAttribute('aria-label') ?? undefined,
        'next-crop': () => look.active()?.id,
        'next-page': () => {
          const crop = look.active();
          return crop !== null && look.isPainted(crop) ? crop.id : undefined;
        },
        // On another picture the first face may have the same number.
        'next-face': () =>
          `${look.verdictOn()} ${document.querySelector('nav [aria-current="true"]')?.getAttribute('aria-label')?.split(',')[0]}`,
      };
      addEventListener(
        'keydown',
        async ({ timeStamp }) => {
          const fact = facts[String(Reflect.get(globalThis, wanted))];
          if (fact === undefined) return;
          Reflect.set(globalThis, wanted, undefined);
          const before = fact();
          for (;;) {
            // Looked at in the frame after it was painted.
            await new Promise(requestAnimationFrame);
            const now = fact();
            if (now !== undefined && now !== before) break;
          }
          Reflect.set(globalThis, taken, performance.now() - timeStamp);
        },
        { capture: true },
      );
    },
    [TAKEN, WANTED] as const,
  );
}

/** Presses a key; how long it took until the page showed what is awaited, in milliseconds. */
export async function onScreenAfter(page: Page, key: string, awaited: Awaited): Promise<number> {
  await page.evaluate(
    ([taken, wanted, what]) => {
      Reflect.deleteProperty(globalThis, taken);
      Reflect.set(globalThis, wanted, what);
    },
    [TAKEN, WANTED, awaited] as const,
  );
  await page.keyboard.press(key);
  const handle = await page.waitForFunction((name): unknown => Reflect.get(globalThis, name), TAKEN);
  return Number(await handle.jsonValue());
}

/** Where the page notes what was said of an export under way. */
const STEPS = 'benchCheckSteps';

/** From now on the page counts how often it tells another step of an export; gives how many those were so far. */
export const watchProgress = (page: Page): Promise<number> =>
  page.evaluate((name) => {
    const known: unknown = Reflect.get(globalThis, name);
    if (known instanceof Set) return known.size;
    const steps = new Set<string>();
    Reflect.set(globalThis, name, steps);
    new MutationObserver(() => {
      const text = document.querySelector('progress[aria-label="Export"]')?.parentElement?.textContent;
      if (text !== null && text !== undefined) steps.add(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return 0;
  }, STEPS);

/** Does what saves something; how long it took until the page says that it is saved, in milliseconds of its clock. */
export async function savedAfter(page: Page, said: RegExp, act: () => Promise<void>): Promise<number> {
  const saved = page.getByRole('status').filter({ hasText: said });
  const begun = await nowInPage(page);
  await act();
  await saved.waitFor();
  return (await nowInPage(page)) - begun;
}

export const nowInPage = (page: Page): Promise<number> => page.evaluate(() => performance.now());

const tasks = z.array(z.object({ startTime: z.number(), duration: z.number() }));

/** The longest task of the main thread since a time of the page's clock, in milliseconds; 50 or less when it is 50. */
export async function longestBlockSince(page: Page, since: number): Promise<number> {
  const noted = tasks.parse(await page.evaluate(() => Reflect.get(globalThis, 'benchLongTasks')));
  return Math.max(50, ...noted.filter(({ startTime }) => startTime >= since).map(({ duration }) => duration));
}

/** Crops in the document, how many whole ones a screen has, and the most elements that one of them is made of. */
export const mountedCrops = (
  page: Page,
): Promise<{ readonly mounted: number; readonly screen: number; readonly elementsEach: number }> =>
  page.evaluate(() => {
    const crops = [...document.querySelectorAll('[data-crop]')];
    const room = document.querySelector('[role="listbox"]')?.getBoundingClientRect();
    const screen = crops.filter((crop) => {
      const { top, bottom } = crop.getBoundingClientRect();
      return room !== undefined && bottom > room.top && top < room.bottom;
    });
    return {
      mounted: crops.length,
      screen: screen.length,
      elementsEach: Math.max(...crops.map((crop) => crop.querySelectorAll('*').length + 1)),
    };
  });
