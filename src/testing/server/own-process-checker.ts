import { createStoppedPictures } from '#api/embedded/stopped-pictures.ts';
import { faultOf } from '#server/picture-check/check-picture.ts';
import { createPictureChecker, type PictureChecker } from '#server/picture-check/picture-checker.ts';

/**
 * The checker with its real judgement in the process of the test: what it says is the same, and no process is started for
 * each server of a test.
 */
export const createOwnProcessChecker = (): PictureChecker =>
  createPictureChecker({
    stopped: createStoppedPictures(),
    startChild: (events) => {
      queueMicrotask(() => events.onMessage({ type: 'ready' }));
      let isGone = false;
      return {
        pid: undefined,
        usage: () => ({ processorMs: 0, residentBytes: 0 }),
        standBehind: () => {},
        send: ({ job, ...picture }) =>
          void faultOf(picture).then(
            (fault) => events.onMessage({ type: 'checked', job, ...(fault === undefined ? {} : { fault }) }),
            (error: unknown) => events.onMessage({ type: 'failed', job, error: String(error) }),
          ),
        kill: () => {
          if (isGone) return;
          isGone = true;
          queueMicrotask(() => events.onExit({ reason: 'it was told to', stderrTail: '', isFromOutside: false }));
        },
      };
    },
  });
