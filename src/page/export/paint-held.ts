import { paintInWorker } from '#page/painting/paint-in-worker.ts';
import type { Painted, PaintFailure, PaintTask } from '#page/painting/protocol.ts';
import type { Original, Picture } from '#page/pictures/work-store.ts';
import { toast } from '#page/platform/notices.ts';
import { formatSize } from '#shared/format-measures.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { assertNever } from '#shared/result.ts';
import type { PixelChoice } from './export-item.ts';
import { ExportError, type ExportJob } from './export-job.ts';

/** The original cannot be painted from, in a sentence; what was sent still can. */
export class OriginalError extends ExportError {}

/** The original, where it is chosen and still held. */
const originalIn = (picture: Picture, choice: PixelChoice): Original | undefined =>
  choice === 'sent' ? undefined : picture.original;

/** The size in pixels of what is painted from. */
export const paintedSize = (picture: Picture, choice: PixelChoice): Size =>
  (originalIn(picture, choice) ?? picture).size;

/**
 * Paints from the picture's chosen pixels; plans are in pixels of `paintedSize`. Throws an `ExportError` in words, an
 * `OriginalError` when it is for the original that it failed, and what `signal` says when it is cancelled.
 */
export async function paintHeld(
  picture: Picture,
  choice: PixelChoice,
  task: PaintTask,
  signal: AbortSignal,
): Promise<Painted> {
  const original = originalIn(picture, choice);
  const outcome = await paintInWorker(original ?? picture.blob, task, signal);
  if (outcome.ok) {
    const { shrunkTo } = outcome.value;
    if (shrunkTo !== undefined) {
      toast({
        title: `${picture.name} was saved smaller`,
        text: `This browser cannot paint ${picture.size.width} × ${picture.size.height} px at once, so it became ${shrunkTo.width} × ${shrunkTo.height} px. A browser on a computer saves it in full; SVG and data are not affected.`,
      });
    }
    return outcome.value;
  }
  signal.throwIfAborted();
  throw original === undefined
    ? new ExportError(failureMessage(picture.name, outcome.error))
    : new OriginalError(originalFailureMessage(picture.name, original, outcome.error));
}

const failureMessage = (name: string, failure: PaintFailure): string =>
  failure === 'code-missing'
    ? `A part of Facebound that saving ${name} needs could not be loaded. Check the connection, or reload the page.`
    : failure === 'not-decodable'
      ? `This browser cannot decode ${name}. Its data can still be saved as JSON, CSV, COCO, YOLO or VOC.`
      : `${name} is too large for this browser’s memory. Close other tabs, or try on a computer.`;

function originalFailureMessage(name: string, { size }: Original, failure: PaintFailure): string {
  switch (failure) {
    case 'unreadable':
    case 'not-decodable':
    case 'cancelled':
      return `The original of ${name} can no longer be read: it was moved, changed or deleted after it was added.`;
    case 'code-missing':
      return failureMessage(name, failure);
    case 'too-large':
      return `This browser cannot paint the ${formatSize(size, 'sentence')} of ${name} at once. A browser on a computer can.`;
    case 'no-memory':
      return `The ${formatSize(size, 'sentence')} of ${name} are too many for this browser’s memory. Close other tabs, or try on a computer.`;
    default:
      return assertNever(failure);
  }
}

/** The same failure with the offer to save what was sent. */
export const asSentInstead = ({ message }: OriginalError, job: ExportJob): ExportError =>
  new ExportError(message, { label: 'Save as sent', job });
