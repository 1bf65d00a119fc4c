import { describe, expect, it } from 'vitest';
import { type BatchCounts, endMessage, progressMessage, spokenMessage } from './batch-message.ts';

const FAILED = { failure: { code: 'busy' } };
const CANCELLED = { failure: undefined };
const batch = (changes: Partial<BatchCounts> = {}): BatchCounts => ({
  total: 29,
  done: 28,
  faces: 194,
  withoutFaces: 2,
  remaining: 0,
  retrying: 0,
  notSent: [],
  failed: [FAILED],
  hasEnded: true,
  leftMs: undefined,
  ...changes,
});
const running = { paused: false, isOnline: true };

describe('how a batch ended', () => {
  it('is one sentence', () => {
    expect(endMessage(batch())).toBe('29 pictures, 194 faces, 2 without, 1 failed');
  });

  it('leaves out what there is none of', () => {
    expect(endMessage(batch({ total: 3, done: 3, faces: 1, withoutFaces: 0, failed: [] }))).toBe('3 pictures, 1 face');
  });

  it('does not call failed what a person cancelled, or did not allow', () => {
    const some = batch({ failed: [FAILED, CANCELLED, CANCELLED], notSent: [1] });
    expect(endMessage(some)).toBe('29 pictures, 194 faces, 2 without, 1 failed, 2 cancelled, 1 not sent to Kling');
    expect(progressMessage(some, running)).toBe(
      '28 of 29 done · 1 not sent to Kling · 3 without a result: 1 failed, 2 cancelled',
    );
  });

  it('is not told while it goes on', () => {
    expect(progressMessage(batch({ done: 5, remaining: 23 }), running)).toBe('5 of 29 done · 1 without a result');
  });
});

describe('what is said of a batch', () => {
  const at = (done: number) =>
    spokenMessage(batch({ total: 8, done, remaining: 8 - done, failed: [], hasEnded: false }));

  it('is each quarter, once', () => {
    const said = Array.from({ length: 8 }, (_, done) => at(done));
    expect([...new Set(said)]).toEqual([
      '',
      'A quarter of 8 pictures done',
      'Half of 8 pictures done',
      'Three quarters of 8 pictures done',
    ]);
  });

  it('is its end', () => {
    expect(spokenMessage(batch())).toBe('Finished: 29 pictures, 194 faces, 2 without, 1 failed');
  });

  it('is nothing where nothing goes on', () => {
    expect(spokenMessage(batch({ hasEnded: false }))).toBe('');
  });
});
