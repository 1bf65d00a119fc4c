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

/** A remembered answer with a word about scores where an earlier version of the embedded engine told none. */
export function noteMissingScores(detection: Detection, engine: EngineName): Detection {
  const isEarlier = engine === 'embedded' && detection.faces.some(({ score }) => score === undefined);
  if (!isEarlier) return detection;
  const warning = 'An earlier version of the detector found these faces. It did not tell how sure it was.';
  return { ...detection, warnings: [...detection.warnings, warning] };
}
