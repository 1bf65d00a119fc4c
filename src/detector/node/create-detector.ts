import type { Detector, DetectorLog } from '#detector/detector.ts';
import { DetectorSupervisor } from '#detector/supervisor/supervisor.ts';
import { startChild } from './child-process.ts';

export type DetectorOptions = {
  /** Folder that `npm run build:models` wrote. */
  readonly modelsDir: string;
  /** Most calls that wait; beyond it they are answered `queue-full`. */
  readonly queueLimit?: number;
  /** Longest that one picture may take, in milliseconds. */
  readonly jobTimeoutMs?: number;
  readonly logger?: DetectorLog;
};

/** A burst of a class or a conference, answered within seconds. */
const QUEUE_LIMIT = 64;
/** A hundred times what a usual picture takes: whoever needs longer hangs. */
const JOB_TIMEOUT_MS = 20_000;
/** A start takes a third of a second; a slow disk and a busy machine are allowed for. */
const START_TIMEOUT_MS = 30_000;

/** The detector for the server process. Its child starts, and warms, at once; calls wait until it is ready. */
export const createDetector = ({ modelsDir, queueLimit, jobTimeoutMs, logger }: DetectorOptions): Detector =>
  new DetectorSupervisor({
    startChild: (events) => startChild(modelsDir, events),
    queueLimit: queueLimit ?? QUEUE_LIMIT,
    jobTimeoutMs: jobTimeoutMs ?? JOB_TIMEOUT_MS,
    startTimeoutMs: START_TIMEOUT_MS,
    logger,
  });
