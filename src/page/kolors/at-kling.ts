import type { HandOffFace } from '#page/place/place-store.ts';
import type { Detection, Face, FaceId } from '#shared/face.ts';
import type { Failure } from '#shared/failure.ts';
import { type FaceMatch, matchFace } from '#shared/geometry/match-face.ts';
import { iou, rescale } from '#shared/geometry/rect.ts';
import type { KlingCrop, KlingFace } from './model/kolors-request.ts';

/** Where the chosen face's picture stands at Kling. */
export type AtKling =
  | { readonly state: 'no-token' }
  /** Another engine found the face, and nobody has agreed to send the picture yet. */
  | { readonly state: 'not-sent' }
  | { readonly state: 'working'; readonly words: string; readonly progress: number | undefined }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'done'; readonly imageReference: string; readonly detection: Detection };

/** What Kling makes of the chosen face, and what of that a request may carry. */
export type KlingView = {
  readonly match: FaceMatch;
  /** Undefined until there is exactly one face that is meant. */
  readonly klingFace: (KlingFace & { readonly face: Face }) | undefined;
  /** True when a person pointed the face out, because no box matched. */
  readonly byHand: boolean;
};

/** Two boxes that are the same but for rounding. */
const IDENTICAL_IOU = 0.99;

/** Finds the chosen face in Kling's reply; `pointedOut` is a person's choice where no box matches. */
export function lookAtKling(
  target: HandOffFace,
  atKling: AtKling,
  pointedOut: FaceId | undefined,
): KlingView | undefined {
  if (atKling.state !== 'done') return undefined;
  const { detection, imageReference } = atKling;
  const match = sameFaceOf(target, detection) ?? matchFace(target.face.bound, target.size, detection);
  const byHand = match.kind === 'unmatched' ? detection.faces.find(({ id }) => id === pointedOut) : undefined;
  const face = match.kind === 'matched' ? match.face : byHand;
  return {
    match,
    klingFace: face === undefined ? undefined : { imageReference, faceNo: face.faceNo, face },
    byHand: byHand !== undefined,
  };
}

/** The crop of a face that was drawn, once it lies at Kling: whatever Kling counts in it, it is asked for as a whole. */
export const cropAtKling = (atKling: AtKling): KlingCrop | undefined =>
  atKling.state === 'done' ? { imageReference: atKling.imageReference } : undefined;

/** A face that Kling itself found keeps its number, even beside another with the same box. */
function sameFaceOf({ engine, face, size }: HandOffFace, detection: Detection): FaceMatch | undefined {
  if (engine !== 'kling') return undefined;
  const same = detection.faces.find(({ id }) => id === face.id);
  if (same === undefined) return undefined;
  const overlap = iou(rescale(face.bound, size, detection.size), same.bound);
  return overlap >= IDENTICAL_IOU ? { kind: 'matched', face: same, iou: overlap } : undefined;
}
