import type { Detector, DetectorState } from '#detector/detector.ts';
import { isStorageFull } from '#shared/error-code.ts';
import { errorText } from '#shared/error-text.ts';
import type { DiskFileStore } from './files/file-store.ts';
import type { S3FileStore } from './files/s3/s3-file-store.ts';
import type { Logger } from './log.ts';

/** Whether this server can do its work, as a balancer wants to know it. */
export type Readiness = {
  readonly isReady: boolean;
  /** Of this process; absent where workers alone detect. */
  readonly detector?: DetectorState;
  /** Where workers detect: whether they can be told of a picture. */
  readonly queue?: 'answers' | 'away';
  readonly dataDirectory: 'writable' | 'not-writable';
  /** The object store, where there is one. */
  readonly store?: 'answers' | 'away';
};

/** A look at the disk holds for so long, in milliseconds: whoever asks more often makes no more files. */
const LOOK_HOLDS_MS = 1_000;

/**
 * Looks at what every answer needs. A full disk is no reason to send calls elsewhere: whoever writes makes room. The log
 * hears when the data directory ceases to take files, not each time that it is asked.
 */
export function createReadiness(deps: {
  readonly detector: Pick<Detector, 'state'> | undefined;
  readonly queue?: { tryReaching(): Promise<void> } | undefined;
  readonly disk: Pick<DiskFileStore, 'tryWriting'>;
  /** Where files are kept, if not on the disk. */
  readonly store?: Pick<S3FileStore, 'look'> | undefined;
  readonly logger: Pick<Logger, 'error' | 'info'>;
  /** A clock in milliseconds that nobody sets. */
  readonly now?: () => number;
}): () => Promise<Readiness> {
  const now = deps.now ?? (() => performance.now());
  let last:
    | {
        readonly at: number;
        readonly isWritable: Promise<boolean>;
        readonly answers: Promise<boolean>;
        readonly queueAnswers: Promise<boolean>;
      }
    | undefined;
  let wasWritable = true;
  const look = async (): Promise<boolean> => {
    const trouble: unknown = await deps.disk.tryWriting().catch((error: unknown) => error);
    const isWritable = trouble === undefined || isStorageFull(trouble);
    if (wasWritable && !isWritable) {
      deps.logger.error('the data directory takes no files', { error: errorText(trouble) });
    }
    wasWritable = isWritable;
    return isWritable;
  };
  let didAnswer = true;
  const askStore = async (): Promise<boolean> => {
    const trouble: unknown = await deps.store?.look().catch((error: unknown) => error);
    const answers = trouble === undefined;
    if (didAnswer && !answers) deps.logger.error('the object store is away', { error: errorText(trouble) });
    if (!didAnswer && answers) deps.logger.info('the object store is back');
    didAnswer = answers;
    return answers;
  };
  const askQueue = async (): Promise<boolean> => {
    const trouble: unknown = await deps.queue?.tryReaching().catch((error: unknown) => error);
    return trouble === undefined;
  };
  return async () => {
    if (last === undefined || now() - last.at > LOOK_HOLDS_MS)
      last = { at: now(), isWritable: look(), answers: askStore(), queueAnswers: askQueue() };
    const [isWritable, answers, queueAnswers] = await Promise.all([last.isWritable, last.answers, last.queueAnswers]);
    const detector = deps.detector?.state;
    // Behind a queue it matters little whether this process detects as well: others do.
    const canDetect = deps.queue === undefined ? detector === 'ready' : queueAnswers;
    return {
      isReady: canDetect && isWritable && answers,
      ...(detector === undefined ? {} : { detector }),
      ...(deps.queue === undefined ? {} : { queue: queueAnswers ? 'answers' : 'away' }),
      dataDirectory: isWritable ? 'writable' : 'not-writable',
      ...(deps.store === undefined ? {} : { store: answers ? 'answers' : 'away' }),
    };
  };
}
