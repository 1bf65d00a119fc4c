import type { Detector, DetectorLog, DetectorWatch } from '#detector/detector.ts';
import { DetectorSupervisor } from '#detector/supervisor/supervisor.ts';
import type { UsageLimit } from '#detector/supervisor/watch-usage.ts';
import { startChild } from './child-process.ts';

export type DetectorOptions = {
  /** Folder that `npm run build:models` wrote. */
  readonly modelsDir: string;
  /** Most calls that wait; beyond it they are answered `queue-full`. */
  readonly queueLimit?: number;
  /** What one picture may take. */
  readonly jobLimit?: UsageLimit;
  /** Whether the child tells by itself what it uses; else it does where the machine does not. */
  readonly reports?: boolean;
  readonly logger?: DetectorLog;
  /** Is told what it does; see `DetectorWatch`. */
  readonly watch?: DetectorWatch | undefined;
};

/** A burst of a class or a conference, answered within seconds. */
const QUEUE_LIMIT = 64;
/**
 * Processor time is a hundred times what a usual picture takes: whoever needs longer hangs. Memory is the networks with
 * two pictures of the most that may be decoded at once, and as much again.
 */
const JOB_LIMIT: UsageLimit = { processorMs: 20_000, wallMs: 60_000, residentBytes: 2e9 };
/** A start takes a third of a second; a slow disk and a busy machine are allowed for. */
const START_LIMIT: UsageLimit = { processorMs: 30_000, wallMs: 120_000, residentBytes: 2e9 };

/** The detector for the server process. Its child starts, and warms, at once; calls wait until it is ready. */
export const createDetector = ({
  modelsDir,
  queueLimit,
  jobLimit,
  reports,
  logger,
  watch,
}: DetectorOptions): Detector =>
  new DetectorSupervisor({
    startChild: (events) => startChild(modelsDir, events, reports),
    queueLimit: queueLimit ?? QUEUE_LIMIT,
    jobLimit: jobLimit ?? JOB_LIMIT,
    startLimit: START_LIMIT,
    logger,
    watch,
  });
