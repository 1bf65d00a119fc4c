import { expect, it } from 'vitest';
import { err, ok } from '#shared/result.ts';
import type { FaceEngine } from '../pipeline/face-engine.ts';
import { answerJob } from './answer-job.ts';
import { fromChild } from './messages.ts';

const engineThat = (detect: FaceEngine['detect']): FaceEngine => ({ detect, release: async () => {} });
const message = { type: 'detect', job: 7, picture: Uint8Array.of(1, 2) };
const outcome = { width: 3, height: 4, faces: [] };

it('answers a job with what was found, why the picture was refused, or that the detector failed', async () => {
  const refusal = { code: 'unreadable-picture', reason: 'it is cut off' } as const;
  const answers = [
    await answerJob(
      engineThat(async (bytes) => ok({ ...outcome, width: bytes.length })),
      message,
    ),
    await answerJob(
      engineThat(async () => err(refusal)),
      message,
    ),
    await answerJob(
      engineThat(() => Promise.reject(new Error('out of order'))),
      message,
    ),
  ];
  expect(answers).toEqual([
    { type: 'found', job: 7, outcome: { ...outcome, width: 2 } },
    { type: 'failed', job: 7, failure: refusal },
    { type: 'failed', job: 7, failure: { code: 'detector-failed', reason: 'out of order' } },
  ]);
  // The supervisor reads every one of them.
  expect(answers.map((answer) => fromChild.parse(answer))).toEqual(answers);
});

it('does nothing for a message that no supervisor sends', async () => {
  const engine = engineThat(() => Promise.reject(new Error('nobody asks for this')));
  await expect(answerJob(engine, { type: 'detect', job: 'seven' })).rejects.toThrow(/picture/);
});
