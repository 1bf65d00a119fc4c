import { AsyncLocalStorage } from 'node:async_hooks';
import type { DetectionStep, StepTimes } from '#detector/detection.ts';

/** Adds up what each picture takes, step by step, although several are under way at once in one process. */
export function createStepTimes(): {
  /** For `withSteps`: what is done now belongs to the picture that it is done for. */
  readonly add: (step: DetectionStep, ms?: number) => void;
  /** Works on one picture; `times` are complete when it is done. */
  readonly ofPicture: <T>(work: () => Promise<T>) => Promise<{ readonly answer: T; readonly times: StepTimes }>;
} {
  const current = new AsyncLocalStorage<Partial<Record<DetectionStep, number>>>();
  return {
    add: (step, ms = 0) => {
      const times = current.getStore();
      if (times !== undefined) times[step] = (times[step] ?? 0) + ms;
    },
    ofPicture: async (work) => {
      const times: Partial<Record<DetectionStep, number>> = {};
      return { answer: await current.run(times, work), times };
    },
  };
}
