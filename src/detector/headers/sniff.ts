import { latin1 } from './read-bytes.ts';

/** Picture types that we recognise by their first bytes. Drawings that can hold script (SVG) are not among them. */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif' | 'image/avif';

/** How many first bytes `sniffPicture` wants to see. */
export const SNIFF_BYTES = 32;

/** The picture's type by its first bytes, whatever a header or a name says; undefined for anything else. */
export function sniffPicture(bytes: Uint8Array): PictureType | undefined {
  if (latin1(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (latin1(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (latin1(bytes, 0, 4) === 'RIFF' && latin1(bytes, 8, 12) === 'WEBP') return 'image/webp';
  if (/^GIF8[79]a$/.test(latin1(bytes, 0, 6))) return 'image/gif';
  if (latin1(bytes, 4, 8) === 'ftyp' && /^avi[fs]$/.test(latin1(bytes, 8, 12))) return 'image/avif';
  return undefined;
}

/** What may stand before a drawing's first element, with what ends it. */
const PROLOGUE = [
  ['<?xml', '>'],
  ['<!--', '-->'],
  ['<!doctype svg', '>'],
] as const;

/** The text from its first element on. A loop: a pattern tries every way to divide comments among comments. */
function afterPrologue(text: string): string {
  for (let rest = text; ; ) {
    const part = PROLOGUE.find(([begin]) => rest.startsWith(begin));
    const end = part === undefined ? -1 : rest.indexOf(part[1]);
    if (part === undefined || end < 0) return rest;
    rest = rest.slice(end + part[1].length).trimStart();
  }
}

/** What bytes that are no picture of ours seem to be, in words that follow "answered with". */
export function describeContent(bytes: Uint8Array): string {
  const start = latin1(bytes, 0, 512).trimStart().toLowerCase();
  if (bytes.byteLength === 0) return 'nothing';
  if (afterPrologue(start).startsWith('<svg')) return 'an SVG drawing';
  if (/^(<!doctype html|<html|<head|<body|<script|<!--)/.test(start)) return 'a web page';
  if (start.startsWith('%pdf')) return 'a PDF document';
  if (/^[[{]/.test(start)) return 'data (JSON)';
  if (/^....ftyp(heic|heix|mif1|msf1)/s.test(start)) return 'a HEIC picture';
  return 'another kind of file';
}
