/**
 * Thirty pictures with a truth beside them, checked to the end: by keys, by thumb, and by names alone. What people count
 * is what the truth counts.
 */
import type { Browser, Locator, Page, TestInfo } from '@playwright/test';
import { checking, restOf } from '../fixtures/checking.ts';
import { cocoOf } from '../fixtures/coco.ts';
import { exportedAs, type SavedFile, savedBy, withoutSavePicker } from '../fixtures/exports.ts';
import { Facebound, type HandedFile } from '../fixtures/facebound-page.ts';
import { Keyboard } from '../fixtures/keyboard.ts';
import { watchPage } from '../fixtures/page-watch.ts';
import { type DrawnFile, drawnJpeg } from '../fixtures/pictures.ts';
import { readReport } from '../fixtures/read-report.ts';
import { expect, test } from '../fixtures/test.ts';
import { tellFacesByWidth } from '../fixtures/told-faces.ts';
import { Fingers } from '../fixtures/touch.ts';

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A picture of the album, and what its answer gets wrong. */
type Shot = {
  readonly file: DrawnFile;
  /** The answer; undefined where the engine itself looks. */
  readonly answer: readonly Box[] | undefined;
  /** Numbers of boxes where nobody is, and of boxes beside their face. */
  readonly invented: readonly number[];
  readonly shifted: readonly number[];
  /** Faces without a box. */
  readonly withheld: number;
};

const PICTURES = 30;
/** Places in the album, from 0. */
const WITHHELD = [3, 8, 16, 22];
const INVENTED = [5, 8, 19];
const SHIFTED = [13];
const WITHOUT_PEOPLE = [10];
const LOOKED_AT = [28, 29];

/** Above everybody's head. */
const NOBODY: Box = { x: 12, y: 10, width: 60, height: 76 };

const truthOf = ({ file: { faces } }: Shot): readonly Box[] => faces.map(({ bound }) => bound);

async function draw(index: number): Promise<Shot> {
  const isLookedAt = LOOKED_AT.includes(index);
  const file = await drawnJpeg(`picture-${String(index + 1).padStart(2, '0')}.jpg`, {
    seed: `journey ${index}`,
    count: WITHOUT_PEOPLE.includes(index) ? 0 : 2 + (index % 2),
    layout: 'group',
    // Each has a width of its own, by which it is told apart.
    width: (isLookedAt ? 1200 : 700) + 2 * index,
    height: isLookedAt ? 800 : 460,
  });
  const faces = file.faces.map(({ bound }) => bound);
  const kept = WITHHELD.includes(index) ? faces.slice(1) : faces;
  const moved = kept.map((box, place) =>
    SHIFTED.includes(index) && place === 0 ? { ...box, x: Math.round(box.x + 0.6 * box.width) } : box,
  );
  const answer = INVENTED.includes(index) ? [...moved, NOBODY] : moved;
  return {
    file,
    answer: isLookedAt ? undefined : answer,
    invented: INVENTED.includes(index) ? [answer.length] : [],
    shifted: SHIFTED.includes(index) ? [1] : [],
    withheld: WITHHELD.includes(index) ? 1 : 0,
  };
}

let drawn: Promise<readonly Shot[]> | undefined;
const album = (): Promise<readonly Shot[]> => {
  drawn ??= Promise.all(Array.from({ length: PICTURES }, (_, index) => draw(index)));
  return drawn;
};

/** What is to be counted, by the truth alone. */
function countsOf(shots: readonly Shot[]) {
  const sum = (count: (shot: Shot) => number) => shots.reduce((total, shot) => total + count(shot), 0);
  const found = sum(({ answer, file }) => (answer ?? file.faces).length);
  const wrong = sum(({ invented, shifted }) => invented.length + shifted.length);
  const missed = sum(({ withheld, shifted }) => withheld + shifted.length);
  const right = found - wrong;
  const truth = sum((shot) => truthOf(shot).length);
  // The plan itself: whoever is true was found or missed.
  expect(right + missed).toBe(truth);
  return { found, wrong, missed, right, truth };
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

/** The figures of a report of the whole album. */
function figuresOf(shots: readonly Shot[]): readonly string[] {
  const { found, wrong, missed, right, truth } = countsOf(shots);
  return [
    `${found} faces found`,
    `${right} right`,
    `${wrong} wrong`,
    `${missed} missed`,
    `${percent(right, found)} precision, ${right} of ${found}`,
    `${percent(right, truth)} recall, ${right} of ${truth}`,
    `${percent(2 * right, found + truth)} F1`,
  ];
}

/** Everything of the album and its truth, as files. */
const filesOf = (shots: readonly Shot[]): readonly HandedFile[] => [
  ...shots.map(({ file }) => file),
  cocoOf(shots.map((shot) => ({ ...shot.file, boxes: truthOf(shot) }))),
];

const tellAlbum = (page: Page, shots: readonly Shot[]): Promise<void> =>
  tellFacesByWidth(
    page,
    new Map(
      shots.flatMap(({ file, answer }) =>
        answer === undefined ? [] : [[file.width, { boxes: answer, size: { width: file.width, height: file.height } }]],
      ),
    ),
  );

/** How somebody checks picture by picture, with whatever they have. */
type Hand = {
  /** The picture that is open, by its file's name. */
  readonly openName: () => Promise<string>;
  readonly judgeWrong: (faceNo: number, reason: 'Not a face' | 'Shifted') => Promise<void>;
  /** Draws a missed face and keeps it. */
  readonly drawMissed: () => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
  /** Says that all the others are right, and goes on. */
  readonly sayRest: (button: Locator) => Promise<void>;
};

/** The picture that is open, where the strip has names. */
const openInStrip = async (page: Page): Promise<string> => {
  const open = page.getByRole('navigation', { name: 'Pictures' }).locator('[aria-current="true"]');
  return (await open.getAttribute('aria-label'))?.split(',')[0] ?? '';
};

/** Checks so many pictures, whichever comes next. */
async function checkNext(page: Page, shots: readonly Shot[], hand: Hand, count: number): Promise<void> {
  const { bar } = checking(page);
  const missedNow = async () => Number(/(\d+) missed/.exec(await bar.innerText())?.[1]);
  for (let done = 1; done <= count; done += 1) {
    const name = await hand.openName();
    const shot = shots.find(({ file }) => file.name === name);
    if (shot === undefined) throw new Error(`"${name}" is not of the album`);
    await test.step(name, async () => {
      for (const faceNo of shot.invented) await hand.judgeWrong(faceNo, 'Not a face');
      for (const faceNo of shot.shifted) await hand.judgeWrong(faceNo, 'Shifted');
      if (shot.withheld > 0) {
        const before = await missedNow();
        await hand.drawMissed();
        await expect.poll(missedNow).toBe(before + 1);
        await hand.undo();
        await expect.poll(missedNow).toBe(before);
        await hand.redo();
        await expect.poll(missedNow).toBe(before + 1);
      }
      await hand.sayRest(restOf(page));
      if (done < count) await expect.poll(hand.openName).not.toBe(name);
    });
  }
}

/** Saves a report as a page, opens it elsewhere, and finds the truth's own counts in it. */
async function expectTrueReport(browser: Browser, saved: SavedFile, shots: readonly Shot[], info: TestInfo) {
  const report = await readReport(browser, saved, (name) => info.outputPath(name));
  const { right, found, wrong, missed } = countsOf(shots);
  expect(report.heading).toBe(`${right} of ${found} faces are right`);
  expect(report.figures).toEqual(figuresOf(shots));
  expect(report.isShown).toBe(true);
  expect(report.alts.filter((alt) => alt.startsWith('Wrong: '))).toHaveLength(wrong);
  expect(report.alts.filter((alt) => alt.startsWith('Missed: '))).toHaveLength(missed);
  return report;
}

/** The whole album is counted as compared with its truth. */
async function expectTrueFigures(page: Page, shots: readonly Shot[]): Promise<void> {
  const { right, missed, wrong, found, truth } = countsOf(shots);
  const figure = (row: string) =>
    page.getByRole('complementary', { name: 'Figures' }).getByRole('row', { name: new RegExp(`^${row} `) });
  await expect(figure('Matched')).toContainText(new RegExp(`${right}$`));
  await expect(figure('Missed')).toContainText(new RegExp(`${missed}$`));
  await expect(figure('False')).toContainText(new RegExp(`${wrong}$`));
  await expect(figure('Precision')).toContainText(percent(right, found));
  await expect(figure('Recall')).toContainText(percent(right, truth));
}

const QUESTION = 'Show it as an answer, or compare with it?';
const HALF = PICTURES / 2;

test('thirty pictures are checked by keyboard alone', async ({ facebound, page, browser }, info) => {
  test.slow();
  const shots = await album();
  const { found, wrong, missed, truth } = countsOf(shots);
  const check = checking(page);
  const keys = new Keyboard(page);
  const hand: Hand = {
    openName: () => openInStrip(page),
    judgeWrong: async (faceNo, reason) => {
      await keys.press(String(faceNo));
      await expect(check.group(faceNo)).toBeVisible();
      await keys.press('w', reason === 'Shifted' ? '2' : '1');
      if (reason !== 'Shifted') return;
      await expect(page.getByRole('button', { name: /^Where the face is, / })).toBeFocused();
      await keys.press('ArrowLeft', 'ArrowLeft', 'Enter');
    },
    drawMissed: async () => {
      await keys.press('m');
      await expect(check.newMissed).toBeFocused();
      await keys.press('ArrowLeft', 'Shift+ArrowDown', 'Enter');
    },
    undo: () => keys.press('Control+z'),
    redo: () => keys.press('Control+Shift+Z'),
    sayRest: async (button) => {
      await expect(button).toBeEnabled();
      await keys.press('a');
    },
  };
  await tellAlbum(page, shots);
  await facebound.open();

  await test.step('pictures and truth come by the Browse button, and are compared', async () => {
    const chooser = page.waitForEvent('filechooser');
    await keys.tabTo(page.getByRole('button', { name: 'Browse', exact: true }));
    await keys.press('Enter');
    await (await chooser).setFiles(
      filesOf(shots).map(({ name, type, bytes }) => ({ name, mimeType: type, buffer: Buffer.from(bytes) })),
    );
    const question = page.getByRole('alertdialog', { name: QUESTION });
    await expect(question).toContainText(`truth.coco.json: ${truth} boxes in ${PICTURES} pictures`);
    await keys.press('Enter');
    await expectTrueFigures(page, shots);
  });

  await test.step('the first half', async () => {
    await keys.press('c');
    await expect(check.way('Picture by picture')).toBeChecked();
    await expect(check.bar).toContainText(`0 of ${PICTURES} pictures`);
    await checkNext(page, shots, hand, HALF);
    await expect(check.bar).toContainText(`${HALF} of ${PICTURES} pictures`);
    await expect(page.getByText('Saved in this browser')).toBeVisible();
  });

  await test.step('a reload loses nothing, and the other half', async () => {
    const before = await check.bar.innerText();
    await keys.press('Escape');
    await expect(check.bar).toBeHidden();
    await facebound.reload();
    await expect(check.button('Check')).toBeEnabled();
    await keys.press('c');
    // How fast one is belongs to a visit.
    await expect.poll(() => check.bar.innerText()).toContain(/^(.*missed)/s.exec(before)?.[1]);
    await checkNext(page, shots, hand, HALF);
    await expect(check.bar).toContainText('done');
    for (const count of [`${found} faces`, `${wrong} wrong`, `${missed} missed`]) {
      await expect(check.bar).toContainText(count);
    }
  });

  await test.step('the report, and the truth’s own counts in it', async () => {
    await keys.tabTo(check.button('Report'), 'Shift+Tab');
    await keys.press('Enter');
    await expect(check.report).toBeVisible();
    await expectTrueReport(browser, await savedBy(page, () => keys.press('Enter')), shots, info);
    await keys.press('v');
    await expectTrueFigures(page, shots);
  });
});

test.describe('in one hand', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('thirty pictures are checked by thumb alone', async ({ facebound, page, browser }, info) => {
    test.slow();
    const shots = await album();
    const { wrong, missed } = countsOf(shots);
    const check = checking(page);
    const fingers = await Fingers.on(page);
    const keep = check.button('Keep');
    const hand: Hand = {
      openName: async () => (await page.getByRole('heading', { level: 1 }).innerText()).split('\n')[0] ?? '',
      judgeWrong: async (faceNo, reason) => {
        await check.face(new RegExp(`^Face ${faceNo}, `)).tap();
        await expect(check.group(faceNo)).toBeVisible();
        await check.button('Wrong').tap();
        await check.button(reason).tap();
        if (reason === 'Shifted') await keep.tap();
      },
      drawMissed: async () => {
        await check.button('Missed a face').tap();
        const stage = await facebound.stage.boundingBox();
        if (stage === null) throw new Error('There is no stage');
        await expect(check.newMissed).toBeVisible();
        const offered = (await check.newMissed.getAttribute('aria-label')) ?? '';
        // Beside what is offered in the middle.
        const from = { x: stage.x + 24, y: stage.y + 60 };
        await fingers.draw(from, { x: from.x + 60, y: from.y + 90 });
        await expect(check.newMissed).not.toHaveAccessibleName(offered);
        await keep.tap();
      },
      undo: () => check.button('Undo').tap(),
      redo: async () => {
        await check.button('More').tap();
        await check.button('Redo').tap();
        await check.button('More').tap();
      },
      sayRest: (button) => button.tap(),
    };
    const enter = async () => {
      await page.getByRole('button', { name: /^Theme/ }).tap();
      await page.getByRole('menuitem', { name: 'Check' }).tap();
      await expect(check.bar).toBeVisible();
    };
    await tellAlbum(page, shots);
    await facebound.open();
    await facebound.drop(...shots.map(({ file }) => file));
    await expect(page.getByRole('button', { name: /^picture-30\.jpg, \d faces$/ })).toBeAttached();

    await test.step('the first half', async () => {
      await enter();
      await checkNext(page, shots, hand, HALF);
    });

    await test.step('a reload loses nothing, and the other half', async () => {
      await expect.poll(hand.openName).toBe(shots[HALF]?.file.name);
      const before = await check.bar.innerText();
      await check.button('Leave').tap();
      await facebound.reload();
      await enter();
      await expect.poll(() => check.bar.innerText()).toContain(/^(.*missed)/s.exec(before)?.[1]);
      await checkNext(page, shots, hand, HALF);
      for (const count of ['done', `${wrong} wrong`, `${missed} missed`]) await expect(check.bar).toContainText(count);
    });

    await test.step('the report, and the truth’s own counts in it', async () => {
      await check.button('More').tap();
      await check.button('Report').tap();
      const save = check.report.getByRole('button', { name: 'Save report' });
      await expectTrueReport(browser, await savedBy(page, () => save.tap()), shots, info);
    });
  });
});

test('thirty pictures are checked by names alone, a second person goes on, and what they disagree on shows', async ({
  facebound,
  page,
  browser,
  server,
}, info) => {
  test.slow();
  const shots = await album();
  const { found, wrong, truth } = countsOf(shots);
  const check = checking(page);
  const rest = (of: Page) => of.getByRole('main').getByRole('button', { name: /right$/ });
  const goTo = async (of: Page, name: string) => {
    await checking(of)
      .picture(new RegExp(`^${name}, `))
      .click();
    await expect(checking(of).group(1)).toBeVisible();
  };
  await tellAlbum(page, shots);
  await facebound.open();
  await facebound.drop(...filesOf(shots));

  await test.step('pictures and truth are compared', async () => {
    const question = page.getByRole('alertdialog', { name: QUESTION });
    await expect(question).toContainText(`${truth} boxes in ${PICTURES} pictures`);
    await question.getByRole('button', { name: 'Compare' }).click();
    await expectTrueFigures(page, shots);
  });

  await test.step('Anna marks the wrong ones on the contact sheet; what she has seen of the rest is right', async () => {
    await check.way('Picture by picture').click();
    await page.getByRole('textbox', { name: 'Checked by' }).fill('Anna');
    await page.keyboard.press('Enter');
    await check.way('Contact sheet').click();
    await expect(page.getByRole('button', { name: `To check ${found}` })).toBeVisible();
    for (const { file, invented, shifted } of shots) {
      for (const faceNo of [...invented, ...shifted]) {
        const crop = (said: string) => check.face(new RegExp(`^Face ${faceNo}, ${said}, ${file.name}`));
        await crop('open').click();
        await expect(crop('wrong, no reason yet')).toBeVisible();
        await page.getByRole('listbox', { name: 'Faces' }).press('Space');
        const preview = page.getByRole('region', { name: `Preview of face ${faceNo} of ${file.name}` });
        const reason = shifted.includes(faceNo) ? 'Shifted' : 'Not a face';
        await preview.getByRole('button', { name: reason }).click();
        await expect(crop(`wrong, ${reason.toLowerCase()}`)).toBeVisible();
        await page.keyboard.press('Escape');
        await expect(preview).toBeHidden();
      }
    }
    await expect(check.bar).toContainText(`${wrong} wrong`);
    await expect(rest(page)).toHaveText(/^The \d+ seen are right/);
    await rest(page).click();
    await check.button('Undo').first().click();
    await expect(page.getByRole('button', { name: `To check ${found - wrong}` })).toBeVisible();
    await check.button('Redo').click();
    await expect(page.getByRole('button', { name: `To check ${found - wrong}` })).toBeHidden();
  });

  const ben = await test.step('Ben opens the saved file', async () => {
    await withoutSavePicker(page);
    await check.button('Export').click();
    await page.getByRole('menuitemradio', { name: `All ${PICTURES} pictures` }).click();
    const saved = await exportedAs(page, /^Responses and pictures in one file/);
    const context = await browser.newContext({ baseURL: server.origin, viewport: page.viewportSize() });
    const other = new Facebound(await context.newPage());
    const watch = await watchPage(other.page, server.origin);
    await other.open();
    await other.drop({ name: saved.name, type: 'application/zip', bytes: saved.bytes });
    await expect(other.page.getByRole('button', { name: /^picture-30\.jpg, \d faces$/ })).toBeVisible();
    return { page: other.page, facebound: other, check: checking(other.page), watch };
  });

  await test.step('he goes on with what she left', async () => {
    await ben.check.button('Check').click();
    await expect(ben.check.bar).toContainText(`${wrong} wrong`);
    await ben.page.getByRole('textbox', { name: 'Checked by' }).fill('Ben');
    await ben.page.keyboard.press('Enter');
    await ben.check.way('Contact sheet').click();
    await rest(ben.page).click();
    await expect(ben.page.getByText('Nothing left to check.')).toBeVisible();
    await ben.check.way('Picture by picture').click();
    for (const { file, withheld } of shots) {
      if (withheld === 0) continue;
      await goTo(ben.page, file.name);
      await ben.check.button('Missed a face').click();
      await ben.check.button('Keep').click();
      await expect(ben.check.picture(new RegExp(`^${file.name}, .* 1 missed$`))).toBeVisible();
    }
    for (const index of WITHOUT_PEOPLE) {
      await ben.check.picture(new RegExp(`^${shots[index]?.file.name}, `)).click();
      await restOf(ben.page).click();
    }
    await expect(ben.check.bar).toContainText('done');
    const saveReport = ben.check.report.getByRole('button', { name: 'Save report' });
    await ben.check.button('Report').click();
    await expectTrueReport(browser, await savedBy(ben.page, () => saveReport.click()), shots, info);
  });

  await test.step('he calls wrong what she calls right: card, filter and report say who says what', async () => {
    const disputed = 'picture-01.jpg';
    await goTo(ben.page, disputed);
    await ben.check.button('Wrong').click();
    await ben.check.button('Double').click();
    await ben.check.face('Face 1, wrong, double, reviewers disagree').click();
    await expect(ben.page.getByText('Anna: right · you: wrong, double')).toBeVisible();
    await ben.page.getByRole('combobox', { name: 'Which pictures' }).selectOption('Disagree');
    await expect(ben.check.picture(/./)).toHaveCount(1);
    await expect(ben.check.picture(new RegExp(`^${disputed}, .* reviewers disagree on 1 face$`))).toBeVisible();
  });

  await test.step('and she sees it as well, once she has his check', async () => {
    const saved = await savedBy(ben.page, () => ben.check.button('Save the check as a file').click());
    expect(ben.watch.undeclared()).toEqual([]);
    await ben.page.context().close();
    await facebound.drop({ name: saved.name, type: 'application/json', bytes: saved.bytes });
    await page.getByRole('button', { name: 'Show as an answer' }).click();
    await check.way('Picture by picture').click();
    await page.getByRole('combobox', { name: 'Which pictures' }).selectOption('Disagree');
    await expect(check.picture(/./)).toHaveCount(1);
    await goTo(page, 'picture-01.jpg');
    await check.face('Face 1, right, reviewers disagree').click();
    await expect(page.getByText('Ben: wrong, double · you: right')).toBeVisible();
    await expect(check.bar).toContainText('done');
    await check.button('Report').click();
    const saveReport = check.report.getByRole('button', { name: 'Save report' });
    const report = await expectTrueReport(browser, await savedBy(page, () => saveReport.click()), shots, info);
    expect(report.text).toMatch(/picture-01 · 1: Ben: wrong, double · Anna: right/);
    expect(report.text).toContain('Ben and Anna');
  });
});
