import { err, ok } from '#shared/result.ts';
import { type Measured, measure } from './measure.ts';
import type { WorkOutcome, WorkReply } from './protocol.ts';

/** The worker behind `measurePicture`. */

const outcomeOf = (blob: Blob): Promise<WorkOutcome<Measured>> =>
  measure(blob).then(ok, () => err({ code: 'preparation-failed' }));

globalThis.addEventListener('message', async ({ data }: MessageEvent<Blob>) => {
  const reply: WorkReply<Measured> = { kind: 'outcome', outcome: await outcomeOf(data) };
  globalThis.postMessage(reply);
});
