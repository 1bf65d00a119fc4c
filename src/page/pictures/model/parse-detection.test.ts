import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '#shared/face.ts';
import { knownOrientation, knownPicture, ODD_PICTURE, oddItem, oddReply, readableReply } from '#testing/odd-replies.ts';
import { parseDetection } from './parse-detection.ts';

const bound = (value: unknown) => ({ name: 'face_bound', value });
const item = (value: unknown, extra: object = {}) => ({ name: 'face_0', arguments: [bound(value)], ...extra });
const reply = (faceItems: unknown, extra: object = {}) => ({
  status: 0,
  message: '',
  faceItems,
  mediaInfo: { type: 'image', duration: 0, width: 724, height: 1268 },
  ...extra,
});
const BOX = '{"x":120,"y":80,"width":200,"height":240}';

function read(body: unknown, ...rest: [picture?: { width: number; height: number }, orientation?: number]): Detection {
  const result = parseDetection(body, ...([rest[0], rest[1]] as const));
  if (!result.ok) throw new Error(`refused: ${result.error.detail}`);
  return result.value;
}

describe('the reply on the vendor’s page', () => {
  const detection = read(
    reply([
      {
        name: 'face_0',
        resources: [
          { name: 'face', type: 'image', url: 'https://cdn.example/face_0.jpg', marginTop: 0, countInRow: 1 },
          { name: 'face_feature', type: 'image', url: 'https://cdn.example/f.jpg', marginTop: 0, countInRow: 1 },
        ],
        arguments: [bound(BOX)],
      },
    ]),
    { width: 724, height: 1268 },
  );

  it('gives one face with its box, crops and share', () => {
    expect(detection.faces).toEqual([
      {
        id: 'face-1',
        faceNo: 1,
        name: 'face_0',
        rawBound: { x: 120, y: 80, width: 200, height: 240 },
        bound: { x: 120, y: 80, width: 200, height: 240 },
        partlyOutside: false,
        share: (200 * 240) / (724 * 1268),
        cropUrl: 'https://cdn.example/face_0.jpg',
        featureUrl: 'https://cdn.example/f.jpg',
        resources: [
          {
            name: 'face',
            type: 'image',
            url: 'https://cdn.example/face_0.jpg',
            marginTop: 0,
            countInRow: 1,
            unknown: {},
          },
          {
            name: 'face_feature',
            type: 'image',
            url: 'https://cdn.example/f.jpg',
            marginTop: 0,
            countInRow: 1,
            unknown: {},
          },
        ],
        args: [{ name: 'face_bound', value: BOX }],
        unknown: {},
      },
    ]);
  });

  it('keeps what it measured and has nothing to warn of', () => {
    expect(detection.size).toEqual({ width: 724, height: 1268 });
    expect(detection.media).toEqual({ type: 'image', duration: 0, unknown: {} });
    expect(detection.warnings).toEqual([]);
    expect(detection.unreadable).toEqual([]);
  });
});

describe('whether a reply is a success', () => {
  it('counts a missing status as 0', () => {
    expect(read({ faceItems: [item(BOX)] }).faces).toHaveLength(1);
  });

  it('reads no faceItems, null and an empty list as no face', () => {
    for (const none of [undefined, null, []]) expect(read(reply(none)).faces).toEqual([]);
  });

  it.each([
    ['a status other than 0 with its message', { status: 7, message: 'Image too dark' }, 'Image too dark'],
    ['a status other than 0 without words', { status: '12' }, 'The service answered with status 12.'],
    ['an error without a status', { error: 'Unauthorized', code: 401 }, 'Unauthorized'],
    ['an error that is an object', { error: { message: 'No account' } }, 'No account'],
    ['an error without words', { error: true }, 'The service answered with an error.'],
    ['an error in a list', { error: [{ msg: 'No account' }] }, 'No account'],
    ['an error that is a number', { error: 17 }, 'The service answered with an error.'],
    ['an error with data alone', { error: { data: [1] } }, 'The service answered with an error.'],
    [
      'a status with a message that is an object',
      { status: 7, message: { text: 1 } },
      'The service answered with status 7.',
    ],
  ])('refuses %s', (_, body, detail) => {
    expect(parseDetection(body, undefined)).toEqual({ ok: false, error: { code: 'refused-by-service', detail } });
  });

  it.each([0, '0', '', ' ', {}, [], { code: 0, message: '' }, false, null])(
    'takes error %j without a status for no error',
    (error) => {
      expect(read({ error, faceItems: [item(BOX)] })).toMatchObject({
        faces: [{ faceNo: 1 }],
        warnings: [expect.anything()],
      });
      expect(read({ error }).faces).toEqual([]);
    },
  );

  it('believes faces over an error without a status, and passes the words on', () => {
    const detection = read({ error: { message: 'Low quality' }, faceItems: [item(BOX)] }, { width: 724, height: 1268 });
    expect(detection.faces).toHaveLength(1);
    expect(detection.warnings.at(-1)).toBe('The service also said: “Low quality”.');
  });

  it('believes status 0 over an error beside it, and passes the words on', () => {
    const detection = read(reply([item(BOX)], { error: 'Low quality' }));
    expect(detection.faces).toHaveLength(1);
    expect(detection.warnings).toEqual(['The service also said: “Low quality”.']);
  });

  it.each([[null], ['<html>'], [[]], [42], [undefined], [{ faceItems: 'none' }], [{ faceItems: {} }]])(
    'calls %j unreadable',
    (body) => {
      expect(parseDetection(body, undefined)).toMatchObject({ ok: false, error: { code: 'unreadable-reply' } });
    },
  );
});

describe('a face_bound', () => {
  it.each([
    ['an object', { x: 120, y: 80, width: 200, height: 240 }],
    ['text with numbers as text', '{"x":"120","y":" 80 ","width":"2e2","height":"240.0"}'],
    ['JSON inside JSON', JSON.stringify(BOX)],
  ])('may be %s', (_, value) => {
    expect(read(reply([item(value)])).faces[0]?.rawBound).toEqual({ x: 120, y: 80, width: 200, height: 240 });
  });

  it.each([
    ['nothing', undefined, 'its face_bound is not an object with x, y, width and height'],
    ['broken JSON', '{"x":1', 'its face_bound is not an object with x, y, width and height'],
    ['NaN', '{"x":NaN,"y":1,"width":2,"height":2}', 'its face_bound is not an object with x, y, width and height'],
    ['a list', [1, 2, 3, 4], 'its face_bound is not an object with x, y, width and height'],
    ['a missing number', { x: 1, y: 2, width: 3 }, 'its face_bound lacks a number for x, y, width or height'],
    [
      'Infinity',
      { x: 1, y: 2, width: Number.POSITIVE_INFINITY, height: 2 },
      'its face_bound lacks a number for x, y, width or height',
    ],
    [
      'hexadecimal text',
      { x: '0x10', y: 2, width: 3, height: 2 },
      'its face_bound lacks a number for x, y, width or height',
    ],
    ['no width', { x: 1, y: 2, width: 0, height: 9 }, 'its face_bound is empty'],
    ['a negative height', { x: 1, y: 2, width: 5, height: -9 }, 'its face_bound is empty'],
    [
      'an edge beyond all numbers',
      { x: 1.7e308, y: 2, width: 1.7e308, height: 9 },
      'its face_bound is beyond any picture',
    ],
    ['a place beside the picture', { x: 724, y: 0, width: 10, height: 10 }, 'its face_bound lies outside the picture'],
  ])('that is %s costs this face only, and the next keeps its number', (_, value, reason) => {
    const detection = read(reply([item(value), item(BOX)]));
    expect(detection.unreadable).toEqual([{ faceNo: 1, reason }]);
    expect(detection.faces.map((face) => face.faceNo)).toEqual([2]);
  });

  it('that leaves the picture is kept as sent and drawn clamped', () => {
    const [face] = read(reply([item({ x: -20, y: 1200, width: 100, height: 200 })])).faces;
    expect(face).toMatchObject({
      rawBound: { x: -20, y: 1200, width: 100, height: 200 },
      bound: { x: 0, y: 1200, width: 80, height: 68 },
      partlyOutside: true,
    });
  });

  it('that is huge covers the picture', () => {
    const [face] = read(reply([item({ x: -1e200, y: -1e200, width: 1e300, height: 1e300 })])).faces;
    expect(face?.bound).toEqual({ x: 0, y: 0, width: 724, height: 1268 });
    expect(face?.share).toBe(1);
  });

  it('that comes twice is read where it can be read', () => {
    const twice = { arguments: [bound('broken'), bound(BOX)] };
    expect(read(reply([twice])).faces[0]?.rawBound.x).toBe(120);
  });

  it('may sit in an object of arguments', () => {
    expect(read(reply([{ arguments: { face_bound: BOX } }])).faces[0]?.rawBound.x).toBe(120);
  });
});

describe('what hangs on a face', () => {
  it('keeps two faces at one place as two', () => {
    expect(read(reply([item(BOX), item(BOX)])).faces.map((face) => face.id)).toEqual(['face-1', 'face-2']);
  });

  it('names a face without a name by its place', () => {
    expect(read(reply([{ arguments: [bound(BOX)] }])).faces[0]?.name).toBe('face_0');
  });

  it('cuts what is longer than any name: of a face, of what hangs on it, of the picture', () => {
    const long = 'n'.repeat(1_000_000);
    const detection = read(
      reply(
        [{ name: long, resources: [{ name: long, type: long }], arguments: [bound(BOX), { name: long, value: 1 }] }],
        {
          mediaInfo: { type: long, width: 724, height: 1268 },
          error: long,
        },
      ),
    );
    const [face] = detection.faces;
    const names = [
      face?.name,
      face?.resources[0]?.name,
      face?.resources[0]?.type,
      face?.args[1]?.name,
      detection.media.type,
    ];
    expect(names.map((name) => name?.length)).toEqual([201, 201, 201, 201, 201]);
    expect(names[0]).toMatch(/^n+…$/);
    expect(detection.warnings.join().length).toBeLessThan(1_100);
  });

  it('keeps unknown resources and fields for showing', () => {
    const resources = [{ name: 'face_mesh', url: 'https://cdn.example/m', points: 468 }, 'odd', null];
    const [face] = read(reply([item(BOX, { resources, confidence: 0.9 })])).faces;
    expect(face?.resources).toEqual([
      {
        name: 'face_mesh',
        type: undefined,
        url: 'https://cdn.example/m',
        marginTop: undefined,
        countInRow: undefined,
        unknown: { points: 468 },
      },
    ]);
    expect(face?.unknown).toEqual({ confidence: 0.9 });
  });

  it.each(['javascript:alert(1)', 'data:image/png;base64,AA', '/relative', 'https://', 7])(
    'never makes an address of %j',
    (url) => {
      const [face] = read(reply([item(BOX, { resources: [{ name: 'face', url }] })])).faces;
      expect(face?.cropUrl).toBeUndefined();
    },
  );
});

describe('the size of the picture', () => {
  const picture = { width: 724, height: 1268 };

  it.each([
    undefined,
    null,
    {},
    { width: 0, height: 0 },
    { width: 'wide', height: 9 },
    { width: -5, height: 5 },
    { width: 1e-300, height: 1e-300 },
  ])('is the decoded one when mediaInfo is %j, with a warning', (mediaInfo) => {
    const detection = read(reply([item(BOX)], { mediaInfo }), picture);
    expect(detection.size).toEqual(picture);
    expect(detection.warnings).toHaveLength(1);
  });

  it('is what holds every face when nobody knows it', () => {
    expect(read({ faceItems: [item(BOX), item({ x: 0, y: 0, width: 900, height: 5 })] }).size).toEqual({
      width: 900,
      height: 320,
    });
  });

  it('stays as measured on a smaller copy, with a note', () => {
    const detection = read(reply([]), { width: 1448, height: 2536 });
    expect(detection.size).toEqual(picture);
    expect(detection.warnings).toEqual([
      'The service measured 724 × 1268 px, the picture has 1448 × 2536 px. Boxes are scaled to fit.',
    ]);
  });

  it.each([
    [1455, 'scaled to fit'],
    [1490, 'another shape'],
  ])('takes %i instead of 1448 pixels across, which is rounding or is not, for what it is', (width, said) => {
    const { warnings } = read(reply([]), { width, height: 2536 });
    expect(warnings).toEqual([expect.stringContaining(said)]);
  });

  it('warns of another shape', () => {
    expect(read(reply([]), { width: 1000, height: 1000 }).warnings[0]).toContain('another shape');
  });

  it.each([
    ['upright', { width: 72_400, height: 126_800 }],
    ['on its side', { width: 126_800, height: 72_400 }],
  ])('warns of another scale where the shape is the same, %s, and the size is no copy’s', (_, mediaInfo) => {
    const { warnings } = read(reply([item(BOX)], { mediaInfo: { type: 'image', duration: 0, ...mediaInfo } }), {
      width: 724,
      height: 1268,
    });
    expect(warnings.join()).toContain('another scale');
  });

  it('is no matter where the list of faces is none, however like one it looks', () => {
    for (const faceItems of ['face', { length: 1, 0: item(BOX) }]) {
      expect(parseDetection(reply(faceItems), undefined)).toMatchObject({ ok: false });
    }
  });

  const screen = { width: 1366, height: 768 };
  const boxes = [
    { x: 65, y: 258, width: 101, height: 130 },
    { x: 1200, y: 600, width: 140, height: 160 },
  ];

  it.each([
    ['a ratio', { width: 3, height: 4 }],
    ['the picture’s own ratio', { width: 16, height: 9 }],
    ['the same on its side', { width: 9, height: 16 }],
    ['one pixel', { width: 1, height: 1 }],
    ['another picture’s', { width: 4000, height: 4000 }],
    ['far too large', { width: 136_600, height: 76_800 }],
    ['far too flat', { width: 1366, height: 10 }],
    ['a thumbnail’s that its boxes are not on', { width: 160, height: 90 }],
  ])(
    'is the decoded one where mediaInfo is %s: no face is lost, nothing is squashed, and it is said',
    (_, mediaInfo) => {
      const detection = read(
        reply(
          boxes.map((box) => item(box)),
          { mediaInfo },
        ),
        screen,
      );
      expect(detection.size).toEqual(screen);
      expect(detection.faces.map((face) => face.bound)).toEqual(boxes);
      expect(detection.warnings).toEqual([expect.stringContaining('picture’s own pixels')]);
    },
  );

  it('is the decoded one for a ratio without any faces, too', () => {
    expect(read(reply([], { mediaInfo: { width: 16, height: 9 } }), screen).size).toEqual(screen);
  });

  it.each([
    ['squeezed a little', { width: 683, height: 400 }, { x: 341.5, y: 200, width: 68.3, height: 40 }],
    [
      'square, with boxes that only fit the square',
      { width: 1366, height: 1366 },
      { x: 683, y: 1200, width: 100, height: 150 },
    ],
  ])('is the decoded one for a copy that was %s: its boxes are spread out with it', (_, mediaInfo, box) => {
    const detection = read(reply([item(box)], { mediaInfo }), screen);
    expect(detection.size).toEqual(screen);
    expect(detection.warnings).toEqual([expect.stringContaining('stretched')]);
    const placed = detection.faces[0]?.bound;
    expect((placed?.x ?? 0) / screen.width).toBeCloseTo(box.x / mediaInfo.width);
    expect((placed?.y ?? 0) / screen.height).toBeCloseTo(box.y / mediaInfo.height);
  });

  it('stays as measured where a box leaves a smaller copy that holds the others', () => {
    const small = [
      { x: 10, y: 10, width: 50, height: 60 },
      { x: 300, y: 100, width: 50, height: 60 },
      { x: 660, y: 370, width: 60, height: 70 },
    ];
    const detection = read(
      reply(
        small.map((box) => item(box)),
        { mediaInfo: { width: 683, height: 384 } },
      ),
      screen,
    );
    expect(detection.size).toEqual({ width: 683, height: 384 });
  });

  it('is never so that the picture is squashed, whatever mediaInfo claims', () => {
    const side = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 1, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(side, side, fc.array(fc.constantFrom(...boxes)), (width, height, some) => {
        const { size } = read(
          reply(
            some.map((box) => item(box)),
            { mediaInfo: { width, height } },
          ),
          screen,
        );
        expect(Math.abs((size.width * screen.height) / (size.height * screen.width) - 1)).toBeLessThanOrEqual(0.021);
      }),
    );
  });

  const onItsSide = reply([item({ x: 100, y: 10, width: 50, height: 30 })], {
    mediaInfo: { width: 1268, height: 724 },
  });

  it('is the upright one when width and height came swapped', () => {
    const detection = read(onItsSide, picture);
    expect(detection.size).toEqual(picture);
    expect(detection.faces[0]?.bound).toEqual({ x: 100, y: 10, width: 50, height: 30 });
    expect(detection.warnings[0]).toContain('swapped');
  });

  it.each([
    [5, { x: 10, y: 100, width: 30, height: 50 }],
    [6, { x: 684, y: 100, width: 30, height: 50 }],
    [7, { x: 684, y: 1118, width: 30, height: 50 }],
    [8, { x: 10, y: 1118, width: 30, height: 50 }],
  ])('turns boxes upright when the file says orientation %i', (orientation, upright) => {
    const detection = read(onItsSide, picture, orientation);
    expect(detection.faces[0]?.bound).toEqual(upright);
    expect(detection.warnings[0]).toContain('turned upright');
  });
});

describe('ten thousand odd replies', { timeout: 60_000 }, () => {
  const numbersOf = (detection: Detection): number[] => [
    detection.size.width,
    detection.size.height,
    ...detection.faces.flatMap((face) => [
      ...Object.values(face.rawBound),
      ...Object.values(face.bound),
      face.share,
      ...face.resources.flatMap((resource) => [resource.marginTop ?? 0, resource.countInRow ?? 0]),
    ]),
  ];

  it('never throw and never put a number that is none into a face', () => {
    fc.assert(
      fc.property(oddReply, knownPicture, knownOrientation, (body, size, exif) => {
        const result = parseDetection(body, size, exif);
        if (!result.ok) {
          expect(result.error.detail).not.toBe('');
          return;
        }
        for (const number of numbersOf(result.value)) expect(number).toSatisfy(Number.isFinite);
        for (const { bound: drawn } of result.value.faces) {
          expect(drawn.width).toBeGreaterThan(0);
          expect(drawn.height).toBeGreaterThan(0);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('never lose a readable face, nor change its number', () => {
    fc.assert(
      fc.property(readableReply, ({ reply: body, readable }) => {
        const detection = read(body, ODD_PICTURE);
        const found = new Map(detection.faces.map((face) => [face.faceNo, face]));
        expect([...readable.keys()].filter((faceNo) => !found.has(faceNo))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('give every item as a face or as one that could not be read, gaps in the list too', () => {
    fc.assert(
      fc.property(fc.array(oddItem), (items) => {
        const gaps = items.slice();
        gaps.length += 2;
        const detection = read({ faceItems: gaps }, ODD_PICTURE);
        expect(detection.faces.length + detection.unreadable.length).toBe(items.length + 2);
      }),
    );
  });

  it('may be nested a hundred thousand levels deep, wherever that is', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    for (const odd of [
      { extra: deep },
      { mediaInfo: deep },
      { error: deep },
      { faceItems: [item(BOX, { extra: deep }), deep, item(deep)] },
    ]) {
      expect(parseDetection({ faceItems: [item(BOX)], ...odd }, ODD_PICTURE)).toMatchObject({ ok: true });
    }
    expect(read({ faceItems: [item('['.repeat(1_000_000))] }).unreadable).toHaveLength(1);
  });
});
