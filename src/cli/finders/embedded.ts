import { access } from 'node:fs/promises';
import path from 'node:path';
import { FACE_POSE_ARGUMENT, FACE_SCORE_ARGUMENT } from '#contract/recognize-faces.ts';
import type { DetectionOutcome } from '#detector/detection.ts';
import type { Detector, DetectorFailure } from '#detector/detector.ts';
import { NETWORK_FILES } from '#detector/models/model-files.ts';
import { createDetector } from '#detector/node/create-detector.ts';
import { parseDetection } from '#page/pictures/model/parse-detection.ts';
import { assertNever, err, ok, type Result } from '#shared/result.ts';
import { decodeTrouble } from './decode-trouble.ts';
import type { FaceFinder, FindFailure, Found } from './face-finder.ts';

/** One that the networks work on, one that is decoded meanwhile, and two that are read from the disk. */
const AT_ONCE = 4;

/**
 * The embedded detector, started by this command as the server starts it: its child decodes what may be anybody's
 * picture and is replaced when one ends it. The error is a sentence.
 */
export async function embeddedFinder(modelsDir: string): Promise<Result<FaceFinder, string>> {
  const files = NETWORK_FILES.map((name) => access(path.join(modelsDir, name)));
  if ((await Promise.allSettled(files)).some(({ status }) => status === 'rejected')) {
    return err('The networks of the detector are not built yet: run "npm run build" in the folder of Facebound');
  }
  const detector = createDetector({ modelsDir });
  return ok({
    atOnce: AT_ONCE,
    find: async (bytes, signal) => {
      const answer = await detector.detect(bytes, signal);
      signal.throwIfAborted();
      return answer.ok ? foundIn(answer.value) : err(failureOf(answer.error, bytes, detector));
    },
    close: () => detector.close(),
  });
}

/** The outcome by way of the service's own form, so that one reader makes faces of it, here and on the page. */
function foundIn({ width, height, faces }: DetectionOutcome): Result<Found, FindFailure> {
  const argument = (name: string, value: string) => ({ name, value });
  const reply = {
    status: 0,
    faceItems: faces.map(({ bound, score, pose }, index) => ({
      name: `face_${index}`,
      resources: [],
      arguments: [
        argument('face_bound', JSON.stringify(bound)),
        argument(FACE_SCORE_ARGUMENT, score.toFixed(2)),
        ...(pose === undefined ? [] : [argument(FACE_POSE_ARGUMENT, JSON.stringify(pose))]),
      ],
    })),
    mediaInfo: { type: 'image', duration: 0, width, height },
  };
  const size = { width, height };
  const detection = parseDetection(reply, size);
  return detection.ok
    ? ok({ detection: detection.value, size })
    : err({ kind: 'picture', reason: `gave an answer that cannot be read: ${detection.error.detail}` });
}

function failureOf(failure: DetectorFailure, bytes: Uint8Array, { state }: Pick<Detector, 'state'>): FindFailure {
  const ofPicture = (reason: string): FindFailure => ({ kind: 'picture', reason });
  switch (failure.code) {
    case 'unreadable-picture':
    case 'picture-too-large':
    case 'picture-unsafe':
      return ofPicture(decodeTrouble(failure, bytes));
    case 'picture-stopped':
      return ofPicture('took far more time or memory than a picture needs, or ended the detector');
    case 'interrupted':
      return ofPicture('was not looked at: the machine ended the detector each time, perhaps for want of memory');
    case 'detector-failed':
      return state === 'failing'
        ? { kind: 'nobody-there', sentence: `The detector cannot be started: ${failure.reason}` }
        : ofPicture(`made the detector fail: ${failure.reason}`);
    // None of these three can come here: as many are asked at once as may wait, and nobody drains or cancels but us.
    case 'queue-full':
    case 'restarting':
    case 'cancelled':
      return ofPicture('was not looked at');
    default:
      return assertNever(failure);
  }
}
