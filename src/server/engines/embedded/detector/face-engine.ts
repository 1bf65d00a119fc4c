import type { FaceBoundValue } from '#contract/recognize-faces.ts';
import type { ImagePoint, ImageRect, Size } from '#domain/geometry/spaces.ts';
import { imageRect } from '#domain/geometry/spaces.ts';
import { ok, type Result } from '#domain/result.ts';
import { LANDMARK_COUNT, LANDMARKS_SIDE, SSD_SIDE } from '../models/model-files.ts';
import { compareBounds, toBound } from './bounds.ts';
import { cutFaceCrop, cutFaceFeature } from './crops.ts';
import { type DecodeFailure, decodePicture } from './decode-picture.ts';
import type { DetectedFace, DetectionOutcome } from './detector.ts';
import { alignFace } from './face-alignment.ts';
import { findFaces, prepareSearch } from './find-faces.ts';
import { cutSquare } from './network-square.ts';
import { loadNetworks, type Networks } from './networks.ts';
import type { Pixels } from './pixels.ts';
import { takeTurns } from './take-turns.ts';

/** The detector itself, in this very process: bytes of a picture in, faces with their crops out. */
export type FaceEngine = {
  detect(bytes: Uint8Array): Promise<Result<DetectionOutcome, DecodeFailure>>;
  release(): Promise<void>;
};

/**
 * Loads and warms the detector. `threads` is for the networks alone. Calls may overlap: pictures are decoded and crops
 * encoded in the background, while the networks serve one picture after the other, in the order of the calls.
 * Throws when the models are missing.
 */
export async function createFaceEngine(options: { modelsDir: string; threads: number }): Promise<FaceEngine> {
  const networks = await loadNetworks(options.modelsDir, options.threads);
  await networks.findFaces(new Uint8Array(SSD_SIDE * SSD_SIDE * 3));
  await networks.findLandmarks(new Uint8Array(LANDMARKS_SIDE * LANDMARKS_SIDE * 3));
  const inTurn = takeTurns();
  return {
    async detect(bytes) {
      const turn = inTurn();
      try {
        const decoded = await decodePicture(bytes);
        if (!decoded.ok) return decoded;
        const { size, canvas } = decoded.value;
        const search = await prepareSearch(canvas);
        await turn.begin;
        const candidates = await findFaces(search, networks);
        const found = candidates
          .map(({ box, score }) => ({ bound: toBound(rescale(box, search.pixels, size), size), score }))
          .sort((a, b) => compareBounds(a.bound, b.bound));
        const landmarks = await findLandmarks(
          canvas,
          found.map(({ bound }) => onCanvas(bound, size, canvas)),
          networks,
        );
        turn.end();
        const faces = found.map((face, index) => cutFace(face, landmarks[index] ?? [], size, canvas));
        return ok({ ...size, faces: await Promise.all(faces) });
      } finally {
        turn.end();
      }
    },
    release: () => networks.release(),
  };
}

/** The 68 landmarks of every box, all in pixels of the canvas. */
async function findLandmarks(canvas: Pixels, boxes: readonly ImageRect[], networks: Networks): Promise<ImagePoint[][]> {
  const placement = { side: LANDMARKS_SIDE, align: 'centre', maxScale: Number.POSITIVE_INFINITY } as const;
  const faces: ImagePoint[][] = [];
  for (const square of await Promise.all(boxes.map((box) => cutSquare(canvas, box, placement)))) {
    const points = await networks.findLandmarks(square.data);
    faces.push(
      Array.from({ length: LANDMARK_COUNT }, (_, index) => {
        return square.toPicture(points[index * 2] ?? 0, points[index * 2 + 1] ?? 0);
      }),
    );
  }
  return faces;
}

async function cutFace(
  { bound, score }: { bound: FaceBoundValue; score: number },
  landmarks: readonly ImagePoint[],
  size: Size,
  canvas: Pixels,
): Promise<DetectedFace> {
  const box = onCanvas(bound, size, canvas);
  const [crop, feature] = await Promise.all([
    cutFaceCrop(canvas, box),
    cutFaceFeature(canvas, alignFace(landmarks, box)),
  ]);
  return { bound, score, crop, feature };
}

/** A box of the full picture in whole pixels of the canvas, which is the same picture unless that is very large. */
const onCanvas = (bound: FaceBoundValue, size: Size, canvas: Size): ImageRect => {
  const { x, y, width, height } = toBound(rescale(bound, size, canvas), canvas);
  return imageRect(x, y, width, height);
};

/** A rectangle in pixels of one size of a picture, in pixels of another size of the same picture. */
const rescale = (rect: FaceBoundValue | ImageRect, from: Size, to: Size): ImageRect =>
  imageRect(
    (rect.x * to.width) / from.width,
    (rect.y * to.height) / from.height,
    (rect.width * to.width) / from.width,
    (rect.height * to.height) / from.height,
  );
