import { paintPicture } from './paint-picture.ts';
import type { PaintOutcome, PaintRequest } from './protocol.ts';

/** The worker behind `paintInWorker`: one request at a time, one outcome each. */

const reply = (outcome: PaintOutcome): void => globalThis.postMessage(outcome);

globalThis.addEventListener('message', async (event: MessageEvent<PaintRequest>) => {
  reply(await paintPicture(event.data));
});
