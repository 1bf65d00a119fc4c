import { encodePcm, PARAMETER_SETS, type Planes, PROFILE_TIER_LEVEL } from './hevc-pcm.ts';
import { pixelAt, type Rgba, storedSize, uprightPlace } from './pixels.ts';
import type { PictureRecipe } from './recipe.ts';

/** Turns anticlockwise by 90° that `irot` needs, by the EXIF orientation that means the same. */
const TURNS: Readonly<Record<number, number>> = { 1: 0, 3: 2, 6: 3, 8: 1 };

/**
 * Makes a HEIC file without an encoder (ISO 23008-12): the test picture in HEVC's uncompressed blocks, turned by
 * `irot`, with an Exif item when `gps` is asked for. Stored width and height must be multiples of 32. `pixel` gives the
 * upright picture's colours; the test picture's when it is left out.
 */
export function makeHeic(
  recipe: PictureRecipe,
  pixel: (x: number, y: number) => Rgba = (x, y) => pixelAt(recipe, x, y),
): Uint8Array<ArrayBuffer> {
  const size = storedSize(recipe);
  const { vps, sps, pps, slices } = encodePcm(planesOf(recipe, pixel));
  const sample = Buffer.concat(slices.flatMap((unit) => [uint(unit.length, 4), unit]));
  const exif = recipe.gps === true ? exifItem(recipe.orientation ?? 1) : Buffer.alloc(0);
  const properties = [
    box('hvcC', decoderConfiguration([PARAMETER_SETS.vps, vps], [PARAMETER_SETS.sps, sps], [PARAMETER_SETS.pps, pps])),
    fullBox('ispe', uint(size.width, 4), uint(size.height, 4)),
    fullBox('pixi', Buffer.from([3, 8, 8, 8])),
    // Primaries (12 is Display P3), sRGB's transfer, BT.601's matrix, full range.
    box(
      'colr',
      Buffer.from('nclx'),
      uint(recipe.displayP3 === true ? 12 : 1, 2),
      uint(13, 2),
      uint(6, 2),
      uint(0x80, 1),
    ),
    box('irot', uint(TURNS[recipe.orientation ?? 1] ?? 0, 1)),
  ];
  const head = box('ftyp', Buffer.from('heic'), uint(0, 4), Buffer.from('mif1heic'));
  const metaAt = (offset: number) => meta(properties, offset, sample.length, exif.length);
  const offset = head.length + metaAt(0).length + 8;
  return new Uint8Array(Buffer.concat([head, metaAt(offset), box('mdat', sample, exif)]));
}

/** The picture in 4:2:0, full range, BT.601. */
function planesOf(recipe: PictureRecipe, pixel: (x: number, y: number) => Rgba): Planes {
  const { width, height } = storedSize(recipe);
  const luma = new Uint8Array(width * height);
  const blue = new Uint8Array((width / 2) * (height / 2));
  const red = new Uint8Array(blue.length);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const [r, g, b] = pixel(...uprightPlace(recipe, row, column));
      luma[row * width + column] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
      const at = (row >> 1) * (width / 2) + (column >> 1);
      blue[at] = Math.round(128 - 0.168736 * r - 0.331264 * g + 0.5 * b);
      red[at] = Math.round(128 + 0.5 * r - 0.418688 * g - 0.081312 * b);
    }
  }
  return { width, height, luma, blue, red };
}

function uint(value: number, bytes: number): Buffer {
  const out = Buffer.alloc(bytes);
  out.writeUIntBE(value, 0, bytes);
  return out;
}

const box = (type: string, ...content: readonly Uint8Array[]): Buffer => {
  const length = content.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([uint(length, 4), Buffer.from(type, 'latin1'), ...content]);
};
const fullBox = (type: string, ...content: readonly Uint8Array[]): Buffer => box(type, uint(0, 4), ...content);

const PICTURE_ITEM = 1;
const EXIF_ITEM = 2;

function meta(properties: readonly Buffer[], offset: number, length: number, exifLength: number): Buffer {
  const items = [
    { id: PICTURE_ITEM, type: 'hvc1', offset, length },
    ...(exifLength === 0 ? [] : [{ id: EXIF_ITEM, type: 'Exif', offset: offset + length, length: exifLength }]),
  ];
  return fullBox(
    'meta',
    fullBox('hdlr', uint(0, 4), Buffer.from('pict'), Buffer.alloc(13)),
    fullBox('pitm', uint(PICTURE_ITEM, 2)),
    // Offsets and lengths of 4 bytes, no base offset.
    fullBox('iloc', uint(0x4400, 2), uint(items.length, 2), ...items.map(itemPlace)),
    fullBox('iinf', uint(items.length, 2), ...items.map(itemEntry)),
    ...(exifLength === 0 ? [] : [fullBox('iref', box('cdsc', uint(EXIF_ITEM, 2), uint(1, 2), uint(PICTURE_ITEM, 2)))]),
    box('iprp', box('ipco', ...properties), propertiesOfPicture(properties.length)),
  );
}

const itemPlace = ({ id, offset, length }: { id: number; offset: number; length: number }): Buffer =>
  Buffer.concat([uint(id, 2), uint(0, 2), uint(1, 2), uint(offset, 4), uint(length, 4)]);

/** `infe`, version 2. */
const itemEntry = ({ id, type }: { id: number; type: string }): Buffer =>
  box('infe', Buffer.from([2, 0, 0, 0]), uint(id, 2), uint(0, 2), Buffer.from(type), Buffer.alloc(1));

const propertiesOfPicture = (count: number): Buffer =>
  fullBox(
    'ipma',
    uint(1, 4),
    uint(PICTURE_ITEM, 2),
    uint(count, 1),
    Buffer.from(Array.from({ length: count }, (_, index) => 0x80 | (index + 1))),
  );

/** ISO 14496-15, section 8.3.3.1: 4:2:0, 8 bits, lengths of 4 bytes. */
function decoderConfiguration(...sets: readonly (readonly [type: number, unit: Uint8Array])[]): Buffer {
  const fixed = [1, ...PROFILE_TIER_LEVEL, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, sets.length];
  const arrays = sets.flatMap(([type, unit]) => [uint(0x80 | type, 1), uint(1, 2), uint(unit.length, 2), unit]);
  return Buffer.concat([Buffer.from(fixed), ...arrays]);
}

/**
 * EXIF with an orientation, which a HEIC reader must not apply again, and a GPS directory with one entry; before it the
 * place of its TIFF header.
 */
function exifItem(orientation: number): Buffer {
  const entry = (tag: number, type: number, count: number, value: Buffer) =>
    Buffer.concat([uint(tag, 2), uint(type, 2), uint(count, 4), value]);
  const directory = Buffer.concat([
    uint(2, 2),
    entry(0x0112, 3, 1, Buffer.concat([uint(orientation, 2), uint(0, 2)])),
    entry(0x8825, 4, 1, uint(38, 4)),
    uint(0, 4),
  ]);
  const gps = Buffer.concat([uint(1, 2), entry(1, 2, 2, Buffer.from('N\0\0\0')), uint(0, 4)]);
  const tiff = Buffer.concat([Buffer.from('MM\0*'), uint(8, 4), directory, gps]);
  return Buffer.concat([uint(6, 4), Buffer.from('Exif\0\0'), tiff]);
}
