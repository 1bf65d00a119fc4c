import { err } from '#domain/result.ts';
import { prepareFile } from './prepare-file.ts';
import type { PreparedPicture, PrepareOutcome, PrepareRequest, WorkReply } from './protocol.ts';

/** The worker behind `preparePicture`: one picture at a time, progress first, one outcome last. */

const reply = (message: WorkReply<PreparedPicture>): void => globalThis.postMessage(message);

async function outcomeOf({ file, options }: PrepareRequest): Promise<PrepareOutcome> {
  try {
    return await prepareFile(file, options, (progress) => reply({ kind: 'progress', progress }));
  } catch {
    // A canvas or an encoder that gives up is out of memory in practice; what is expected to fail is a value already.
    return err({ code: 'preparation-failed' });
  }
}

globalThis.addEventListener('message', async (event: MessageEvent<PrepareRequest>) => {
  reply({ kind: 'outcome', outcome: await outcomeOf(event.data) });
});
