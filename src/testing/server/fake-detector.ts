import type { DetectionOutcome } from '#detector/detection.ts';
import type { Detector, DetectorFailure, DetectorState } from '#detector/detector.ts';
import type { Result } from '#shared/result.ts';
import { err, ok } from '#shared/result.ts';

type Answer = Result<DetectionOutcome, DetectorFailure>;

/** A detector without a network: answers what it is told, counts calls, and can be held up. */
export type FakeDetector = Detector & {
  readonly calls: number;
  /** Signals of the calls so far, oldest first. */
  readonly signals: readonly AbortSignal[];
  answerWith(answer: Answer): void;
  /** Whether it was told to step back. */
  readonly isBack: boolean;
  /** Makes it say that it is in this state; it answers all the same. */
  be(state: DetectorState): void;
  /** Holds every call up until the returned function is called. */
  hold(): () => void;
};

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));

/** An outcome with this many faces; crops are bytes that differ from face to face. */
export const outcomeWith = (faces: number): Answer =>
  ok({
    width: 640,
    height: 480,
    faces: Array.from({ length: faces }, (_, index) => ({
      bound: { x: 10 + index * 40, y: 20, width: 30, height: 36 },
      score: 0.9,
      pose: { yaw: -12, pitch: 3, roll: index },
      crop: bytesOf(`crop ${index}`),
      feature: bytesOf(`feature ${index}`),
    })),
  });

export function createFakeDetector(): FakeDetector {
  let answer: Answer = outcomeWith(2);
  let held: Promise<void> = Promise.resolve();
  const signals: AbortSignal[] = [];
  let isBack = false;
  let state: DetectorState = 'ready';
  return {
    get calls() {
      return signals.length;
    },
    get state() {
      return state;
    },
    be: (next) => {
      state = next;
    },
    get isBack() {
      return isBack;
    },
    stepBack: (isBackNow) => {
      isBack = isBackNow;
    },
    signals,
    childPid: undefined,
    answerWith: (next) => {
      answer = next;
    },
    hold: () => {
      let release = () => {};
      held = new Promise((resolve) => {
        release = () => resolve();
      });
      return release;
    },
    detect: async (_bytes, signal) => {
      signals.push(signal);
      const aborted = new Promise<'aborted'>((resolve) => {
        if (signal.aborted) resolve('aborted');
        signal.addEventListener('abort', () => resolve('aborted'), { once: true });
      });
      return (await Promise.race([held, aborted])) === 'aborted' ? err({ code: 'cancelled' }) : answer;
    },
    drain: () => {},
    close: async () => {},
  };
}
