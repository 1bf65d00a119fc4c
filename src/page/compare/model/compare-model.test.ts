import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBoxes, figuresOf, formatIou, formatShare, type TruthBox, tallyOf } from '#page/annotations/index.ts';
import { tallyOfVerdicts, type Verdict } from '#page/check/model/index.ts';
import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';
import { asVerdicts } from './as-verdicts.ts';
import {
  type Counted,
  countedOf,
  differencesMessage,
  iouMessage,
  rowsBySize,
  totalOf,
  withoutTruthMessage,
  worstFirst,
} from './compared.ts';
import { differenceSentence, differencesOf } from './differences.ts';
import { chosenSides, type Side } from './sides.ts';
import { boxesIn } from './truth.ts';
import { kindsToCompare, readBoxes, sourceMessage } from './truth-file.ts';
import { truthFromVerdicts } from './verdicts-as-truth.ts';

const face = (index: number, side = 100): ImageRect => imageRect(300 * index, 0, side, side);

/** The box beside a face whose IoU with it is this. */
const overlapping = (bound: ImageRect, iou: number): ImageRect =>
  imageRect(bound.x + (bound.width * (1 - iou)) / (1 + iou), bound.y, bound.width, bound.height);

const counted = (found: readonly ImageRect[], truth: readonly TruthBox[], from = 0.5): Counted =>
  countedOf({ found, truth }, compareBoxes(found, truth, from));

const asTruth = (bounds: readonly ImageRect[]): readonly TruthBox[] => bounds.map((bound) => ({ bound }));

/**
 * The story of 29 pictures: 194 found, 195 true, 189 matched of which two overlap by less than 0.8. Five are wrong (two
 * no faces, one shifted, one of the wrong size, one double) and six missed (four without any box).
 */
function story(from: number): readonly Counted[] {
  const sizes = Array.from({ length: 28 }, (_, picture) => (picture < 27 ? 7 : 6));
  return [...sizes, 0].map((count, picture) => {
    const truth = Array.from({ length: count }, (_, index) => face(index));
    const found = truth.map((bound, index) => overlapping(bound, index === 0 && picture < 2 ? 0.65 : 0.8925));
    if (picture === 3) found.splice(6, 1);
    if (picture === 4) found.splice(5, 2);
    if (picture === 5) found.splice(5, 1);
    if (picture === 6) found[3] = overlapping(face(3), 0.3);
    if (picture === 7) found[3] = imageRect(face(3).x - 50, -50, 200, 200);
    if (picture === 8) found.push(imageRect(face(2).x, 0, 65, 65));
    if (picture === 9) found.push(imageRect(0, 900, 80, 80), imageRect(300, 900, 80, 80));
    return counted(found, asTruth(truth), from);
  });
}

describe('29 pictures', () => {
  it('have the figures of their story', () => {
    const total = totalOf(story(0.5));
    expect(total).toMatchObject({ right: 189, wrong: 5, missed: 6 });
    const { precision, recall, f1, meanIou } = figuresOf(total);
    expect([precision, recall, f1].map(formatShare)).toEqual(['97.4 %', '96.9 %', '97.2 %']);
    expect(formatIou(meanIou)).toBe('0.89');
  });

  it('from an IoU of 0.80 are two faces fewer', () => {
    expect(iouMessage(0.8, totalOf(story(0.8)))).toBe('IoU 0.80: 187 matched, 8 missed, 7 false');
  });

  it('have the worst first, and those without a difference by name', () => {
    const rows = story(0.5).map((each, index) => ({ name: `p-${index}.jpg`, counted: each }));
    const sorted = rows.toSorted(worstFirst);
    expect(sorted.slice(0, 7).map(({ name, counted: { tally } }) => [name, differencesMessage(tally)])).toEqual([
      ['p-4.jpg', '2 missed'],
      ['p-6.jpg', '1 false · 1 missed'],
      ['p-7.jpg', '1 false · 1 missed'],
      ['p-9.jpg', '2 false'],
      ['p-3.jpg', '1 missed'],
      ['p-5.jpg', '1 missed'],
      ['p-8.jpg', '1 false'],
    ]);
    expect(sorted.slice(7).map(({ name }) => name)).toEqual(
      rows.filter(({ counted: { tally } }) => tally.wrong + tally.missed === 0).map(({ name }) => name),
    );
  });

  it('count the same as verdicts, picture by picture', () => {
    for (const { boxes, comparison, tally } of story(0.5)) {
      const { verdicts, missed } = asVerdicts(comparison, boxes.found, boxes.truth);
      expect(tallyOfVerdicts([...verdicts.values()], missed.length)).toMatchObject({
        right: tally.right,
        wrong: tally.wrong,
        missed: tally.missed,
      });
    }
  });

  it('name what is wrong as a person would', () => {
    const wrong = story(0.5).flatMap(({ boxes, comparison }) =>
      [...asVerdicts(comparison, boxes.found, boxes.truth).verdicts.values()].flatMap((verdict) =>
        verdict.kind === 'wrong' ? [verdict.reason] : [],
      ),
    );
    expect(wrong).toEqual(['shifted', 'wrong-size', 'double', 'not-a-face', 'not-a-face']);
  });

  it('compared with themselves are all right', () => {
    const self = story(0.5).map(({ boxes }) => counted(boxes.found, asTruth(boxes.found)));
    expect(figuresOf(totalOf(self))).toEqual({ precision: 1, recall: 1, f1: 1, meanIou: 1 });
    expect(self.flatMap(({ comparison, boxes }) => differencesOf(comparison, boxes.found, boxes.truth))).toEqual([]);
  });
});

describe('a difference', () => {
  const sentences = (found: readonly ImageRect[], truth: readonly ImageRect[]) => {
    const { comparison, boxes } = counted(found, asTruth(truth));
    return differencesOf(comparison, boxes.found, boxes.truth).map((difference) =>
      differenceSentence(difference, (index) => `face ${index + 1}`),
    );
  };

  it('says what lies where', () => {
    expect(sentences([imageRect(0, 0, 200, 200)], [imageRect(50, 50, 100, 100)])).toEqual([
      'Wrong size, IoU 0.25',
      'Under face 1, which is too large',
    ]);
    expect(sentences([imageRect(60, 60, 50, 50)], [imageRect(50, 50, 100, 100)])).toEqual([
      'Wrong size, IoU 0.25',
      'Around face 1, which is too small',
    ]);
    expect(sentences([overlapping(face(0), 0.3)], [face(0)])).toEqual([
      'Shifted, IoU 0.30',
      'Beside face 1, which is shifted',
    ]);
    expect(sentences([face(0), overlapping(face(0), 0.4)], [face(0)])).toEqual(['Double of face 1, IoU 0.40']);
    expect(sentences([face(0)], [face(3)])).toEqual(['No true face here', 'No box near']);
  });

  it('is counted once whatever the boxes are', () => {
    const box = fc.tuple(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
    );
    const boxes = fc.array(
      box.map(([x, y, side]) => imageRect(x, y, side, side)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(boxes, boxes, (found, truth) => {
        const { comparison, tally, boxes: compared } = counted(found, asTruth(truth));
        const differences = differencesOf(comparison, found, compared.truth);
        expect(differences.filter(({ kind }) => kind === 'false')).toHaveLength(tally.wrong);
        expect(differences.filter(({ kind }) => kind === 'missed')).toHaveLength(tally.missed);
        const { verdicts, missed } = asVerdicts(comparison, found, compared.truth);
        const told = tallyOfVerdicts([...verdicts.values()], missed.length);
        expect([told.right, told.wrong, told.missed]).toEqual([tally.right, tally.wrong, tally.missed]);
      }),
    );
  });

  it('is none where the truth says to ignore', () => {
    const truth: readonly TruthBox[] = [{ bound: face(0), ignored: 'one' }, { bound: face(1) }];
    const { comparison, figures } = counted([face(0), face(1)], truth);
    expect(figures).toMatchObject({ precision: 1, recall: 1 });
    expect(asVerdicts(comparison, [face(0), face(1)], truth).verdicts).toEqual(new Map([[1, { kind: 'right' }]]));
  });
});

describe('figures', () => {
  it('are none where there is nothing to divide', () => {
    const { figures, comparison } = counted([], []);
    expect(Object.values(figures).map((figure) => formatShare(figure))).toEqual(['–', '–', '–', '–']);
    expect(tallyOf(comparison)).toMatchObject({ right: 0, wrong: 0, missed: 0 });
  });

  it('by size say how many of the true faces were found, and leave out sizes that the truth has not', () => {
    const all = [
      counted([face(0, 30), face(1, 100)], asTruth([face(0, 30), face(1, 100), face(2, 100)])),
      counted([face(5, 10)], asTruth([face(0, 30)])),
    ];
    expect(rowsBySize(all)).toEqual([
      { name: '20 to 39 px', found: 1, truth: 2 },
      { name: '80 to 159 px', found: 1, truth: 2 },
    ]);
  });

  it('name the pictures that the truth does not', () => {
    expect(withoutTruthMessage([], 29)).toBeUndefined();
    expect(withoutTruthMessage(['a.jpg'], 29)).toBe('1 of 29 pictures is not in this file: a.jpg');
    expect(withoutTruthMessage(['a.jpg', 'b.jpg', 'c.jpg'], 29)).toBe(
      '3 of 29 pictures are not in this file: a.jpg, b.jpg, c.jpg',
    );
    expect(withoutTruthMessage(['a', 'b', 'c', 'd', 'e'], 29)).toBe(
      '5 of 29 pictures are not in this file: a, b, c and 2 more',
    );
  });
});

describe('what is compared', () => {
  const engine = (name: 'embedded' | 'kling'): Side => ({
    kind: 'engine',
    id: `engine:${name}`,
    engine: name,
    label: name,
  });
  const file = (id: string): Side => ({
    kind: 'truth',
    id: `truth:${id}`,
    label: id,
    set: { id, name: id, kind: 'coco', takenAt: 0 },
  });
  const sides = [engine('embedded'), engine('kling'), file('new'), file('old')];
  const labels = (...args: Parameters<typeof chosenSides>) => {
    const { answer, truth } = chosenSides(...args);
    return [answer?.label, truth?.label];
  };

  it('is the answer of the chosen engine against the newest truth, until a person chooses', () => {
    expect(labels(sides, { answer: undefined, truth: undefined }, 'kling')).toEqual(['kling', 'new']);
    expect(labels(sides, { answer: undefined, truth: 'truth:old' }, 'embedded')).toEqual(['embedded', 'old']);
    expect(labels(sides, { answer: 'truth:old', truth: 'engine:embedded' }, 'embedded')).toEqual(['old', 'embedded']);
  });

  it('is another answer where there is no truth, and nothing where there is neither', () => {
    const two = [engine('embedded'), engine('kling')];
    expect(labels(two, { answer: undefined, truth: undefined }, 'kling')).toEqual(['kling', 'embedded']);
    expect(labels([engine('embedded')], { answer: undefined, truth: undefined }, 'embedded')).toEqual([
      'embedded',
      undefined,
    ]);
  });

  it('is never a thing against itself', () => {
    expect(labels(sides, { answer: undefined, truth: 'engine:embedded' }, 'embedded')).toEqual(['kling', 'embedded']);
    expect(labels(sides, { answer: 'truth:new', truth: 'truth:new' }, 'embedded')).toEqual(['new', 'embedded']);
  });
});

describe('a truth file', () => {
  const coco = (kind: string, ...names: readonly string[]) =>
    JSON.stringify({
      images: names.map((name, index) => ({ id: index, width: 100, height: 50, file_name: name })),
      annotations: [{ id: 1, image_id: 0, category_id: 1, bbox: [10, 10, 20, 20] }],
      categories: [{ id: 1, name: kind }],
    });
  const [image] = ['a.jpg'];

  it('says what it holds', () => {
    const { sources, used } = readBoxes([{ name: 'truth.coco.json', text: coco('face', 'a.jpg', 'b.jpg') }]);
    expect(sources.map(sourceMessage)).toEqual(['truth.coco.json: 1 box in 2 pictures']);
    expect([...used]).toEqual([0]);
  });

  it('is one for all labels of a drop, with the names of their classes; words are none', () => {
    const texts = [
      { name: 'set/a.txt', text: '0 0.5 0.5 0.1 0.1\n1 0.2 0.2 0.1 0.1\n' },
      { name: 'set/b.txt', text: '' },
      { name: 'set/classes.txt', text: 'dog\nface\n' },
      { name: 'set/README.txt', text: 'How these were made' },
    ];
    const { sources, used } = readBoxes(texts);
    expect(sources).toMatchObject([{ kind: 'yolo', name: '2 YOLO files', kinds: [{ name: 'dog' }, { name: 'face' }] }]);
    expect([...used].toSorted()).toEqual([0, 1, 2]);
  });

  it('without a word in it is none by itself', () => {
    expect(readBoxes([{ name: 'a.txt', text: ' \n' }]).sources).toEqual([]);
    expect(readBoxes([{ name: 'reply.json', text: JSON.stringify({ faceItems: [], mediaInfo: {} }) }]).sources).toEqual(
      [],
    );
  });

  it('has its faces, else heads, else persons compared, and else a person is asked', () => {
    const kindsOf = (kind: string) => {
      const [source] = readBoxes([{ name: 'x.json', text: coco(kind, image ?? '') }]).sources;
      return source === undefined || source.kind === 'verdicts' ? 'none' : kindsToCompare(source);
    };
    expect(kindsOf('Face')).toEqual(new Set(['Face']));
    expect(kindsOf('person')).toEqual(new Set(['person']));
    expect(kindsOf('thing')).toBeUndefined();
  });

  it('finds its boxes in the picture’s own pixels, also where it tells the stored frame of a turned one', () => {
    const annotated = {
      pictureName: 'a.jpg',
      unit: 'pixels',
      size: { width: 100, height: 50 },
      orientation: 1,
      boxes: [{ bound: imageRect(0, 0, 20, 10), kind: 'face', faceNo: undefined, name: undefined, ignored: undefined }],
    } as const;
    const at = (width: number, height: number, orientation: 1 | 6) =>
      boxesIn(annotated, { size: { width, height }, orientation }, () => true);
    expect(at(200, 100, 1)).toEqual([{ bound: imageRect(0, 0, 40, 20) }]);
    expect(at(50, 100, 6)).toEqual([{ bound: imageRect(40, 0, 10, 20) }]);
    expect(at(50, 100, 1)).toBeUndefined();
    expect(at(100, 100, 1)).toBeUndefined();
  });

  it('may be what somebody said: faces that are right, or missed, or have a place', () => {
    const wrong = (reason: 'shifted' | 'double', place?: ImageRect): Verdict => ({
      kind: 'wrong',
      reason,
      ...(place === undefined ? {} : { place }),
    });
    const record = {
      set: 'a'.repeat(32),
      file: 'b'.repeat(64),
      sent: 'b'.repeat(64),
      engine: 'embedded',
      version: '1',
      name: 'a.jpg',
      size: { width: 100, height: 100 },
      faces: [
        { faceNo: 1, bound: face(0), verdict: { kind: 'right' } },
        { faceNo: 2, bound: face(1), verdict: wrong('shifted', face(2)) },
        { faceNo: 3, bound: face(3), verdict: wrong('shifted') },
        { faceNo: 4, bound: face(4), verdict: wrong('double') },
      ],
      missed: [{ id: 1, bound: face(5) }],
      note: '',
      done: false,
      changedAt: 0,
    } as const;
    const twice = ({ x, y, width, height }: ImageRect) => imageRect(2 * x, 2 * y, 2 * width, 2 * height);
    expect(
      truthFromVerdicts(
        { ...record, faces: [...record.faces], missed: [...record.missed] },
        { width: 200, height: 200 },
      ),
    ).toEqual([
      { bound: twice(face(0)) },
      { bound: twice(face(2)) },
      { bound: twice(face(3)), ignored: 'one' },
      { bound: twice(face(5)) },
    ]);
  });
});
