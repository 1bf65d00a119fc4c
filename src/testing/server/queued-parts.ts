import { createLocalRecognition, type Recognition } from '#api/embedded/recognition.ts';
import { createStoppedPictures } from '#api/embedded/stopped-pictures.ts';
import type { FileStore } from '#api/files/stores.ts';
import type { Detector } from '#detector/detector.ts';
import { queueName } from '#server/cluster/detection-job.ts';
import { createDetectionQueue, type DetectionQueue } from '#server/cluster/detection-queue.ts';
import { type DetectionWorker, startDetectionWorker } from '#server/cluster/detection-worker.ts';
import { createQueuedRecognition } from '#server/cluster/queued-recognition.ts';
import { createLogger } from '#server/log.ts';

export const quiet = createLogger({ level: 'silent', write: () => {} });

type Parts = { readonly url: string; readonly files: FileStore; readonly detectorVersion: string };

/** The part of a replica that has pictures looked at. */
export async function startQueuedReplica(
  parts: Parts & { readonly limit?: number },
): Promise<{ readonly recognition: Recognition; readonly queue: DetectionQueue }> {
  const name = await queueName(parts.detectorVersion, parts.files.digest);
  const queue = createDetectionQueue({ url: parts.url, name, limit: parts.limit ?? 64, logger: quiet });
  const recognition = createQueuedRecognition({ ...parts, queue, stopped: createStoppedPictures(), logger: quiet });
  return { recognition, queue };
}

/** A worker with this detector. */
export async function startWorkerOf(parts: Parts & { readonly detector: Detector }): Promise<DetectionWorker> {
  const recognition = createLocalRecognition({ ...parts, stopped: createStoppedPictures() });
  return startDetectionWorker({
    ...parts,
    name: await queueName(parts.detectorVersion, parts.files.digest),
    recognition,
    detectorState: () => parts.detector.state,
    logger: quiet,
  });
}
