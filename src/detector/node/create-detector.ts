import type { Detector, DetectorLog } from '#detector/detector.ts';
import { DetectorSupervisor, type TimeLimit } from '#detector/supervisor/supervisor.ts';
import { startChild } from './child-process.ts';

export type DetectorOptions = {
  /** Folder that `npm run build:models` wrote. */
  readonly modelsDir: string;
  /** Most calls that wait; beyond it they are answered `queue-full`. */
  readonly queueLimit?: number;
  /** What one picture may take. */
  readonly jobLimit?: TimeLimit;
  readonly logger?: DetectorLog;
};

/** A burst of a class or a conference, answered within seconds. */
const QUEUE_LIMIT = 64;
/** A hundred times what a usual picture takes: whoever needs longer hangs. By the clock, as long as a caller waits. */
const JOB_LIMIT: TimeLimit = { processorMs: 20_000, wallMs: 60_000 };
/** A start takes a third of a second; a slow disk and a busy machine are allowed for. */
const START_LIMIT: TimeLimit = { processorMs: 30_000, wallMs: 120_000 };

/** The detector for the server process. Its child starts, and warms, at once; calls wait until it is ready. */
export const createDetector = ({ modelsDir, queueLimit, jobLimit, logger }: DetectorOptions): Detector =>
  new DetectorSupervisor({
    startChild: (events) => startChild(modelsDir, events),
    queueLimit: queueLimit ?? QUEUE_LIMIT,
    jobLimit: jobLimit ?? JOB_LIMIT,
    startLimit: START_LIMIT,
    logger,
  });
