import * as z from 'zod/mini';
import { MIB } from './limits.ts';
import { ENGINE_NAMES } from './routes.ts';

/**
 * A saved result: a ZIP with `manifest.json`, the pictures as they were sent, the raw responses and the crops that the
 * service sent. It holds no token and no account. What is read may come from anybody, so everything has a limit.
 */

export const SAVED_RESULT_FORMAT = 'facebound-replay';
export const SAVED_RESULT_MANIFEST = 'manifest.json';
/** What was checked of the pictures in it, where anything was. Unread by versions that came before it. */
export const SAVED_RESULT_CHECK = 'check.json';
export const SAVED_RESULT_ENDING = '.facebound.zip';

/** Most files in a saved result. Ours: 200 crowds with every crop. */
export const MAX_SAVED_RESULT_ENTRIES = 50_000;
/** Largest manifest, in bytes unpacked. */
export const MAX_SAVED_RESULT_MANIFEST_BYTES = 16 * MIB;
/** Largest check, in bytes unpacked: the verdicts of some hundred thousand faces. */
export const MAX_SAVED_RESULT_CHECK_BYTES = 64 * MIB;
/** Largest response, in bytes unpacked: tens of thousands of faces. */
export const MAX_SAVED_RESULT_RESPONSE_BYTES = 16 * MIB;
/** Largest crop, in bytes unpacked. */
export const MAX_SAVED_RESULT_CROP_BYTES = 8 * MIB;
/** Everything unpacked, in bytes. Ours: it is held by the tab. */
export const MAX_SAVED_RESULT_BYTES = 2048 * MIB;

/** Types of pictures in a saved result: what a browser decodes as a bitmap. SVG is not among them, it can hold more. */
export const SAVED_RESULT_PICTURE_TYPES = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/bmp',
] as const;

const entryName = z.string().check(z.minLength(1), z.maxLength(300));
const sentences = z.array(z.string().check(z.maxLength(2000))).check(z.maxLength(100));
const webAddress = z.url({ protocol: /^https?$/ }).check(z.maxLength(8192));

const source = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('file'),
    via: z.enum(['drop', 'browse', 'paste', 'link', 'sample']),
    /** The link that it is a copy of. */
    url: z.optional(webAddress),
  }),
  z.object({ kind: z.literal('link'), url: webAddress }),
]);

/** Files that hold replies without the calls that they answered, or boxes that are shown as one. */
export const RESPONSE_FILES = ['coco', 'response', 'yolo', 'pascal-voc', 'csv'] as const;
export type ResponseFile = (typeof RESPONSE_FILES)[number];

const savedPicture = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(1000)),
  file: entryName,
  type: z.enum(SAVED_RESULT_PICTURE_TYPES),
  /** SHA-256 of the picture's bytes, hex. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** EXIF orientation of the file. */
  orientation: z.int().check(z.minimum(1), z.maximum(8)),
  /**
   * The file that the picture was made from: its path in a dropped folder, upright size in pixels, EXIF orientation and
   * digest. Not known of every picture, and unread by versions that came before it.
   */
  original: z.catch(
    z.optional(
      z.object({
        path: z.optional(z.string().check(z.minLength(1), z.maxLength(4096))),
        width: z.int().check(z.minimum(1), z.maximum(1_000_000)),
        height: z.int().check(z.minimum(1), z.maximum(1_000_000)),
        orientation: z.int().check(z.minimum(1), z.maximum(8)),
        sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      }),
    ),
    undefined,
  ),
  notes: sentences,
  concerns: sentences,
  source,
  engine: z.enum(ENGINE_NAMES),
  imageReference: z.string().check(z.maxLength(8192)),
  response: z.object({
    file: entryName,
    method: z.enum(['GET', 'POST', 'DELETE']),
    path: z.string().check(z.maxLength(2000)),
    status: z.optional(z.int().check(z.minimum(100), z.maximum(599))),
    durationMs: z.number().check(z.minimum(0), z.maximum(1e9)),
    requestId: z.optional(z.string().check(z.maxLength(200))),
    /** Where the response was read when no call is known: a COCO document, or a bare response and all other boxes. */
    readFrom: z.optional(z.enum(['coco', 'response'])),
    /** The same more exactly. Unread by versions that came before it. */
    boxesFrom: z.catch(z.optional(z.enum(RESPONSE_FILES)), undefined),
  }),
  /** The service's crops that could be saved, by the address that the response names. */
  crops: z
    .array(z.object({ url: webAddress, file: entryName, type: z.enum(SAVED_RESULT_PICTURE_TYPES) }))
    .check(z.maxLength(20_000)),
});

export const savedResultManifest = z.object({
  format: z.literal(SAVED_RESULT_FORMAT),
  version: z.literal(1),
  pictures: z.array(savedPicture).check(z.minLength(1), z.maxLength(2000)),
  /** The file of verdicts, an optional part. */
  check: z.catch(z.optional(entryName), undefined),
});

export type SavedResultManifest = z.infer<typeof savedResultManifest>;
export type SavedPicture = z.infer<typeof savedPicture>;

/** What a manifest says of where a response was read, for versions that know two kinds of files and for this one. */
export const toldFile = (file: ResponseFile | undefined): Pick<SavedPicture['response'], 'readFrom' | 'boxesFrom'> =>
  file === undefined
    ? {}
    : {
        readFrom: file === 'coco' ? 'coco' : 'response',
        ...(file === 'coco' || file === 'response' ? {} : { boxesFrom: file }),
      };

/** The same as it is read: undefined where a call is known. */
export const fileTold = ({
  readFrom,
  boxesFrom,
}: Pick<SavedPicture['response'], 'readFrom' | 'boxesFrom'>): ResponseFile | undefined =>
  readFrom === undefined ? undefined : (boxesFrom ?? readFrom);
