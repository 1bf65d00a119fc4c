import fc from 'fast-check';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';

/** Detection replies as a service might send them on its worst days, for laws about the reader of replies. */

/** The picture that the replies are about, in pixels. */
export const ODD_PICTURE: Size = { width: 724, height: 1268 };

/** A reply with faces that anybody can read among others that nobody can. */
export type ReadableReply = {
  readonly reply: unknown;
  /** The boxes that must be found, by `faceNo`. */
  readonly readable: ReadonlyMap<number, ImageRect>;
};

const oddNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(
    0,
    -1,
    1e308,
    -1e308,
    5e-324,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '12',
    'NaN',
    '',
    ' 7 ',
    '0x10',
    '１２',
    null,
    undefined,
    '1e999',
    `${'1'.repeat(5000)}x`,
  ),
);
const oddBox = fc.record({ x: oddNumber, y: oddNumber, width: oddNumber, height: oddNumber }, { requiredKeys: [] });
const oddValue = fc.oneof(
  oddBox,
  oddBox.map((box) => JSON.stringify(box)),
  fc.constant('['.repeat(100_000)),
  fc.string(),
  fc.anything(),
);
const oddArguments = fc.oneof(
  fc.array(fc.oneof(fc.record({ name: fc.constantFrom('face_bound', 'x', '', 3), value: oddValue }), fc.anything())),
  fc.anything(),
);
const oddText = fc.oneof(fc.string(), fc.constantFrom('a'.repeat(5000), '\u202e', '\0', '😀', 'javascript:alert(1)'));
const oddResource = fc.record(
  {
    name: fc.constantFrom('face', 'face_feature', 'mesh', 5),
    type: fc.anything(),
    url: fc.oneof(fc.webUrl(), oddText, fc.anything()),
    marginTop: oddNumber,
    extra: fc.anything(),
  },
  { requiredKeys: [] },
);

/** A face item of any shape; some can be read, most cannot. */
export const oddItem = fc.oneof(
  fc.anything(),
  fc.record(
    {
      name: fc.oneof(oddText, fc.anything()),
      resources: fc.oneof(fc.array(oddResource), fc.anything()),
      arguments: oddArguments,
    },
    { requiredKeys: [] },
  ),
);

const oddMedia = fc.oneof(
  fc.constant(ODD_PICTURE),
  fc.constantFrom(
    { width: 3, height: 4 },
    { width: 1, height: 1 },
    { width: 1268, height: 724 },
    { width: 1e6, height: 2 },
  ),
  fc.record({ width: oddNumber, height: oddNumber, type: fc.anything() }, { requiredKeys: [] }),
  fc.anything(),
);

/** A reply of any shape. */
export const oddReply: fc.Arbitrary<unknown> = fc.oneof(
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

const plainBox = fc
  .tuple(fc.nat(600), fc.nat(1100), fc.integer({ min: 8, max: 120 }), fc.integer({ min: 8, max: 150 }))
  .map(([x, y, width, height]) => imageRect(x, y, width, height));

/** A number in any of the ways that still say the same. */
const written = (value: number) =>
  fc.constantFrom<unknown>(value, String(value), ` ${value} `, `+${value}`, `${value}.0`, `${value}e0`);

const writtenBox = (box: ImageRect): fc.Arbitrary<unknown> =>
  fc
    .record({
      height: written(box.height),
      x: written(box.x),
      y: written(box.y),
      width: written(box.width),
      extra: fc.oneof(fc.constant(undefined), fc.jsonValue()),
    })
    .chain((fields) =>
      fc.constantFrom<unknown>(
        fields,
        JSON.stringify(fields),
        ` \n${JSON.stringify(fields, undefined, 2)}\t`,
        JSON.stringify(JSON.stringify(fields)),
      ),
    );

const writtenArguments = (value: unknown): fc.Arbitrary<unknown> =>
  fc.tuple(fc.anything(), fc.anything()).chain(([before, after]) =>
    fc.constantFrom<unknown>(
      [{ name: 'face_bound', value }],
      [before, { name: ' face_bound ', value }, after],
      [
        { name: 'face_bound', value: 'broken' },
        { name: 'face_bound', value },
      ],
      { face_bound: value, other: after },
    ),
  );

const readableItem: fc.Arbitrary<{ readonly item: unknown; readonly box: ImageRect }> = plainBox.chain((box) =>
  writtenBox(box)
    .chain(writtenArguments)
    .chain((given) =>
      fc
        .record(
          {
            name: fc.oneof(oddText, fc.anything()),
            resources: fc.oneof(fc.array(oddResource), fc.anything()),
            extra: fc.anything(),
          },
          { requiredKeys: [] },
        )
        .map((item) => ({ item: { ...item, arguments: given }, box })),
    ),
);

const hopelessItem = fc
  .constantFrom<unknown>(null, 'x', [], {}, { arguments: [] }, { arguments: [{ name: 'face_bound', value: '{"x":1' }] })
  .map((item) => ({ item, box: undefined }));

/** What says that nothing is wrong, in all the ways that services have. */
const noError = fc.constantFrom<object>(
  {},
  { error: 0 },
  { error: '' },
  { error: null },
  { error: false },
  { error: {} },
);

/** A reply whose readable faces must all be found, whatever stands around them. */
export const readableReply: fc.Arbitrary<ReadableReply> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 2, arbitrary: readableItem }, { weight: 1, arbitrary: hopelessItem }), {
      maxLength: 8,
    }),
    fc.constantFrom<unknown>(0, '0', undefined),
    oddMedia,
    noError,
  )
  .map(([items, status, mediaInfo, error]) => ({
    reply: { status, faceItems: items.map(({ item }) => item), mediaInfo, ...error },
    readable: new Map(items.flatMap(({ box }, index) => (box === undefined ? [] : [[index + 1, box]]))),
  }));

/** The picture's size and the EXIF orientation of its file, as far as they are known. */
export const knownPicture = fc.option(fc.constant(ODD_PICTURE), { nil: undefined });
export const knownOrientation = fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined });
