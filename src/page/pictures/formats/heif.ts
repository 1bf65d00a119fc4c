import { hasAscii, indexOfAscii, latin1, uint8, uint16, uint32 } from '#shared/formats/bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';
import { readExif } from './exif.ts';
import { storedColour } from './icc.ts';

const EXIF = 'Exif\x00\x00';

type Box = { readonly type: string; readonly start: number; readonly end: number };

/** Boxes between two places: size, type, data (ISO 14496-12, section 4.2). Stops at the first that makes no sense. */
function boxes(
  bytes: Uint8Array,
  from: number,
  to: number,
): { readonly list: readonly Box[]; readonly whole: boolean } {
  const list: Box[] = [];
  let at = from;
  while (at + 8 <= to) {
    const size32 = uint32(bytes, at);
    const wide = size32 === 1;
    const size = wide ? uint32(bytes, at + 8) * 2 ** 32 + uint32(bytes, at + 12) : size32 === 0 ? to - at : size32;
    const header = wide ? 16 : 8;
    if (size < header) return { list, whole: false };
    const end = at + size;
    list.push({ type: latin1(bytes, at + 4, 4), start: at + header, end: Math.min(end, to) });
    if (end > to) return { list, whole: false };
    at = end;
  }
  return { list, whole: true };
}

/** Boxes inside the first box of a type; `skip` is the length of that box's own fields. */
const inside = (bytes: Uint8Array, parents: readonly Box[], type: string, skip: number): readonly Box[] => {
  const parent = parents.find((box) => box.type === type);
  return parent === undefined ? [] : boxes(bytes, parent.start + skip, parent.end).list;
};

/**
 * Reads the properties of an AVIF or HEIC file (ISO 23008-12). Its turning (`irot`, `imir`) is part of decoding, so the
 * orientation here is always upright, and the EXIF tag must not be applied again. Never throws.
 */
export function readHeif(bytes: Uint8Array): PictureMetadata {
  const top = boxes(bytes, 0, bytes.length);
  const meta = inside(bytes, top.list, 'meta', 4);
  const properties = inside(bytes, inside(bytes, meta, 'iprp', 0), 'ipco', 0);
  // The primary picture is the largest of the sizes: a grid's tiles, thumbnails and depth maps are smaller.
  const largest = properties
    .filter((box) => box.type === 'ispe')
    .map((box) => ({ width: uint32(bytes, box.start + 4), height: uint32(bytes, box.start + 8) }))
    .reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best), {
      width: 0,
      height: 0,
    });
  const exif = exifBlock(bytes);
  return {
    ...UNKNOWN_METADATA,
    ...largest,
    ...colourOf(bytes, properties),
    bitsPerChannel: Math.max(
      8,
      ...properties.filter((box) => box.type === 'pixi').map((box) => uint8(bytes, box.start + 5)),
    ),
    mayHaveAlpha: properties.some(
      (box) => box.type === 'auxC' && indexOfAscii(bytes.subarray(box.start, box.end), 'alpha') >= 0,
    ),
    animated: top.list.some((box) => box.type === 'moov'),
    removable: { location: exif !== undefined && readExif(exif).hasLocation, other: exif !== undefined },
    complete:
      (top.whole || !/^(?:[im]dat|meta|moov)$/.test(top.list.at(-1)?.type ?? '')) &&
      properties.length > 0 &&
      [...top.list, ...meta].some((box) => /^[im]dat$/.test(box.type)),
  };
}

/** The TIFF bytes of the EXIF item, found by its header: the item's place is told through two more tables. */
function exifBlock(bytes: Uint8Array): Uint8Array | undefined {
  for (let at = indexOfAscii(bytes, EXIF); at >= 0; at = indexOfAscii(bytes, EXIF, at + 1)) {
    const tiff = at + EXIF.length;
    if (hasAscii(bytes, tiff, 'II*\x00') || hasAscii(bytes, tiff, 'MM\x00*')) return bytes.subarray(tiff);
  }
  return undefined;
}

/** Colour primaries of sRGB, of what is not said, and of Display P3 (ITU-T H.273, table 2). */
const [SRGB_PRIMARIES, UNSAID_PRIMARIES, P3_PRIMARIES] = [1, 2, 12];

/** Colours by the `colr` property: an ICC profile when there is one, else the code of the primaries. */
function colourOf(bytes: Uint8Array, properties: readonly Box[]): Pick<PictureMetadata, 'colour' | 'profile'> {
  const colours = properties.filter((box) => box.type === 'colr');
  const embedded = colours.find((box) => /^(?:prof|rICC)$/.test(latin1(bytes, box.start, 4)));
  if (embedded !== undefined) {
    const profile = bytes.subarray(embedded.start + 4, embedded.end);
    return { colour: storedColour(profile), profile };
  }
  const coded = colours.find((box) => hasAscii(bytes, box.start, 'nclx'));
  const primaries = coded === undefined ? UNSAID_PRIMARIES : uint16(bytes, coded.start + 4);
  if (primaries === P3_PRIMARIES) return { colour: 'display-p3', profile: undefined };
  const isSrgb = primaries === SRGB_PRIMARIES || primaries === UNSAID_PRIMARIES;
  return { colour: isSrgb ? 'srgb' : 'unknown-profile', profile: undefined };
}
