import type { FaceEngine } from '../pipeline/face-engine.ts';
import { type JobAnswer, toChild } from './messages.ts';

/** The child's side: does what a message asks for. Throws when it is no message of the supervisor's. */
export async function answerJob(engine: FaceEngine, message: unknown): Promise<JobAnswer> {
  const { job, picture } = toChild.parse(message);
  try {
    const result = await engine.detect(picture);
    if (!result.ok) return { type: 'failed', job, failure: result.error };
    return { type: 'found', job, outcome: { ...result.value, faces: [...result.value.faces] } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { type: 'failed', job, failure: { code: 'detector-failed', reason } };
  }
}
