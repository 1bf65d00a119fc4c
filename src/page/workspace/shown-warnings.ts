import type { EngineName } from '#contract/routes.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { Detection } from '#shared/face.ts';

/**
 * What a person should know before trusting the boxes. What is said of a picture itself is about the live service's
 * limits: our own engine has none of them, and a warning over its right answer would be false.
 */
export const shownWarnings = (
  engine: EngineName,
  picture: Pick<Picture, 'warnings'>,
  detection: Pick<Detection, 'warnings'> | undefined,
): readonly string[] => [...(engine === 'kling' ? picture.warnings : []), ...(detection?.warnings ?? [])];
