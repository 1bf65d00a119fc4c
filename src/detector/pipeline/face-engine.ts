import type { FaceBoundValue } from '#contract/recognize-faces.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { ok, type Result } from '#shared/result.ts';
import type { DecodeFailure, DetectedFace, DetectionOutcome } from '../detection.ts';
import type { Codec, Networks, PixelSource } from '../ports.ts';
import { compareBounds, toBound } from './bounds.ts';
import { cutFaceCrop, cutFaceFeature } from './crops.ts';
import { alignFace } from './face-alignment.ts';
import { facePose } from './face-pose.ts';
import { cutWhole, findFaces } from './find-faces.ts';
import { inBackground } from './in-background.ts';
import { inLanes } from './in-lanes.ts';
import { cutLandmarkSquare, findLandmarks } from './landmarks.ts';
import { serialize, type Turn } from './serialize.ts';

/** The detector itself, in the very process that calls it: bytes of a picture in, faces with their crops out. */
export type FaceEngine = {
  /** Throws when a network or an encoder fails, which no picture should be able to bring about. */
  detect(bytes: Uint8Array): Promise<Result<DetectionOutcome, DecodeFailure>>;
  release(): Promise<void>;
};

/** Crops of a picture that are held as pixels at once, 1.2 MB each at most; a crowd has hundreds. */
const CROPS_AT_ONCE = 16;

/**
 * The whole pipeline on whatever decodes, samples and runs networks. Calls may overlap: pictures are decoded and crops
 * encoded in the background, while the networks serve one picture after the other, in the order of the calls.
 */
export function createFaceEngine({ codec, networks }: { codec: Codec; networks: Networks }): FaceEngine {
  const inTurn = serialize();
  const detectOn = async (canvas: PixelSource, size: Size, turn: Turn): Promise<DetectedFace[]> => {
    const whole = await cutWhole(canvas);
    await turn.begin;
    const { faces: candidates, turn: upright } = await findFaces(canvas, whole, networks);
    const found = candidates
      .map(({ box, score }) => ({ bound: toBound(rescale(box, canvas, size), size), score }))
      .sort((a, b) => compareBounds(a.bound, b.bound));
    // All squares, then the crops, are given to the background at once: it takes them in this order, so that neither
    // the network nor an encoder stands idle while there is work for it.
    const squared = found.map(({ bound, score }) => {
      const box = onCanvas(bound, size, canvas);
      return { bound, score, box, square: inBackground(cutLandmarkSquare(canvas, box, upright)) };
    });
    const laned = inLanes(CROPS_AT_ONCE);
    const cropped = squared.map((face) => ({ ...face, crop: laned(() => cutFaceCrop(canvas, face.box, codec)) }));
    const faces: Promise<DetectedFace>[] = [];
    for (const { bound, score, box, square, crop } of cropped) {
      const landmarks = await findLandmarks(await square, networks);
      const alignment = alignFace(landmarks, box, upright);
      const pose = facePose(landmarks);
      const feature = cutFaceFeature(canvas, alignment, codec);
      faces.push(
        inBackground(Promise.all([crop, feature]).then(([crop, feature]) => ({ bound, score, pose, crop, feature }))),
      );
    }
    turn.end();
    return Promise.all(faces);
  };
  return {
    async detect(bytes) {
      const turn = inTurn();
      try {
        const decoded = await codec.decode(bytes);
        if (!decoded.ok) return decoded;
        const { size, pixels } = decoded.value;
        try {
          return ok({ ...size, faces: await detectOn(pixels, size, turn) });
        } finally {
          pixels.close();
        }
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
