import type { Recognition } from '#api/embedded/recognition.ts';
import type { StoppedPictures } from '#api/embedded/stopped-pictures.ts';
import type { FileStore } from '#api/files/stores.ts';
import type { Detector } from '#detector/detector.ts';
import type { QueueConfig } from '../config.ts';
import type { Logger } from '../log.ts';
import { queueName } from './detection-job.ts';
import { createDetectionQueue, type DetectionQueue } from './detection-queue.ts';
import { type DetectionWorker, startDetectionWorker } from './detection-worker.ts';
import { createQueuedRecognition } from './queued-recognition.ts';

type Common = {
  readonly queue: QueueConfig;
  readonly files: FileStore;
  /** Changes whenever the same picture could get another answer. */
  readonly detectorVersion: string;
  readonly logger: Logger;
};

/** Has pictures looked at by whoever works for this queue. Whoever closes the recognition closes the queue. */
export async function joinAsWeb(
  options: Common & { readonly stopped: StoppedPictures },
): Promise<{ readonly recognition: Recognition; readonly queue: DetectionQueue }> {
  const { files, detectorVersion, logger } = options;
  const name = await queueName(detectorVersion, files.digest);
  const queue = createDetectionQueue({ ...options.queue, name, logger });
  return { queue, recognition: createQueuedRecognition({ ...options, queue }) };
}

/** Works for this queue with the detector of this process. */
export async function joinAsWorker(
  options: Common & { readonly recognition: Recognition; readonly detector: Pick<Detector, 'state'> },
): Promise<DetectionWorker> {
  const { files, detectorVersion, detector } = options;
  return startDetectionWorker({
    ...options,
    url: options.queue.url,
    name: await queueName(detectorVersion, files.digest),
    detectorState: () => detector.state,
  });
}
