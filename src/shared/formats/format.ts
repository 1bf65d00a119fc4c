import { hasAscii, latin1, uint8, uint16, uint32 } from './bytes.ts';

/** Picture formats that are recognised by their first bytes. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'bmp' | 'tiff' | 'heic' | 'jxl' | 'jp2';

/** What a file is when it is not a picture that can be detected on; each has its own sentence. */
export type OtherKind =
  | 'svg'
  | 'pdf'
  | 'html'
  | 'text'
  | 'zip'
  | 'archive'
  | 'video'
  | 'audio'
  | 'photoshop'
  | 'camera-raw'
  | 'big-tiff'
  | 'unknown';

export type Sniffed =
  | { readonly kind: 'picture'; readonly format: PictureFormat }
  | { readonly kind: 'other'; readonly what: OtherKind };

/** How many of a file's first bytes decide what it is. */
export const SNIFF_LENGTH = 4096;

const picture = (format: PictureFormat): Sniffed => ({ kind: 'picture', format });
const other = (what: OtherKind): Sniffed => ({ kind: 'other', what });

/** Names as people know them. */
export const FORMAT_NAMES: Readonly<Record<PictureFormat, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  bmp: 'BMP',
  tiff: 'TIFF',
  heic: 'HEIC',
  jxl: 'JPEG XL',
  jp2: 'JPEG 2000',
};

/** Media types (IANA), by which a browser is told what it is given. */
export const PICTURE_TYPES = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  bmp: 'image/bmp',
  tiff: 'image/tiff',
  heic: 'image/heic',
  jxl: 'image/jxl',
  jp2: 'image/jp2',
} as const satisfies Record<PictureFormat, string>;

/**
 * What a file is, by its first bytes; its name and its declared type are never asked, because both are often wrong
 * or missing (HEIC has no type in most browsers).
 */
export function sniff(head: Uint8Array): Sniffed {
  if (uint8(head, 0) === 0xff && uint8(head, 1) === 0xd8 && uint8(head, 2) === 0xff) return picture('jpeg');
  if (hasAscii(head, 0, '\x89PNG\r\n\x1a\n')) return picture('png');
  if (hasAscii(head, 0, 'GIF87a') || hasAscii(head, 0, 'GIF89a')) return picture('gif');
  if (hasAscii(head, 0, 'RIFF')) return sniffRiff(head);
  if (hasAscii(head, 4, 'ftyp')) return sniffFileTypeBox(head);
  if (isBigTiff(head)) return other('big-tiff');
  if (isTiff(head)) return isCameraRawTiff(head) ? other('camera-raw') : picture('tiff');
  if (isBmp(head)) return picture('bmp');
  if (hasAscii(head, 0, '\x00\x00\x00\x0cJXL ') || hasAscii(head, 0, '\xff\x0a')) return picture('jxl');
  if (hasAscii(head, 0, '\x00\x00\x00\x0cjP  ') || hasAscii(head, 0, '\xff\x4f\xff\x51')) return picture('jp2');
  return other(sniffOther(head));
}

function sniffRiff(head: Uint8Array): Sniffed {
  if (hasAscii(head, 8, 'WEBP')) return picture('webp');
  if (hasAscii(head, 8, 'AVI ')) return other('video');
  return other(hasAscii(head, 8, 'WAVE') ? 'audio' : 'unknown');
}

const HEIC_BRANDS = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs', 'mif1', 'msf1']);

/** ISO 14496-12 `ftyp`: a major brand, a version, then compatible brands of four characters each. */
function sniffFileTypeBox(head: Uint8Array): Sniffed {
  const end = Math.min(uint32(head, 0), head.length, 256);
  const brands = new Set([latin1(head, 8, 4)]);
  for (let at = 16; at + 4 <= end; at += 4) brands.add(latin1(head, at, 4));
  if (brands.has('avif') || brands.has('avis')) return picture('avif');
  if (brands.has('crx ')) return other('camera-raw');
  if ([...brands].some((brand) => HEIC_BRANDS.has(brand))) return picture('heic');
  return other([...brands].some((brand) => brand.startsWith('M4A')) ? 'audio' : 'video');
}

const isTiff = (head: Uint8Array): boolean => hasAscii(head, 0, 'II*\x00') || hasAscii(head, 0, 'MM\x00*');

/** TIFF with offsets of 64 bits, for files of more than 4 GB. */
const isBigTiff = (head: Uint8Array): boolean => hasAscii(head, 0, 'II+\x00') || hasAscii(head, 0, 'MM\x00+');

/** Canon marks its raw files behind the TIFF header; the others are told apart by their directory in `tiff.ts`. */
const isCameraRawTiff = (head: Uint8Array): boolean => hasAscii(head, 8, 'CR\x02');

/** `BM` alone is also how texts begin, so the header's own length must be one that exists. */
const isBmp = (head: Uint8Array): boolean =>
  hasAscii(head, 0, 'BM') && [12, 16, 40, 52, 56, 64, 108, 124].includes(uint32(head, 14, true));

const OTHER_SIGNATURES: readonly (readonly [string, OtherKind])[] = [
  ['%PDF-', 'pdf'],
  ['PK\x03\x04', 'zip'],
  ['PK\x05\x06', 'zip'],
  ['Rar!', 'archive'],
  ['7z\xbc\xaf\x27\x1c', 'archive'],
  ['\x1f\x8b', 'archive'],
  ['BZh', 'archive'],
  ['\xfd7zXZ', 'archive'],
  ['\x1aE\xdf\xa3', 'video'],
  ['\x00\x00\x01\xba', 'video'],
  ['\x00\x00\x01\xb3', 'video'],
  ['FLV\x01', 'video'],
  ['ID3', 'audio'],
  ['OggS', 'audio'],
  ['fLaC', 'audio'],
  ['8BPS', 'photoshop'],
  ['FUJIFILMCCD-RAW', 'camera-raw'],
  ['IIRO', 'camera-raw'],
  ['IIU\x00', 'camera-raw'],
];

function sniffOther(head: Uint8Array): OtherKind {
  const signature = OTHER_SIGNATURES.find(([bytes]) => hasAscii(head, 0, bytes));
  if (signature !== undefined) return signature[1];
  const text = asText(head.subarray(0, SNIFF_LENGTH));
  if (text === undefined) return 'unknown';
  const start = afterPrologue(text.toLowerCase());
  if (/^<svg[\s>/]/.test(start)) return 'svg';
  return HTML_START.test(start) ? 'html' : 'text';
}

/** What a page without a document type begins with: the tags by which browsers know one, and those beside them. */
const HTML_START =
  /^<(?:html|head|body|title|meta|link|base|script|style|iframe|h[1-6]|div|p|a|b|br|table|font|img|main|header|nav|section|article)[\s/>]/;

/** What may stand before the first element of a document, with what ends it. */
const PROLOGUE = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<!doctype', '>'],
] as const;

/** The text from its first element on. A loop, because a pattern for this can be made to take forever. */
function afterPrologue(text: string): string {
  for (let rest = text.trimStart(); ; ) {
    const part = PROLOGUE.find(([begin]) => rest.startsWith(begin));
    if (part === undefined) return rest;
    const end = rest.indexOf(part[1]);
    if (end < 0) return '';
    // An HTML page may consist of its document type and bare text.
    if (/^<!doctype html/.test(rest)) return '<html>';
    rest = rest.slice(end + part[1].length).trimStart();
  }
}

/** The bytes as text, or nothing when they are not text: a control character, or not UTF-8 or UTF-16 with a mark. */
function asText(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return undefined;
  const mark = uint16(bytes, 0);
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  try {
    // `stream` forgives a character that the cut at the end has split.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return /\p{Cc}/u.test(text.replaceAll(/\s/g, '')) ? undefined : text;
  } catch {
    return undefined;
  }
}
