import type { FaceBoundValue } from '#contract/recognize-faces.ts';
import type { Result } from '#shared/result.ts';

/** Where a detector says what happens to it; fields are numbers and words of its own, never anything of a picture. */
export type DetectorLog = Readonly<
  Record<'info' | 'warn', (message: string, fields?: Readonly<Record<string, string | number | undefined>>) => void>
>;

/** One found face. All numbers are pixels of the upright picture at its full size. */
export type DetectedFace = {
  /** Whole-pixel bounding box, clamped to the picture. */
  readonly bound: FaceBoundValue;
  /** Detection score, 0 to 1. */
  readonly score: number;
  /** JPEG bytes of the box with a margin. */
  readonly crop: Uint8Array;
  /** JPEG bytes of the face aligned by its landmarks. */
  readonly feature: Uint8Array;
};

export type DetectionOutcome = {
  /** Size of the upright picture in pixels. */
  readonly width: number;
  readonly height: number;
  /** Left to right, ties top to bottom. */
  readonly faces: readonly DetectedFace[];
};

/** Why a detection gave no outcome. */
export type DetectorFailure =
  | { readonly code: 'unreadable-picture'; readonly reason: string }
  | { readonly code: 'picture-too-large'; readonly reason: string }
  | { readonly code: 'picture-unsafe'; readonly reason: string }
  | { readonly code: 'queue-full'; readonly retryAfterSeconds: number }
  | { readonly code: 'detector-failed'; readonly reason: string }
  | { readonly code: 'too-slow' }
  | { readonly code: 'restarting' }
  | { readonly code: 'cancelled' };

/**
 * Finds faces in an encoded picture, in a child process of its own. Calls wait in a bounded queue; an aborted call
 * leaves it.
 */
export type Detector = {
  detect(bytes: Uint8Array, signal: AbortSignal): Promise<Result<DetectionOutcome, DetectorFailure>>;
  /** Pid of the child that serves now, for diagnosis and for tests that kill it. */
  readonly childPid: number | undefined;
  /** Gives back what waits, and what comes from now on, as `restarting`; what the child works on is finished. */
  drain(): void;
  close(): Promise<void>;
};
