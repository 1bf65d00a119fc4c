import { FACE_DETAILS, FACE_POSE_ARGUMENT, FACE_SCORE_ARGUMENT, facePoseValue } from '#contract/recognize-faces.ts';
import type { EngineName } from '#contract/routes.ts';
import type { Detection, Face } from '#shared/face.ts';
import { asJson, asNumber } from '#shared/lenient.ts';

/** What the page asks an engine for beside the vendor's reply, as it stands in the address; empty at Kling. */
export const askedDetails = (engine: EngineName): string => (engine === 'embedded' ? FACE_DETAILS.join(',') : '');

/** Score and pose of a face from its arguments, as far as they can be read. */
export function readFaceDetails(args: Face['args']): Pick<Face, 'score' | 'pose'> {
  const sent = (name: string): unknown => args.find((argument) => argument.name === name)?.value;
  const score = asNumber(sent(FACE_SCORE_ARGUMENT));
  const pose = sent(FACE_POSE_ARGUMENT);
  return {
    score: score !== undefined && score >= 0 && score <= 1 ? score : undefined,
    pose: facePoseValue.safeParse(typeof pose === 'string' ? asJson(pose) : pose).data,
  };
}

/**
 * A remembered answer with a word about the detector that gave it where that is not today's: `isOfAnother`, or it told no
 * scores, as the first ones.
 */
export function noteEarlierDetector(detection: Detection, engine: EngineName, isOfAnother: boolean): Detection {
  if (engine !== 'embedded') return detection;
  const told = detection.faces.every(({ score }) => score !== undefined);
  if (told && !isOfAnother) return detection;
  const warning = told
    ? 'An earlier version of the detector found these faces. Detect again asks the one of today.'
    : 'An earlier version of the detector found these faces. It did not tell how sure it was. Detect again asks the one of today.';
  return { ...detection, warnings: [...detection.warnings, warning] };
}
