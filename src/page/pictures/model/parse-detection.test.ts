import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '#shared/face.ts';
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
  ])('refuses %s', (_, body, detail) => {
    expect(parseDetection(body, undefined)).toEqual({ ok: false, error: { code: 'refused-by-service', detail } });
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
  const oddNumber = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.constantFrom(
      0,
      -1,
      1e308,
      -1e308,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '12',
      'NaN',
      '',
      ' 7 ',
      null,
      undefined,
      '1e999',
    ),
  );
  const oddBox = fc.record({ x: oddNumber, y: oddNumber, width: oddNumber, height: oddNumber }, { requiredKeys: [] });
  const oddValue = fc.oneof(
    oddBox,
    oddBox.map((box) => JSON.stringify(box)),
    fc.string(),
    fc.anything(),
  );
  const oddArguments = fc.oneof(
    fc.array(fc.oneof(fc.record({ name: fc.constantFrom('face_bound', 'x', '', 3), value: oddValue }), fc.anything())),
    fc.anything(),
  );
  const oddResource = fc.record(
    {
      name: fc.constantFrom('face', 'face_feature', 'mesh', 5),
      type: fc.anything(),
      url: fc.oneof(fc.webUrl(), fc.anything()),
      marginTop: oddNumber,
      extra: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const oddItem = fc.oneof(
    fc.anything(),
    fc.record(
      { name: fc.anything(), resources: fc.oneof(fc.array(oddResource), fc.anything()), arguments: oddArguments },
      { requiredKeys: [] },
    ),
  );
  const plainBox = fc.record({
    x: fc.integer({ min: 0, max: 600 }),
    y: fc.integer({ min: 0, max: 900 }),
    width: fc.integer({ min: 1, max: 2000 }),
    height: fc.integer({ min: 1, max: 2000 }),
  });
  const plainItem = fc.tuple(plainBox, fc.boolean()).map(([box, text]) => item(text ? JSON.stringify(box) : box));
  const oddMedia = fc.oneof(
    fc.constant({ width: 724, height: 1268 }),
    fc.record({ width: oddNumber, height: oddNumber, type: fc.anything() }, { requiredKeys: [] }),
    fc.anything(),
  );
  const oddReply = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record(
        { status: fc.constantFrom(0, '0', undefined), faceItems: fc.array(oddItem), mediaInfo: oddMedia },
        { requiredKeys: [] },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { status: fc.anything(), message: fc.anything(), error: fc.anything(), faceItems: fc.anything() },
        { requiredKeys: [] },
      ),
    },
    { weight: 1, arbitrary: fc.anything() },
  );
  const picture = fc.option(fc.constant({ width: 724, height: 1268 }), { nil: undefined });
  const orientation = fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined });

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
      fc.property(oddReply, picture, orientation, (body, size, exif) => {
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
    const mixed = fc.array(
      fc.oneof(
        plainItem.map((plain) => ({ plain, odd: false })),
        oddItem.map((plain) => ({ plain, odd: true })),
      ),
    );
    fc.assert(
      fc.property(mixed, (items) => {
        const detection = read({ faceItems: items.map(({ plain }) => plain) }, { width: 724, height: 1268 });
        const found = new Set(detection.faces.map((face) => face.faceNo));
        const lost = items.flatMap(({ odd }, index) => (odd || found.has(index + 1) ? [] : [index + 1]));
        expect(lost).toEqual([]);
        expect(detection.faces.length + detection.unreadable.length).toBe(items.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
