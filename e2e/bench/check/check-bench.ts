import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright';
import { startServer } from '../../fixtures/server.ts';
import { tellFaces } from '../../fixtures/told-faces.ts';
import { residentBytesOf } from '../export/process-tree.ts';
import { photograph, rawPhotograph } from '../photographs.ts';
import { drop, type OpenBrowser, withBrowser } from '../queue/drop-files.ts';
import { isDone } from '../queue/is-done.ts';
import { watchLongTasks } from '../queue/long-tasks.ts';
import type { Figure, Section } from '../report.ts';
import { percentile } from '../statistics.ts';
import {
  longestBlockSince,
  mountedCrops,
  nowInPage,
  onScreenAfter,
  savedAfter,
  watchKeys,
  watchProgress,
} from './in-page.ts';

/** Pictures with 25 faces each: five hundred faces and five thousand. */
const COUNTS = [20, 200] as const;
const FACES_EACH = 25;
const SIZE = { width: 1200, height: 900 };
/** Pictures are cut out of one drawing that is this much larger, each at another place: no two have the same pixels. */
const ROOM = 48;
const MB = 1e6;
/** Longest that any step may take on a busy machine, in milliseconds. */
const WAIT_MS = 20 * 60_000;
/** So many verdicts are measured of each kind, a person's glance apart in milliseconds. */
const VERDICTS = 40;
const APART_MS = 120;
/** Pages that are closed one after another, in the run with the most of them. */
const PAGES = 30;

/** Faces in rows; of each picture one is narrow, one at the edge and one tiny, so that every group has hundreds. */
const FACES = Array.from({ length: FACES_EACH }, (_, index) => {
  const place = { x: 60 + (index % 5) * 215, y: 40 + Math.floor(index / 5) * 170 };
  if (index === 0) return { ...place, width: 50, height: 130 };
  if (index === 4) return { x: SIZE.width - 100, y: place.y, width: 100, height: 120 };
  if (index === 7) return { ...place, width: 30, height: 36 };
  return { ...place, width: 96, height: 120 };
});

type Checked = {
  readonly opened: number;
  readonly sheetVerdicts: readonly number[];
  readonly pictureVerdicts: readonly number[];
  readonly pagesShown: readonly number[];
  readonly longestBlock: number;
  readonly mounted: number;
  readonly screen: number;
  readonly elementsEach: number;
  /** How long the report and the plain export of the same pictures took, in milliseconds. */
  readonly report: number;
  readonly plainExport: number;
  /** How often the report said how far it is. */
  readonly reportSteps: number;
  readonly memory: { readonly heap: readonly number[]; readonly renderer: readonly number[] };
};

/**
 * Two hundred pictures with five thousand faces in check mode: the contact sheet opened, marked and closed page by page,
 * then picture by picture, then reported, in the page that people use. The answers are told, so that the page is measured and not the
 * detector.
 */
export async function benchCheck({ counts = COUNTS }: { counts?: readonly number[] } = {}): Promise<Section[]> {
  const sections: Section[] = [];
  const mounted: number[] = [];
  for (const count of counts) {
    const folder = await mkdtemp(join(tmpdir(), 'facebound-check-bench-'));
    try {
      const files = await writePictures(folder, count);
      const checked = await withBrowser((browser) => runCheck(browser, files));
      mounted.push(checked.mounted);
      sections.push({
        title: `Check of ${count} pictures with ${count * FACES_EACH} faces`,
        conditions: `the report shows all pictures, with faces as they are, and the export is their annotated PNG; pictures of ${SIZE.width}×${SIZE.height} pixels, answers told; 1440×900, headless Chromium without a GPU; times from the key to the frame that was painted; memory is resident, garbage collected, after each third of ${PAGES} pages or of all that there are`,
        figures: figuresOf(checked, count),
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const [few = Number.NaN, many = Number.NaN] = mounted;
  sections.push({
    title: 'What grows with the number of faces',
    conditions: `${counts.map((count) => count * FACES_EACH).join(' and ')} faces; the second divided by the first`,
    figures: [{ name: 'crops in the document', value: many / few, unit: '×', aim: { atMost: 1 } }],
  });
  return sections;
}

function figuresOf({ memory: { heap, renderer }, ...checked }: Checked, count: number): Figure[] {
  const growth = (bytes: readonly number[]): number =>
    ((bytes.at(-1) ?? Number.NaN) / (bytes[1] ?? Number.NaN) - 1) * 100;
  const p95 = (times: readonly number[]): number => percentile(times, 0.95);
  return [
    { name: 'sheet with its first screen of crops', value: checked.opened, unit: 'ms' },
    { name: 'longest main-thread block', value: checked.longestBlock, unit: 'ms', aim: { atMost: 100 } },
    { name: 'sheet: verdict and next crop, p95', value: p95(checked.sheetVerdicts), unit: 'ms', aim: { atMost: 100 } },
    {
      name: 'picture: verdict to next face, p95',
      value: p95(checked.pictureVerdicts),
      unit: 'ms',
      aim: { atMost: 100 },
    },
    { name: 'sheet: next page, p95', value: p95(checked.pagesShown), unit: 'ms' },
    { name: 'report', value: checked.report, unit: 'ms' },
    { name: 'plain export of the same pictures', value: checked.plainExport, unit: 'ms' },
    { name: 'report to plain export', value: checked.report / checked.plainExport, unit: '×', aim: { atMost: 1 } },
    { name: 'steps of the report that were told', value: checked.reportSteps, unit: '', aim: { atLeast: count / 2 } },
    { name: 'crops in the document', value: checked.mounted, unit: '', aim: { atMost: 3 * checked.screen } },
    { name: 'elements of a crop', value: checked.elementsEach, unit: '', aim: { atMost: 4 } },
    { name: 'JavaScript heap after the first third', value: (heap[1] ?? Number.NaN) / MB, unit: 'MB' },
    { name: 'JavaScript heap in the end', value: (heap.at(-1) ?? Number.NaN) / MB, unit: 'MB' },
    { name: 'memory of the page’s process after the first third', value: (renderer[1] ?? Number.NaN) / MB, unit: 'MB' },
    { name: 'memory of the page’s process in the end', value: (renderer.at(-1) ?? Number.NaN) / MB, unit: 'MB' },
    { name: 'growth between the two', value: growth(renderer), unit: '%', aim: { atMost: 10 } },
  ];
}

async function writePictures(folder: string, count: number): Promise<string[]> {
  const raw = await rawPhotograph({
    seed: 'check',
    count: FACES_EACH,
    layout: 'group',
    width: SIZE.width + ROOM,
    height: SIZE.height + ROOM,
  });
  const files: string[] = [];
  for (let index = 0; index < count; index++) {
    const part = { left: index % ROOM, top: Math.floor(index / ROOM) % ROOM, ...SIZE };
    const file = join(folder, `picture-${String(index + 1).padStart(3, '0')}.jpg`);
    await writeFile(file, await photograph(raw, part, 1));
    files.push(file);
  }
  return files;
}

async function runCheck({ browser }: OpenBrowser, files: readonly string[]): Promise<Checked> {
  const server = await startServer();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(WAIT_MS);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await watchLongTasks(page);
    await watchKeys(page);
    await tellFaces(page, FACES, SIZE);
    await page.goto(server.origin);
    await page.getByRole('button', { name: 'Browse' }).waitFor();
    await page.waitForLoadState('networkidle');
    await drop(session, files);
    await page.waitForFunction(isDone, files.length, { polling: 250 });
    // The mode's own code is there, and its first look at what is kept is over.
    await page.keyboard.press('c');
    await page.getByRole('region', { name: 'Check', exact: true }).waitFor();
    await page.waitForLoadState('networkidle');

    const begun = await nowInPage(page);
    const opened = await onScreenAfter(page, 'c', 'first-screen');
    await page.waitForTimeout(1000);
    const { mounted: mountedOfPage, screen, elementsEach } = await mountedCrops(page);
    const sheetVerdicts: number[] = [];
    for (let verdict = 0; verdict < VERDICTS; verdict++) {
      sheetVerdicts.push(await onScreenAfter(page, 'w', 'verdict'));
      sheetVerdicts.push(await onScreenAfter(page, 'ArrowRight', 'next-crop'));
      await page.waitForTimeout(APART_MS);
    }
    // Of all faces, in the middle of them: the most that is ever in the document.
    await page.getByRole('toolbar', { name: 'Which faces' }).getByRole('button', { name: /^All / }).click();
    await page.getByRole('listbox', { name: 'Faces' }).evaluate((list) => {
      list.scrollTop = list.scrollHeight / 2;
    });
    await page.waitForTimeout(1000);
    const { mounted: mountedOfAll } = await mountedCrops(page);
    await page
      .getByRole('toolbar', { name: 'Which faces' })
      .getByRole('button', { name: /^To check / })
      .click();

    const pagesShown: number[] = [];
    const memory = { heap: [await heapOf(session)], renderer: [await rendererOf(browser)] };
    const pages = Math.min(PAGES, Math.floor((files.length * FACES_EACH - VERDICTS) / 100) - 1);
    for (let turn = 1; turn <= pages; turn++) {
      await page.keyboard.press('End');
      await page.waitForTimeout(400);
      pagesShown.push(await onScreenAfter(page, 'a', 'next-page'));
      if (turn % Math.ceil(pages / 3) !== 0 && turn !== pages) continue;
      memory.heap.push(await heapOf(session));
      memory.renderer.push(await rendererOf(browser));
    }
    await page.keyboard.press('c');
    await page.getByRole('group', { name: /^Verdict on face/ }).waitFor();
    await page.waitForTimeout(1000);
    const pictureVerdicts: number[] = [];
    for (let verdict = 0; verdict < VERDICTS; verdict++) {
      pictureVerdicts.push(await onScreenAfter(page, 'r', 'next-face'));
      await page.waitForTimeout(APART_MS);
    }
    await watchProgress(page);
    const report = await timeReport(page);
    const reportSteps = await watchProgress(page);
    // The plain export is not what is measured here.
    const longestBlock = await longestBlockSince(page, begun);
    const plainExport = await timeExport(page);
    return {
      opened,
      sheetVerdicts,
      pictureVerdicts,
      pagesShown,
      longestBlock,
      report,
      plainExport,
      reportSteps,
      mounted: Math.max(mountedOfPage, mountedOfAll),
      screen,
      elementsEach,
      memory,
    };
  } finally {
    await server.stop();
  }
}

/** Makes the report of all pictures; how long it took, in milliseconds. */
async function timeReport(page: Page): Promise<number> {
  await page.getByRole('region', { name: 'Check', exact: true }).getByRole('button', { name: 'Report' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report' });
  await dialog.getByRole('radio', { name: 'As they are' }).check();
  await dialog.getByRole('radio', { name: /^All / }).check();
  return savedAfter(page, /^Report saved/, () => dialog.getByRole('button', { name: 'Save report' }).click());
}

/** Exports all pictures as they are exported without a check; how long it took, in milliseconds. */
async function timeExport(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitemradio', { name: /^All / }).click();
  // A question where to save nobody would answer.
  await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
  return savedAfter(page, /^Saved .+\.zip$/, () => page.getByRole('menuitem', { name: /^Annotated PNG full/ }).click());
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}

/** Resident memory of the largest process that shows a page, in bytes. */
async function rendererOf(browser: OpenBrowser['browser']): Promise<number> {
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  return Math.max(...(await residentBytesOf(renderers)));
}
