import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import type { FaceBoundValue } from '#contract/recognize-faces.ts';
import { type DecodeFailure, decodePicture } from '#detector/node/decode-picture.ts';
import { loadNetworks } from '#detector/node/networks.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { ok, type Result } from '#shared/result.ts';
import type { DetectedFace, DetectionOutcome } from '../detector.ts';
import { LANDMARKS_SIDE, SSD_SIDE } from '../models/model-files.ts';
import { compareBounds, toBound } from './bounds.ts';
import { cutFaceCrop, cutFaceFeature } from './crops.ts';
import { alignFace } from './face-alignment.ts';
import { cutWhole, findFaces } from './find-faces.ts';
import { inBackground } from './in-background.ts';
import { cutLandmarkSquare, findLandmarks } from './landmarks.ts';
import { serialize } from './serialize.ts';

/** The detector itself, in this very process: bytes of a picture in, faces with their crops out. */
export type FaceEngine = {
  detect(bytes: Uint8Array): Promise<Result<DetectionOutcome, DecodeFailure>>;
  release(): Promise<void>;
};

/** More threads than this bring next to nothing for networks of this size. */
const MAX_THREADS = 4;

/**
 * Loads and warms the detector for this process, whose sharp it sets up as well: without a cache (no picture comes
 * twice) and with as many threads as the networks have. Calls may overlap: pictures are decoded and crops encoded in
 * the background, while the networks serve one picture after the other, in the order of the calls.
 * Throws when the models are missing.
 */
export async function createFaceEngine(modelsDir: string): Promise<FaceEngine> {
  const threads = Math.min(availableParallelism(), MAX_THREADS);
  sharp.cache(false);
  sharp.concurrency(threads);
  const networks = await loadNetworks(modelsDir, threads);
  await networks.findFaces(new Uint8Array(SSD_SIDE * SSD_SIDE * 3));
  await networks.findLandmarks(new Uint8Array(LANDMARKS_SIDE * LANDMARKS_SIDE * 3));
  const inTurn = serialize();
  return {
    async detect(bytes) {
      const turn = inTurn();
      try {
        const decoded = await decodePicture(bytes);
        if (!decoded.ok) return decoded;
        const { size, canvas } = decoded.value;
        const whole = await cutWhole(canvas);
        await turn.begin;
        const candidates = await findFaces(canvas, whole, networks);
        const found = candidates
          .map(({ box, score }) => ({ bound: toBound(rescale(box, canvas, size), size), score }))
          .sort((a, b) => compareBounds(a.bound, b.bound));
        // All squares, then all crops, are given to the background at once: it takes them in this order, so that neither
        // the network nor an encoder stands idle while there is work for it.
        const squared = found.map(({ bound, score }) => {
          const box = onCanvas(bound, size, canvas);
          return { bound, score, box, square: inBackground(cutLandmarkSquare(canvas, box)) };
        });
        const cropped = squared.map((face) => ({ ...face, crop: inBackground(cutFaceCrop(canvas, face.box)) }));
        const faces: Promise<DetectedFace>[] = [];
        for (const { bound, score, box, square, crop } of cropped) {
          const alignment = alignFace(await findLandmarks(await square, networks), box);
          const feature = cutFaceFeature(canvas, alignment);
          faces.push(
            inBackground(Promise.all([crop, feature]).then(([crop, feature]) => ({ bound, score, crop, feature }))),
          );
        }
        turn.end();
        return ok({ ...size, faces: await Promise.all(faces) });
      } finally {
        turn.end();
      }
    },
    release: () => networks.release(),
  };
}

/** A box of the full picture in whole pixels of the canvas, which is the same picture unless that is very large. */
const onCanvas = (bound: FaceBoundValue, size: Size, canvas: Size): ImageRect => {
  const { x, y, width, height } = toBound(
    rescale(imageRect(bound.x, bound.y, bound.width, bound.height), size, canvas),
    canvas,
  );
  return imageRect(x, y, width, height);
};
