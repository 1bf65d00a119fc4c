import type { Result } from '#shared/result.ts';
import type { DecodeFailure, DetectionOutcome, StepTimes } from './detection.ts';
import type { Usage } from './ports.ts';

/** Where a detector says what happens to it; fields are numbers and words of its own, never anything of a picture. */
export type DetectorLog = Readonly<
  Record<'info' | 'warn', (message: string, fields?: Readonly<Record<string, string | number | undefined>>) => void>
>;

/** Why a detection gave no outcome. */
export type DetectorFailure =
  | DecodeFailure
  | { readonly code: 'queue-full'; readonly retryAfterSeconds: number }
  | { readonly code: 'detector-failed'; readonly reason: string }
  /** It ran alone, and passed a limit or crashed: this picture does that again. */
  | { readonly code: 'picture-stopped' }
  /** What worked on it was ended from outside, each time. */
  | { readonly code: 'interrupted' }
  | { readonly code: 'restarting' }
  | { readonly code: 'cancelled' };

/** Who is told what the detector does, by whoever counts such things. Never anything of a picture. */
export type DetectorWatch = {
  /** A child answered: how long the picture had waited for it, and what it took there, in milliseconds. */
  onDetected(times: { readonly waitedMs: number; readonly steps: StepTimes }): void;
  /** A child went down; another is started. */
  onDown(): void;
};

/** What waits for the detector now; `oldestMs` is 0 when nothing does. */
export type Backlog = { readonly waiting: number; readonly oldestMs: number };

/** `ready` once a child was, until starts fail; a child that goes down in between is replaced while calls wait. */
export type DetectorState = 'starting' | 'ready' | 'failing';

/**
 * Finds faces in an encoded picture, apart from the caller. Calls wait in a bounded queue; an aborted call leaves it.
 */
export type Detector = {
  detect(bytes: Uint8Array, signal: AbortSignal): Promise<Result<DetectionOutcome, DetectorFailure>>;
  /** Pid of the child that serves now, for diagnosis and for tests that kill it. */
  readonly childPid: number | undefined;
  /** Whether it can answer; see `DetectorState`. */
  readonly state: DetectorState;
  /** What waits now; a detector that nobody counts need not tell. */
  backlog?(): Backlog;
  /** What the child that serves now uses, where that is known; see `backlog`. */
  usage?(): Usage | undefined;
  /** Gives back what waits, and what comes from now on, as `restarting`; what the child works on is finished. */
  drain(): void;
  /** Lets everything else on the machine go first, or stands beside it again. */
  stepBack(isBack: boolean): void;
  close(): Promise<void>;
};
