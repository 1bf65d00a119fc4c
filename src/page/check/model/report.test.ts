import { describe, expect, it } from 'vitest';
import { formatShare } from '#page/annotations/index.ts';
import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';
import { faceAt } from '#testing/face-at.ts';
import { opinionsOn } from './opinions.ts';
import {
  type AboutPicture,
  coveredBounds,
  hasDifference,
  missedOf,
  type ReportedFace,
  type ReportedPicture,
  reportedPicture,
  reportFigures,
  wrongOf,
} from './report.ts';
import {
  disputesPart,
  missedFigure,
  missedStart,
  pictureFigure,
  picturesStart,
  reportEnd,
  reportStart,
  wrongFigure,
} from './report-html.ts';
import { copyLook, cropLook } from './report-looks.ts';
import { type ReportFacts, reportSentence, reportSummary, reviewersMessage } from './report-words.ts';
import type { CheckRecord, CheckSet, REASONS, Verdict } from './verdict.ts';

const RIGHT: Verdict = { kind: 'right' };
const wrong = (reason: (typeof REASONS)[number], place?: ImageRect): Verdict =>
  place === undefined ? { kind: 'wrong', reason } : { kind: 'wrong', reason, place };

const SIZE = { width: 1840, height: 1380 };
const square = (side: number, x = 100, y = 100): ImageRect => imageRect(x, y, side, side);
const times = <T>(count: number, what: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => what(index));

const face = (faceNo: number, bound: ImageRect, verdict?: Verdict): ReportedFace => ({
  faceNo,
  name: `face_${faceNo - 1}`,
  bound,
  verdict,
});

const pictureOf = (title: string, more: Partial<ReportedPicture> = {}): ReportedPicture => ({
  title,
  engine: 'embedded',
  from: undefined,
  size: SIZE,
  faces: [],
  missed: [],
  notes: [],
  isDone: true,
  disputes: [],
  unplaced: 0,
  ...more,
});

/** Faces that are right, by the classes of the story: 5, 77, 87 and 20. */
const RIGHT_SIDES = [...times(5, () => 30), ...times(77, () => 60), ...times(87, () => 120), ...times(20, () => 200)];

/** 29 pictures, 194 found, 195 true: five wrong, six missed, two of them under a wrong box. */
function story(): readonly ReportedPicture[] {
  const sides = [...RIGHT_SIDES];
  const rightFaces = (count: number) =>
    sides.splice(0, count).map((side, index) => face(index + 1, square(side), RIGHT));
  const differences: readonly [string, readonly Verdict[], readonly number[], readonly ImageRect[]][] = [
    ['aula-5', [wrong('not-a-face')], [120], []],
    ['courtyard-3', [wrong('not-a-face'), wrong('shifted', square(120))], [120, 120], [square(120)]],
    ['foyer-3', [wrong('wrong-size', square(200)), wrong('double')], [200, 200], [square(100)]],
    ['choir-2', [], [], [square(60)]],
    ['garden-4', [], [], [square(30)]],
  ];
  const different = differences.map(([title, verdicts, wrongSides, missed]) => {
    const right = rightFaces(6);
    const found = verdicts.map((verdict, index) =>
      face(right.length + index + 1, square(wrongSides[index] ?? 100, 900, 700), verdict),
    );
    return pictureOf(title, { faces: [...right, ...found], missed });
  });
  const clean = times(24, (index) => pictureOf(`clean-${index}`, { faces: rightFaces(index < 23 ? 6 : 21) }));
  return [...different, ...clean];
}

const factsOf = (pictures: readonly ReportedPicture[], more: Partial<ReportFacts> = {}): ReportFacts => ({
  title: 'Open day',
  figures: reportFigures(pictures, 0, undefined),
  truth: undefined,
  reviewers: [''],
  version: '0.1.0',
  madeAt: Date.UTC(2026, 10, 26, 17, 40),
  checkedAt: undefined,
  ...more,
});

describe('the figures of a report', () => {
  const pictures = story();
  const figures = reportFigures(pictures, 0, undefined);

  it('are those of the story: 5 wrong, 6 missed, two of them under a wrong box', () => {
    expect(figures).toMatchObject({
      pictures: 29,
      picturesDone: 29,
      found: 194,
      checked: 194,
      missedUnder: 2,
      isComplete: true,
      tally: { right: 189, wrong: 5, missed: 6 },
    });
    expect(pictures.filter(hasDifference)).toHaveLength(5);
    expect(pictures.flatMap(wrongOf)).toHaveLength(5);
    expect(pictures.flatMap(missedOf)).toHaveLength(6);
  });

  it('take a complete check for a truth', () => {
    expect(formatShare(figures.shares?.figures.precision)).toBe('97.4 %');
    expect(formatShare(figures.shares?.figures.recall)).toBe('96.9 %');
    expect(formatShare(figures.shares?.figures.f1)).toBe('97.2 %');
  });

  it('count by the size of the true face, wrong ones by their own', () => {
    expect(
      figures.bySize.map(({ name, tally: { right, wrong: no, missed }, figures: { precision, recall } }) => [
        name,
        right + missed,
        right,
        missed,
        no,
        formatShare(precision),
        formatShare(recall),
      ]),
    ).toEqual([
      ['20 to 39 px', 6, 5, 1, 0, '100.0 %', '83.3 %'],
      ['40 to 79 px', 78, 77, 1, 0, '100.0 %', '98.7 %'],
      ['80 to 159 px', 90, 87, 3, 3, '96.7 %', '96.7 %'],
      ['160 px and more', 21, 20, 1, 2, '90.9 %', '95.2 %'],
    ]);
  });

  it('tell no share while faces are open, and say how far the check is', () => {
    const [first, second] = pictures;
    if (first === undefined || second === undefined) throw new Error('no pictures');
    const open = pictureOf('open', { faces: [face(1, square(50))], isDone: false });
    const half = reportFigures([first, second, open], 1, undefined);
    expect(half.shares).toBeUndefined();
    expect(reportSentence(half)).toBe('2 of 4 pictures checked so far: 12 of 15 faces are right');
    expect(reportSummary({ figures: half, truth: undefined, reviewers: ['Anna'] }, [first])).toBe(
      '15 of 16 faces checked by Anna, 1 open. Found by Embedded.',
    );
  });

  it('take the figures of a truth where there is one', () => {
    const tally = { right: 189, wrong: 5, missed: 6, measured: 189, overlap: 0.89 * 189 };
    const truth = { name: 'truth.coco.json', from: 0.5, tally, bySize: new Map(), picturesWithout: 0 };
    const told = reportFigures(pictures, 0, truth);
    expect(told.shares?.figures.meanIou).toBeCloseTo(0.89);
    expect(reportSummary({ figures: told, truth, reviewers: [''] }, pictures)).toBe(
      '29 of 29 pictures checked by one reviewer. Found by Embedded, compared with truth.coco.json (195 faces).',
    );
  });
});

describe('what is said of a picture', () => {
  const OWN: CheckSet = { id: 'a'.repeat(32), reviewer: '', isOwn: true };
  const ANNA: CheckSet = { id: 'b'.repeat(32), reviewer: 'Anna', isOwn: false };
  const bounds = [square(100, 0, 0), square(100, 300, 0)];
  const record = (set: CheckSet, verdicts: readonly Verdict[], more: Partial<CheckRecord> = {}): CheckRecord => ({
    set: set.id,
    file: 'c'.repeat(64),
    sent: 'c'.repeat(64),
    engine: 'embedded',
    version: '0.1.0',
    name: 'team.jpg',
    size: SIZE,
    faces: verdicts.map((verdict, index) => ({ faceNo: index + 1, bound: bounds[index] ?? square(1), verdict })),
    missed: [],
    note: '',
    done: false,
    changedAt: 1,
    ...more,
  });
  const about: AboutPicture = { title: 'team', engine: 'embedded', from: undefined, isDone: true };
  const detection = {
    size: SIZE,
    faces: bounds.map((bound, index) => faceAt(index + 1, bound)),
  };

  it('tells where two people disagree, and who says what', () => {
    const records = [record(OWN, [RIGHT, RIGHT]), record(ANNA, [RIGHT, wrong('double')], { note: 'See face 2' })];
    const reported = reportedPicture(about, detection, opinionsOn(records, OWN.id, detection), records, [OWN, ANNA]);
    expect(reported.disputes).toEqual([{ faceNo: 2, said: ['Anna: wrong, double', 'this reviewer: right'] }]);
    expect(reported.notes).toEqual([{ by: 'Anna', text: 'See face 2' }]);
    const alone = reportedPicture(about, detection, opinionsOn(records.slice(1), OWN.id, detection), records.slice(1), [
      OWN,
      ANNA,
    ]);
    expect(alone.notes).toEqual([{ by: undefined, text: 'See face 2' }]);
    expect(disputesPart([reported])).toContain(
      '<bdi>team</bdi> · 2: <bdi>Anna: wrong, double</bdi> · <bdi>this reviewer: right</bdi>',
    );
  });

  it('covers drawn faces and the true place of wrong boxes, and leaves what is no face', () => {
    const reported = pictureOf('x', {
      faces: [
        face(1, square(10), RIGHT),
        face(2, square(20), wrong('not-a-face')),
        face(3, square(30), wrong('shifted', square(31))),
        face(4, square(40)),
      ],
      missed: [square(50)],
    });
    expect(coveredBounds(reported).map(({ width }) => width)).toEqual([10, 30, 31, 40, 50]);
  });

  it('names the reviewers as far as they said who they are', () => {
    expect(reviewersMessage([''])).toBe('one reviewer');
    expect(reviewersMessage(['', ''])).toBe('two reviewers');
    expect(reviewersMessage(['Anna'])).toBe('Anna');
    expect(reviewersMessage(['Anna', 'Ben'])).toBe('Anna and Ben');
    expect(reviewersMessage(['Anna', ''])).toBe('two reviewers, among them Anna');
  });
});

describe('looks', () => {
  it('show a box at three fifths of the height, inside the picture', () => {
    const { source, output } = cropLook(imageRect(500, 400, 100, 120), SIZE);
    expect(source).toEqual(imageRect(441, 360, 219, 200));
    expect(output).toEqual({ width: 315, height: 288 });
    expect(cropLook(imageRect(0, 0, 100, 120), SIZE).source).toMatchObject({ x: 0, y: 0 });
    expect(cropLook(imageRect(-5, 0, 3000, 4000), SIZE).source).toEqual(imageRect(0, 0, 1840, 1380));
    expect(cropLook(imageRect(40, 40, 0.1, 0.1), SIZE).source).toMatchObject({ width: 1, height: 1 });
  });

  it('are small copies, never larger than the picture', () => {
    expect(copyLook(SIZE).output).toEqual({ width: 440, height: 330 });
    expect(copyLook({ width: 60, height: 40 }).output).toEqual({ width: 60, height: 40 });
  });
});

describe('the page of a report', () => {
  const HOSTILE = `<script>alert(1)</script>"'&\u202Egpj.exe\r\n<img src=x onerror=alert(2)>`;
  const hostile = pictureOf(HOSTILE, {
    from: HOSTILE,
    faces: [face(1, square(50), wrong('double')), face(2, square(60), RIGHT)],
    missed: [square(80)],
    notes: [{ by: HOSTILE, text: HOSTILE }],
    disputes: [{ faceNo: 1, said: [HOSTILE] }],
  });
  const look = cropLook(square(50), SIZE);
  const shown = { url: 'data:image/jpeg;base64,AAAA' };
  const page = (facts: ReportFacts, pictures: readonly ReportedPicture[]) =>
    [
      reportStart(facts, pictures, true),
      ...pictures.flatMap(wrongOf).map((each) => wrongFigure(each, look, shown)),
      ...pictures.flatMap(missedOf).map((each) => missedFigure(each, look, undefined)),
      disputesPart(pictures),
      picturesStart(pictures.length, pictures.length, true, true),
      ...pictures.map((each) => pictureFigure(each, shown)),
      reportEnd(facts, pictures, pictures.length),
    ].join('');

  it('lets nothing of a stranger’s text through but its letters', () => {
    const facts = factsOf([hostile], {
      title: HOSTILE,
      reviewers: [HOSTILE],
      truth: {
        name: HOSTILE,
        from: 0.5,
        tally: reportFigures([hostile], 0, undefined).tally,
        bySize: new Map(),
        picturesWithout: 1,
      },
    });
    const html = page(facts, [hostile]);
    expect(html).not.toMatch(/<script|<img src=x|\u202E|"'&g/u);
    // Every tag is one of ours.
    const tags = new Set([...html.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name));
    expect(
      [...tags].filter((name) => ['script', 'a', 'link', 'iframe', 'object', 'form', 'base'].includes(name ?? '')),
    ).toEqual([]);
    // Every address is data.
    expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].every(([, url]) => url?.startsWith('data:'))).toBe(true);
  });

  it('forbids everything but its own pictures and style, and says what the faces are', () => {
    const html = page(factsOf(story()), story());
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    );
    expect(html).toContain('<h1><bdi>Open day</bdi>: 189 of 194 faces are right</h1>');
    expect(html).toContain('<dt>precision, 189 of 194</dt><dd>97.4 %</dd>');
    expect(html).toContain('<dt>recall, 189 of 195</dt><dd>96.9 %</dd>');
    expect(html).toContain('alt="Wrong: face 7 of courtyard-3, not a face"');
    expect(html).toContain('aria-label="Missed: a face without a box of choir-2"');
    expect(html).toContain('Faces were obscured; faces that were not found stay visible');
  });

  it('has its figures in rows of four, and says where the last is not full', () => {
    for (const pictures of [story(), [pictureOf('open', { faces: [face(1, square(50))], isDone: false })]]) {
      const list = /<dl class="(fig[^"]*)">(.*?)<\/dl>/s.exec(page(factsOf(pictures), pictures));
      const count = list?.[2]?.split('<dt>').length ?? 0;
      expect(list?.[1]).toBe((count - 1) % 4 === 0 ? 'fig' : 'fig part');
    }
  });

  it('shows a picture as wide as it is, a panorama and a column no further than five to one', () => {
    const widthOf = (width: number, height: number) =>
      Number(/width:(\d+)px/.exec(pictureFigure(pictureOf('x', { size: { width, height } }), shown))?.[1]);
    const upright = widthOf(1000, 1000);
    expect(widthOf(2000, 1000)).toBe(2 * upright);
    expect(widthOf(90_000, 1000)).toBe(widthOf(45_000, 1000));
    expect(widthOf(1000, 90_000)).toBe(96);
  });

  it('says how many missed faces are under a box, all of them where all are', () => {
    expect(missedStart(0, 0)).toBe('');
    expect(missedStart(6, 0)).toContain('<span>6</span>');
    expect(missedStart(6, 2)).toContain('6, 2 of them under a box');
    expect(missedStart(2, 2)).toContain('2, all of them under a box');
  });

  it('has a table by size where faces were checked, and none where there are none', () => {
    expect(page(factsOf(story()), story())).toContain('<th scope="row">80 to 159 px</th>');
    const nobody = pictureOf('nobody');
    expect(page(factsOf([nobody]), [nobody])).not.toContain('<table');
  });

  it('has no second row and no shares by size while there is no truth', () => {
    const open = pictureOf('open', { faces: [face(1, square(50), RIGHT), face(2, square(50))], isDone: false });
    const html = page(factsOf([open]), [open]);
    expect(html).toContain('<h1>0 of 1 picture checked so far: 1 of 1 face is right</h1>');
    expect(html).toContain('1 of 2 checked');
    expect(html).not.toContain('–');
    expect(html).not.toContain('>Precision<');
  });
});
