import type { Detection } from '#shared/face.ts';
import type { Orientation } from '#shared/geometry/orientation.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import type { Result } from '#shared/result.ts';
import type { HandedOver } from './handed-over.ts';
import { type ParseFailure, parseDetection } from './parse-detection.ts';

/** A picture that an answer came with. */
type AnsweredPicture = {
  /** Upright size of what is shown, in pixels, and its EXIF orientation. */
  readonly size: Size;
  readonly orientation: Orientation;
  readonly handedOver?: HandedOver | undefined;
};

/**
 * Reads an answer that came as a file beside its picture. Such a file is most often about the person's own file, in its
 * pixels and as its program turned it, and not about the copy that would be sent: it is read against both, and the one
 * that it fits counts. Always the same for the same picture, as when it is opened again.
 */
export function parseSavedDetection(
  body: unknown,
  { size, orientation, handedOver }: AnsweredPicture,
): Result<Detection, ParseFailure> {
  const ofSent = parseDetection(body, size, orientation);
  if (handedOver === undefined || !ofSent.ok || ofSent.value.warnings.length === 0) return ofSent;
  const ofFile = parseDetection(body, handedOver.size, handedOver.orientation);
  return ofFile.ok && ofFile.value.warnings.length <= ofSent.value.warnings.length ? ofFile : ofSent;
}
