import { MAX_DECODED_PIXELS, MAX_INTAKE_BYTES } from '#contract/limits.ts';
import { letGo } from '#page/platform/let-go.ts';
import { type PictureFormat, SNIFF_LENGTH, sniff } from '#shared/formats/format.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { readPicture } from '../formats/read-picture.ts';
import { isCameraRaw } from '../formats/tiff.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import type { PictureMetadata } from '../model/picture-metadata.ts';
import { mend } from './mend.ts';

/** A file that was recognised and read, but not decoded. */
export type OpenedFile = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: PictureFormat;
  readonly metadata: PictureMetadata;
};

/**
 * Recognises and reads a file. What is no picture or too large in bytes or in pixels is refused here, before anything is
 * decoded; what ends too early is mended as far as it goes. `onRead` gets the share that is read, 0 to 1.
 */
export async function openFile(
  file: Blob,
  onRead: (share: number) => void,
): Promise<Result<OpenedFile, IntakeFailure>> {
  if (file.size > MAX_INTAKE_BYTES) return err({ code: 'too-many-bytes', bytes: file.size });
  const head = await readBytes(file.slice(0, SNIFF_LENGTH), () => {});
  if (!head.ok) return head;
  if (head.value.length === 0) return err({ code: 'empty' });
  const sniffed = sniff(head.value);
  if (sniffed.kind === 'other') return err({ code: 'not-a-picture', what: sniffed.what });
  const whole = await readBytes(file, onRead);
  if (!whole.ok) return whole;
  return check(whole.value, sniffed.format);
}

async function check(
  bytes: Uint8Array<ArrayBuffer>,
  format: PictureFormat,
): Promise<Result<OpenedFile, IntakeFailure>> {
  if (format === 'tiff' && isCameraRaw(bytes)) return err({ code: 'not-a-picture', what: 'camera-raw' });
  const read = readPicture(bytes, format);
  const { width, height } = read;
  if (width * height > MAX_DECODED_PIXELS) return err({ code: 'too-many-pixels', width, height });
  if (width === 0 || height === 0) {
    return err(read.complete ? { code: 'broken', format } : { code: 'truncated', format, isUsable: false });
  }
  return ok({ bytes, format, metadata: read.complete ? read : await mend(bytes, format, read) });
}

/** Reading is told in steps of this share: more would be work for the page and no news for a person. */
const TELL_EVERY = 0.2;

/** A file that was moved or locked since it was chosen, or a folder that came as a file, fails while it is read. */
async function readBytes(
  blob: Blob,
  onRead: (share: number) => void,
): Promise<Result<Uint8Array<ArrayBuffer>, IntakeFailure>> {
  const bytes = new Uint8Array(blob.size);
  let at = 0;
  let told = 0;
  // Read by hand: streams cannot be iterated in Safari before 27. Only the reading itself is the file's to fail.
  const reader = blob.stream().getReader();
  for (;;) {
    const read = await reader.read().catch(() => undefined);
    if (read === undefined) return err({ code: 'unreadable-file' });
    if (read.done) return ok(bytes);
    bytes.set(read.value, at);
    at += read.value.length;
    letGo(read.value);
    const share = at / bytes.length;
    if (share < 1 && share - told < TELL_EVERY) continue;
    told = share;
    onRead(share);
  }
}
