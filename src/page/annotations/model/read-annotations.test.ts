import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { boxOf, type ExportedPicture } from '#page/painting/model/exported-picture.ts';
import { type Orientation, toOrientation, uprightSize } from '#shared/geometry/orientation.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { uprightRect } from '#shared/geometry/upright.ts';
import { faceAt } from '#testing/face-at.ts';
import { type AnnotatedPicture, kindsIn, truthOf } from './annotation-file.ts';
import { toCoco } from './coco.ts';
import { compareBoxes, figuresOf, tallyOf } from './comparison.ts';
import { toCsv } from './csv.ts';
import { comparedKinds } from './face-kind.ts';
import { toPascalVoc } from './pascal-voc.ts';
import { readAnnotations } from './read-annotations.ts';
import { readYoloClasses } from './read-yolo.ts';
import { toYolo } from './yolo.ts';

const side = fc.integer({ min: 40, max: 6000 });

function exported(
  fileName: string,
  size: Size,
  orientation: Orientation,
  bounds: readonly ImageRect[],
): ExportedPicture {
  const faces = bounds.map((bound, index) => faceAt(index + 1, bound, { share: 0.1 }));
  const detection = { faces, unreadable: [], size, warnings: [], media: { type: 'image', duration: 0 } };
  return { stem: fileName, fileName, size: uprightSize(size, orientation), orientation, detection };
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
/** Pictures with boxes of at least a pixel that lie on them, in frames that EXIF turns in every way. */
const picture = fc
  .record({
    name: fc.constantFrom('team.jpg', 'trip/größe, "2".png', "a'b&<c>.jpg", '=1+1.png'),
    width: side,
    height: side,
    orientation: fc.integer({ min: 1, max: 8 }).map(toOrientation),
    boxes: fc.array(fc.tuple(share, share, share, share), { maxLength: 8 }),
  })
  .map(({ name, width, height, orientation, boxes }) =>
    exported(
      name,
      { width, height },
      orientation,
      boxes.map(([x, y, w, h]) => {
        const [left, top] = [x * (width - 2), y * (height - 2)];
        return imageRect(left, top, 2 + w * (width - left - 2), 2 + h * (height - top - 2));
      }),
    ),
  );

const onlyPicture = (text: string, classes?: readonly string[]): AnnotatedPicture => {
  const [first, ...more] = readAnnotations(text, classes)?.pictures ?? [];
  if (first === undefined || more.length > 0) throw new Error(`Not one picture: ${text.slice(0, 200)}`);
  return first;
};

const everything = () => true;
const boundsIn = (read: AnnotatedPicture, { detection: { size } }: ExportedPicture) =>
  truthOf(read, size, size, everything).map(({ bound }) => bound);

function expectBoxes(found: readonly ImageRect[], { detection: { faces } }: ExportedPicture, slack: number): void {
  expect(found).toHaveLength(faces.length);
  for (const [index, { bound }] of faces.entries()) {
    const { x, y, width, height } = found[index] ?? imageRect(Number.NaN, 0, 0, 0);
    expect(Math.abs(x - bound.x)).toBeLessThanOrEqual(slack);
    expect(Math.abs(y - bound.y)).toBeLessThanOrEqual(slack);
    expect(Math.abs(x + width - bound.x - bound.width)).toBeLessThanOrEqual(slack);
    expect(Math.abs(y + height - bound.y - bound.height)).toBeLessThanOrEqual(slack);
  }
}

describe('what the page exports it reads back', () => {
  test('COCO, with every box upright again, and compared with itself it is perfect', () => {
    fc.assert(
      fc.property(picture, (one) => {
        const read = onlyPicture(JSON.stringify(toCoco([one])));
        expect(read.pictureName).toBe(one.fileName);
        expect(read.boxes.map(({ faceNo, kind }) => [faceNo, kind])).toEqual(
          one.detection.faces.map(({ faceNo }) => [faceNo, 'face']),
        );
        const truth = truthOf(read, one.detection.size, one.detection.size, everything);
        const found = one.detection.faces.map(({ bound }) => bound);
        expectBoxes(boundsIn(read, one), one, 0.01);
        const { precision, recall } = figuresOf(tallyOf(compareBoxes(found, truth, 0.9)));
        expect([precision, recall]).toEqual(found.length === 0 ? [undefined, undefined] : [1, 1]);
      }),
    );
  });

  test('YOLO labels, to some millionths of the picture', () => {
    fc.assert(
      fc.property(picture, (one) => {
        // Labels do not say how EXIF turns the file: their frame is the exported one.
        const upright = { ...one, size: one.detection.size, orientation: 1 as const };
        const read = onlyPicture(toYolo(upright), ['face']);
        const { width, height } = one.detection.size;
        // And a thousandth of a pixel, which exported boxes are rounded to.
        expectBoxes(boundsIn(read, one), one, Math.max(width, height) * 3e-6 + 0.001);
      }),
    );
  });

  test('Pascal VOC, to the pixel', () => {
    fc.assert(
      fc.property(picture, (one) => {
        const upright = { ...one, size: one.detection.size, orientation: 1 as const };
        const read = onlyPicture(toPascalVoc(upright));
        expect(read.pictureName).toBe(one.fileName);
        expect(read.boxes.map(({ faceNo, name }) => [faceNo, name])).toEqual(
          one.detection.faces.map(({ faceNo, name }) => [faceNo, name]),
        );
        expectBoxes(boundsIn(read, one), one, 1);
      }),
    );
  });

  test('a table, with pictures that have no face', () => {
    const others = fc.uniqueArray(picture, { maxLength: 4, selector: ({ fileName }) => fileName });
    fc.assert(
      fc.property(others, (several) => {
        const read = readAnnotations(
          toCsv(several.map((one) => ({ ...one, size: one.detection.size, orientation: 1 }))),
        );
        expect(read?.pictures.map(({ pictureName }) => pictureName)).toEqual(several.map(({ fileName }) => fileName));
        for (const [index, one] of several.entries()) {
          const own = read?.pictures[index];
          if (own === undefined) throw new Error('A picture is missing');
          expect(own.size).toEqual(one.detection.size);
          expectBoxes(boundsIn(own, one), one, 0.01);
        }
      }),
    );
  });

  test('a box in the stored frame comes back where the exported one is', () => {
    const one = exported('a.jpg', { width: 300, height: 200 }, 6, [imageRect(10, 20, 30, 40)]);
    const [face] = one.detection.faces;
    if (face === undefined) throw new Error('No face');
    const stored = boxOf(one, face);
    expect(uprightRect(stored, one.size, 6)).toEqual(imageRect(10, 20, 30, 40));
    expect(boundsIn(onlyPicture(JSON.stringify(toCoco([one]))), one)).toEqual([imageRect(10, 20, 30, 40)]);
  });
});

test('nothing that anybody writes makes it throw', () => {
  const piece = fc.constantFrom(
    '<annotation>',
    '</annotation>',
    '<object>',
    '<a/>',
    '&#x1;',
    '&amp;',
    '<![CDATA[',
    ']]>',
    '<!--',
    '"',
    ',',
    '\n',
    '0 .5 .5 .1 .1',
    'x,y,width,height,picture',
    '[{"image_id":1,"bbox":[1]}]',
    '{"images":[',
    'null',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 200 }),
        fc.array(piece, { maxLength: 20 }).map((all) => all.join('')),
        fc.json(),
      ),
      (text) => {
        expect(() => readAnnotations(text)).not.toThrow();
        expect(() => readYoloClasses('data.yaml', `names:\n${text}`)).not.toThrow();
      },
    ),
    { numRuns: 500 },
  );
});

describe('a table with other programs’ columns', () => {
  const size = { width: 200, height: 100 };
  const boundsOf = (csv: string) => truthOf(onlyPicture(csv), size, size, everything).map(({ bound }) => bound);

  it.each([
    [
      'edges beside the picture’s size',
      'filename,width,height,class,xmin,ymin,xmax,ymax\na.jpg,200,100,face,10,20,40,60\n',
    ],
    ['corners', 'image_path;x1;y1;x2;y2;label\r\na.jpg;10;20;40;60;face\r\n'],
    ['a corner and sides', 'file\tleft\ttop\tw\th\na.jpg\t10\t20\t30\t40\n'],
    ['shares', 'ImageID,XMin,XMax,YMin,YMax,IsGroupOf\na,0.05,0.2,0.2,0.6,0\n'],
    ['without a line’s end', 'picture,x,y,width,height\n"a.jpg",10,20,30,40'],
  ])('%s', (_, csv) => {
    const [box, ...more] = boundsOf(csv);
    expect(more).toEqual([]);
    expect(box?.x).toBeCloseTo(10);
    expect(box?.y).toBeCloseTo(20);
    expect(box?.width).toBeCloseTo(30);
    expect(box?.height).toBeCloseTo(40);
  });

  it('says which boxes are to be ignored', () => {
    const csv = 'picture,x,y,width,height,iscrowd,difficult\na,1,2,3,4,1,0\na,1,2,3,4,0,1\na,1,2,3,4,0,0\n';
    expect(onlyPicture(csv).boxes.map(({ ignored }) => ignored)).toEqual(['crowd', 'one', undefined]);
  });

  it('is none without a picture or a box', () => {
    expect(readAnnotations('name,age\nAnna,7\n')).toBeUndefined();
    expect(readAnnotations('picture,x,y\na.jpg,1,2\n')).toBeUndefined();
  });
});

describe('YOLO labels of other programs', () => {
  it('have classes, scores and polygons', () => {
    const read = onlyPicture('1 0.5 0.5 0.2 0.4\n0 .5 .5 .2 .4 0.93\n1 0.1 0.1 0.3 0.1 0.3 0.5 0.1 0.5\n', [
      'person',
      'face',
    ]);
    expect(read.boxes.map(({ kind }) => kind)).toEqual(['face', 'person', 'face']);
    const size = { width: 100, height: 100 };
    expect(truthOf(read, size, size, (kind) => kind === 'face').map(({ bound }) => bound)).toEqual([
      expect.objectContaining({ x: 40, width: 20 }),
      expect.objectContaining({ x: 10, height: 40 }),
    ]);
  });

  it('name their classes in a list of lines or in YAML', () => {
    expect(readYoloClasses('labels/classes.txt', 'person\nface\n')).toEqual(['person', 'face']);
    expect(readYoloClasses('data.yaml', 'train: a\nnames: [\'person\', "face"]\n')).toEqual(['person', 'face']);
    expect(readYoloClasses('data.yaml', 'nc: 2\nnames:\n  0: person\n  1: face\nval: b\n')).toEqual(['person', 'face']);
    expect(readYoloClasses('data.yml', 'names:\n- person\n- face\n')).toEqual(['person', 'face']);
    for (const end of ['-1: no', '1.5: no', 'nc: 2', '100000000: no']) {
      expect(readYoloClasses('data.yaml', `names:\n  0: person\n  ${end}\n  1: face\n`)).toEqual(['person']);
    }
    expect(readYoloClasses('a.txt', '0 .5 .5 .1 .1\n')).toBeUndefined();
  });

  it('are a picture without boxes when they are empty', () => {
    expect(onlyPicture('').boxes).toEqual([]);
  });

  it('are none when a line says something else', () => {
    expect(readAnnotations('Shopping\n2 eggs\n')).toBeUndefined();
  });
});

test.each([0, 1, 2, 3])('a row of CSV whose number %i of four cannot be read has no box', (missing) => {
  const row = ['1', '2', '3', '4'].map((number, index) => (index === missing ? '?' : number)).join(',');
  expect(onlyPicture(`picture,x,y,width,height\na,${row}\n`).boxes[0]?.bound).toBeUndefined();
});

describe('Pascal VOC of other programs', () => {
  const voc = (box: string, more = '') =>
    `<?xml version="1.0"?><!-- made by hand --><annotation verified="yes"><filename>a&amp;b.jpg</filename>
     <size><width>0</width><height>0</height></size>
     <object><name><![CDATA[face]]></name>${more}<bndbox>${box}</bndbox></object></annotation>`;

  it('counts from 1, or from 0 where an edge is at 0', () => {
    const one = onlyPicture(voc('<xmin>11</xmin><ymin>21</ymin><xmax>40</xmax><ymax>60</ymax>'));
    expect(one).toMatchObject({ pictureName: 'a&b.jpg', size: undefined });
    expect(one.boxes[0]).toMatchObject({ bound: imageRect(10, 20, 30, 40), kind: 'face' });
    const zero = onlyPicture(voc('<xmin>0</xmin><ymin>20</ymin><xmax>30</xmax><ymax>60</ymax>'));
    expect(zero.boxes[0]?.bound).toEqual(imageRect(0, 20, 30, 40));
  });

  it('has the size that its file tells', () => {
    const told = voc('').replace('<width>0</width><height>0</height>', '<width>640</width><height>480</height>');
    expect(onlyPicture(told).size).toEqual({ width: 640, height: 480 });
    for (const missing of [told.replace('<width>640</width>', ''), told.replace('<height>480</height>', '')]) {
      expect(onlyPicture(missing).size).toBeUndefined();
    }
  });

  it('ignores no box that is neither difficult nor to be ignored', () => {
    expect(onlyPicture(voc('<xmin>1</xmin>', '<difficult>0</difficult>')).boxes[0]?.ignored).toBeUndefined();
    expect(onlyPicture(voc('<xmin>1</xmin>')).boxes[0]?.ignored).toBeUndefined();
    expect(onlyPicture(voc('<xmin>1</xmin>', '<ignore>1</ignore>')).boxes[0]?.ignored).toBe('one');
  });

  it('has difficult ones, and boxes that cannot be read', () => {
    const read = onlyPicture(voc('<xmin>a</xmin>', '<difficult>1</difficult>'));
    expect(read.boxes).toMatchObject([{ bound: undefined, ignored: 'one' }]);
  });

  it('is none when its tags do not fit, or it is another XML', () => {
    expect(readAnnotations('<annotation><object></annotation>')).toBeUndefined();
    expect(readAnnotations('<svg></svg>')).toBeUndefined();
    expect(readAnnotations('<annotation>'.repeat(100_000))).toBeUndefined();
  });
});

describe('COCO', () => {
  it('has crowds, and boxes to ignore', () => {
    const images = [{ id: 1, file_name: 'a.jpg', width: 100, height: 100 }];
    const annotations = [{ iscrowd: 1 }, { iscrowd: 0, ignore: 1 }, { attributes: { ignore: true } }, {}].map(
      (each) => ({
        image_id: 1,
        bbox: [1, 2, 3, 4],
        ...each,
      }),
    );
    expect(onlyPicture(JSON.stringify({ images, annotations })).boxes.map(({ ignored }) => ignored)).toEqual([
      'crowd',
      'one',
      'one',
      undefined,
    ]);
  });

  it('tells a picture without boxes from one that it does not name', () => {
    const read = readAnnotations(JSON.stringify({ images: [{ id: 1, file_name: 'empty.jpg' }], annotations: [] }));
    expect(read?.pictures).toMatchObject([{ pictureName: 'empty.jpg', boxes: [] }]);
  });

  it('counts its kinds, the most frequent first', () => {
    const categories = ['dog', 'person', 'face'].map((name, id) => ({ id, name }));
    const annotations = [1, 2, 1].map((category_id) => ({ image_id: 1, category_id, bbox: [1, 2, 3, 4] }));
    const read = readAnnotations(JSON.stringify({ images: [{ id: 1 }], categories, annotations }));
    expect(read && kindsIn(read)).toEqual([
      { name: 'person', count: 2 },
      { name: 'face', count: 1 },
    ]);
  });
});

test('faces are compared with faces, else with heads, else with persons, else a person is asked', () => {
  expect(comparedKinds(['dog', 'person', 'Human_Face'])).toEqual(new Set(['Human_Face']));
  expect(comparedKinds(['person', 'Head'])).toEqual(new Set(['Head']));
  expect(comparedKinds(['dog', 'person'])).toEqual(new Set(['person']));
  expect(comparedKinds(['dog', 'cat'])).toBeUndefined();
  expect(comparedKinds([])).toEqual(new Set());
});
