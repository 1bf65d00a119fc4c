import { MAX_DECODED_PIXELS, MAX_INTAKE_BYTES, MIN_ASSET_SIDE } from '#contract/limits.ts';
import { formatBytes, formatMegapixels, formatSize } from '#shared/format-measures.ts';
import { FORMAT_NAMES, type OtherKind } from '#shared/formats/format.ts';
import { assertNever } from '#shared/result.ts';
import type { IntakeFailure, UnreadKind } from './intake-failure.ts';

/** What happened, why, and what to do about it. */
export type IntakeFailureMessage = { readonly title: string; readonly cause: string; readonly cure: string };

const OTHER_KINDS: Readonly<Record<OtherKind, IntakeFailureMessage>> = {
  svg: {
    title: 'This is a drawing, not a photograph',
    cause: 'SVG files hold shapes and can hold scripts, so they are not taken.',
    cure: 'Export it as PNG or JPEG and drop that.',
  },
  pdf: {
    title: 'This is a PDF document',
    cause: 'Faces are looked for in pictures only.',
    cure: 'Take a screenshot of the page, or export it as JPEG, and drop that.',
  },
  html: {
    title: 'This is a web page, not a picture',
    cause: 'A page that was saved holds only the addresses of its pictures.',
    cure: 'Open the picture itself, save it, and drop that file.',
  },
  text: {
    title: 'This is a text file, not a picture',
    cause: 'Its content is text, whatever its name says.',
    cure: 'Drop a picture: JPEG, PNG, WebP, HEIC and others are taken.',
  },
  zip: {
    title: 'This is a ZIP file',
    cause: 'Archives and office documents are not opened here.',
    cure: 'Unpack it and drop the pictures or their folder.',
  },
  archive: {
    title: 'This is a packed archive',
    cause: 'Archives are not opened here.',
    cure: 'Unpack it and drop the pictures or their folder.',
  },
  video: {
    title: 'This is a video',
    cause: 'Faces are looked for in still pictures only.',
    cure: 'Pause it at a good moment, take a screenshot and paste that.',
  },
  audio: {
    title: 'This is a sound file',
    cause: 'There is no picture in it to look at.',
    cure: 'Drop a picture: JPEG, PNG, WebP, HEIC and others are taken.',
  },
  photoshop: {
    title: 'This is a Photoshop file',
    cause: 'Its layers cannot be read here.',
    cure: 'Export it as JPEG or PNG and drop that.',
  },
  'camera-raw': {
    title: 'This is a camera raw file',
    cause: 'It holds what the sensor saw, before it becomes a picture.',
    cure: 'Export it from your photo program as JPEG and drop that.',
  },
  'big-tiff': {
    title: 'This is a BigTIFF file',
    cause: 'It is laid out for pictures of gigabytes, which are not read here.',
    cure: 'Save it as an ordinary TIFF, PNG or JPEG and drop that.',
  },
  unknown: {
    title: 'This is not a picture that we know',
    cause: 'Its first bytes match no picture format.',
    cure: 'Open it in a picture viewer, save it as JPEG or PNG, and drop that.',
  },
};

/** What would come out as noise, by what it is. */
const UNREAD_KINDS: Readonly<Record<UnreadKind, string>> = {
  lab: 'Its colours are stored as Lab, which is for printing and not read here.',
  'floating-point':
    'Its brightness is stored as numbers beyond white (floating point), which can be shown in many ways.',
  signed: 'Its brightness is stored as numbers below zero, which can be shown in many ways.',
  colours: 'Its colours are stored in a way that is not read here.',
  bits: 'It has a number of bits a channel that is not read here.',
  compression: 'It is compressed in a way that is not read here.',
};

/** The words for a failure: short, without blame, numbers with units. */
export function intakeFailureMessage(failure: IntakeFailure): IntakeFailureMessage {
  switch (failure.code) {
    case 'not-a-picture':
      return OTHER_KINDS[failure.what];
    case 'empty':
      return {
        title: 'This file is empty',
        cause: 'It holds 0 bytes; a download or a copy may have stopped early.',
        cure: 'Get the picture again and drop the new file.',
      };
    case 'truncated':
      return {
        title: 'This picture is cut off',
        cause: `The ${FORMAT_NAMES[failure.format]} file ends before its picture does; a download or a copy may have stopped early.`,
        cure: failure.isUsable
          ? 'Get the picture again, or use what is there of it.'
          : 'Get the picture again and drop the new file.',
      };
    case 'broken':
      return {
        title: 'This picture is damaged',
        cause: `It begins like ${FORMAT_NAMES[failure.format]}, but its picture cannot be decoded.`,
        cure: 'Try another copy, or open it in a picture viewer and save it again.',
      };
    case 'too-many-bytes':
      return {
        title: 'This file is too large',
        cause: `It has ${formatBytes(failure.bytes)}; up to ${formatBytes(MAX_INTAKE_BYTES)} can be read here.`,
        cure: 'Save a smaller version and drop that.',
      };
    case 'too-many-pixels':
      return {
        title: 'This picture has too many pixels',
        cause: `It is ${formatSize(failure, 'sentence')} (${formatMegapixels(failure)} megapixels); up to ${MAX_DECODED_PIXELS / 1e6} megapixels can be opened safely.`,
        cure: 'Shrink it in a picture program, or cut out the part with the faces.',
      };
    case 'too-small':
      return {
        title: 'This picture is too small',
        cause: `It is ${formatSize(failure, 'sentence')}; the service needs at least ${MIN_ASSET_SIDE} pixels on each side.`,
        cure: 'Use a larger version of it, or enlarge it here.',
      };
    case 'too-narrow':
      return {
        title: 'This picture is too long and narrow',
        cause: `It is ${formatSize(failure, 'sentence')}; made small enough to send, its short side falls below ${MIN_ASSET_SIDE} pixels.`,
        cure: 'Cut out the part with the faces and drop that.',
      };
    case 'not-decodable':
      return {
        title: `${FORMAT_NAMES[failure.format]} cannot be opened here`,
        cause:
          failure.kind === undefined
            ? 'It is damaged, or of a kind that neither this browser nor this page can decode.'
            : UNREAD_KINDS[failure.kind],
        cure: 'Save it as JPEG or PNG and drop that.',
      };
    case 'unreadable-file':
      return {
        title: 'This file could not be read',
        cause: 'It was moved, changed or locked after it was chosen.',
        cure: 'Choose it again.',
      };
    case 'nothing-to-load':
      return failure.via === 'drop'
        ? {
            title: 'There is no picture in it',
            cause: 'It held neither a picture file nor the address of one.',
            cure: 'Drop a picture file, a folder of them, or a picture from another page.',
          }
        : {
            title: 'There is no picture in it',
            cause: 'It holds neither a picture nor the address of one.',
            cure: 'Copy a picture, or its address, and paste again.',
          };
    case 'sample-unreachable':
      return {
        title: 'The sample did not load',
        cause: 'The server did not answer with it.',
        cure: 'Check that the server is still running, then try again.',
      };
    case 'preparation-failed':
      return {
        title: 'This picture could not be prepared',
        cause: 'The browser stopped working on it, most likely for want of memory.',
        cure: 'Close other tabs and try again, or use a smaller version.',
      };
    case 'code-missing':
      return {
        title: 'This picture could not be prepared',
        cause:
          'A part of Facebound that it needs could not be loaded: there is no connection, or Facebound was updated.',
        cure: 'Try again when the connection is back. If that does not help, reload the page.',
      };
    case 'unexpected':
      return {
        title: 'This picture could not be prepared',
        cause: `That is a mistake in Facebound, not in your file: “${failure.message}”.`,
        cure: 'Reload the page and try again. If it happens again, please report it with these words.',
      };
    case 'cancelled':
      return { title: 'Cancelled', cause: 'You stopped it.', cure: 'Add the picture again when you want it.' };
    default:
      return assertNever(failure);
  }
}

/** A title behind the name of the file that it is about: "a.heic: HEIC cannot be opened here". */
export function titleAfterName(name: string, title: string): string {
  // Names such as HEIC and WebP stay as they are written.
  const isWord = /^\p{Lu}\p{Ll}*(?!\p{L})/u.test(title);
  return `${name}: ${isWord ? title.charAt(0).toLowerCase() + title.slice(1) : title}`;
}
