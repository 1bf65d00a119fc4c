import { UNSURE_BELOW } from '#contract/recognize-faces.ts';
import type { Face } from '#shared/face.ts';

/** True when the detector tells that it is not sure of a face. Of what tells no score nothing is said. */
export const isUnsure = ({ score }: Face): boolean => score !== undefined && score < UNSURE_BELOW;

/** Whether scores are told at all: by the embedded engine, and not by earlier versions of it. */
export const tellScores = (faces: readonly Face[]): boolean => faces.some(({ score }) => score !== undefined);
