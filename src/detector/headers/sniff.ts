import { FORMAT_NAMES, type OtherKind, PICTURE_TYPES, type PictureFormat, sniff } from '#shared/formats/format.ts';
import { latin1 } from './read-bytes.ts';

/** Formats that the detector decodes. The page takes more of them, and sends those as JPEG or PNG. */
const DETECTED = ['png', 'jpeg', 'webp', 'gif', 'avif'] as const;
type DetectedFormat = (typeof DETECTED)[number];

/** Picture types that are decoded here. Drawings that can hold script (SVG) are not among them. */
export type PictureType = (typeof PICTURE_TYPES)[DetectedFormat];
/** Types of all pictures that are known by their first bytes. */
export type KnownPictureType = (typeof PICTURE_TYPES)[PictureFormat];

/** How many first bytes decide what something is: enough for the drawing behind a row of comments. */
export const SNIFF_BYTES = 512;

/** Whether pictures of this type are decoded here. */
export const isDetected = (type: KnownPictureType): type is PictureType =>
  DETECTED.some((format) => PICTURE_TYPES[format] === type);

const formatOf = (bytes: Uint8Array): PictureFormat | undefined => {
  const sniffed = sniff(bytes.subarray(0, SNIFF_BYTES));
  return sniffed.kind === 'picture' ? sniffed.format : undefined;
};

/** The type of a picture that is decoded here, by its first bytes, whatever a header or a name says. */
export function sniffPicture(bytes: Uint8Array): PictureType | undefined {
  const format = formatOf(bytes);
  const detected = DETECTED.find((known) => known === format);
  return detected === undefined ? undefined : PICTURE_TYPES[detected];
}

/** The type of any picture that the page knows, decoded here or not. */
export function sniffAnyPicture(bytes: Uint8Array): KnownPictureType | undefined {
  const format = formatOf(bytes);
  return format === undefined ? undefined : PICTURE_TYPES[format];
}

const OTHER_WORDS: Readonly<Record<OtherKind, string>> = {
  svg: 'an SVG drawing',
  html: 'a web page',
  pdf: 'a PDF document',
  text: 'text',
  zip: 'a ZIP file',
  archive: 'a packed archive',
  video: 'a video',
  audio: 'a sound file',
  photoshop: 'a Photoshop file',
  'camera-raw': 'a camera raw file',
  'big-tiff': 'a BigTIFF file',
  unknown: 'another kind of file',
};

/** What bytes seem to be, in words that follow "answered with". */
export function describeContent(bytes: Uint8Array): string {
  if (bytes.byteLength === 0) return 'nothing';
  const start = latin1(bytes, 0, SNIFF_BYTES).trimStart().toLowerCase();
  const sniffed = sniff(bytes.subarray(0, SNIFF_BYTES));
  if (sniffed.kind === 'picture') return `a ${FORMAT_NAMES[sniffed.format]} picture`;
  if (sniffed.what === 'text' && /^[[{]/.test(start)) return 'data (JSON)';
  // A page may begin with a script or with comments that are longer than what is looked at.
  return sniffed.what === 'text' && /^<(?:script|!--)/.test(start) ? OTHER_WORDS.html : OTHER_WORDS[sniffed.what];
}
