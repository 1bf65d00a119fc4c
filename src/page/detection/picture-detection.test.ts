import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SavedResult } from '#page/pictures/work-store.ts';
import type { Exchange, Failure } from '#shared/failure.ts';
import type { DetectionResult } from './detect-faces.ts';
import { type DetectionFacts, detectionOf } from './picture-detection.ts';
import type { Upload } from './upload-store.ts';

const exchange: Exchange = {
  method: 'POST',
  path: '/v1/kling/images/recognize-faces',
  status: 200,
  durationMs: 12,
  body: '{}',
  requestId: undefined,
};
const answer: DetectionResult = {
  detection: {
    faces: [],
    unreadable: [],
    size: { width: 4, height: 3 },
    warnings: [],
    media: { type: undefined, duration: undefined },
  },
  exchange,
  imageReference: 'https://pictures.test/a.jpg',
};
const saved: SavedResult = { ...answer, engine: 'embedded', source: { kind: 'file', via: 'drop' }, crops: new Map() };
const failure: Failure = { code: 'server-fault', detail: undefined, retryAfterMs: undefined, exchange: undefined };

const upload = fc.constantFrom<Upload | undefined>(
  undefined,
  { state: 'waiting', failedTries: 0 },
  { state: 'waiting', failedTries: 2, retryingAfter: failure },
  { state: 'sending', progress: 0.5 },
  { state: 'done', address: answer.imageReference },
  { state: 'failed', failure },
);
const facts: fc.Arbitrary<DetectionFacts> = fc.record({
  saved: fc.constantFrom(undefined, saved),
  canAsk: fc.boolean(),
  needsAccount: fc.boolean(),
  isAllowed: fc.boolean(),
  isStopped: fc.boolean(),
  imageReference: fc.constantFrom(undefined, answer.imageReference),
  upload,
  query: fc.record({
    data: fc.constantFrom(undefined, answer),
    fetchStatus: fc.constantFrom('idle', 'fetching', 'paused'),
    error: fc.constantFrom(null, { failure }),
    failureReason: fc.constantFrom(null, { failure }),
  }),
});
const always = (holds: (facts: DetectionFacts) => void) => fc.assert(fc.property(facts, holds));
const withoutAnswer = (given: DetectionFacts): DetectionFacts => ({
  ...given,
  saved: undefined,
  query: { ...given.query, data: undefined },
});

describe('where a picture stands with an engine', () => {
  test('an answer is shown, whatever else is true: with no token, no permission, or after a stop', () => {
    always((given) => {
      if (given.saved !== undefined) expect(detectionOf(given)).toEqual({ state: 'done', result: saved });
      else if (given.query.data !== undefined) {
        const isAskedAgain = given.query.fetchStatus === 'idle' ? {} : { isAskedAgain: true };
        expect(detectionOf(given)).toEqual({ state: 'done', result: answer, ...isAskedAgain });
      } else expect(detectionOf(given).state).not.toBe('done');
    });
  });

  test('nothing is said to be on its way that may not be sent, or that was stopped', () => {
    always((given) => {
      const { state } = detectionOf(withoutAnswer(given));
      if (!given.canAsk || !given.isAllowed || given.isStopped) {
        expect(['failed', 'not-sent', 'cancelled']).toContain(state);
        if (state === 'failed') expect(given.canAsk).toBe(false);
      }
    });
  });

  test('where an account has to be chosen first, that is said of what may be sent, and nothing is on its way', () => {
    always((given) => {
      const open = { ...withoutAnswer(given), canAsk: true, isAllowed: true, isStopped: false, needsAccount: true };
      expect(detectionOf(open)).toMatchObject({ state: 'failed', failure: { code: 'account-required' } });
    });
  });

  test('what is allowed and was not stopped is on its way, or says why not', () => {
    always((given) => {
      const open = { ...withoutAnswer(given), canAsk: true, needsAccount: false, isAllowed: true, isStopped: false };
      expect(['waiting', 'uploading', 'detecting', 'failed']).toContain(detectionOf(open).state);
      const { query, upload: known, imageReference } = open;
      const hasFailed = query.error !== null || (imageReference === undefined && known?.state === 'failed');
      expect(detectionOf(open).state === 'failed').toBe(hasFailed);
    });
  });

  test('of an upload it tells the share that was sent, and which try is next', () => {
    const open: DetectionFacts = {
      saved: undefined,
      canAsk: true,
      needsAccount: false,
      isAllowed: true,
      isStopped: false,
      imageReference: undefined,
      upload: { state: 'sending', progress: 0.25 },
      query: { data: undefined, fetchStatus: 'idle', error: null, failureReason: null },
    };
    expect(detectionOf(open)).toEqual({ state: 'uploading', progress: 0.25 });
    const waiting: Upload = { state: 'waiting', failedTries: 2, retryingAfter: failure };
    expect(detectionOf({ ...open, upload: waiting })).toEqual(waiting);
    expect(detectionOf({ ...open, upload: undefined })).toEqual({ state: 'waiting', failedTries: 0 });
    expect(detectionOf({ ...open, imageReference: 'https://pictures.test/a.jpg' })).toEqual({
      state: 'detecting',
      retryingAfter: undefined,
    });
  });
});
