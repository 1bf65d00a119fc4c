import { CodeError } from '#page/platform/fetched-code.ts';
import { err } from '#shared/result.ts';
import { prepareFile } from './prepare-file.ts';
import type { PreparedPicture, PrepareOutcome, PrepareRequest, WorkReply } from './protocol.ts';

/** The worker behind `preparePicture`: one picture at a time, progress first, one outcome last. */

const reply = (message: WorkReply<PreparedPicture>): void => globalThis.postMessage(message);

async function outcomeOf({ file, options }: PrepareRequest): Promise<PrepareOutcome> {
  try {
    return await prepareFile(file, options, (progress) => reply({ kind: 'progress', progress }));
  } catch (error) {
    if (error instanceof CodeError) return err({ code: 'code-missing' });
    // A mistake of ours, or an API that this browser lacks, is neither the file's fault nor the memory's.
    if (error instanceof TypeError || error instanceof ReferenceError) {
      return err({ code: 'unexpected', message: error.message });
    }
    // A canvas or an encoder that gives up is out of memory in practice; what is expected to fail is a value already.
    return err({ code: 'preparation-failed' });
  }
}

globalThis.addEventListener('message', async (event: MessageEvent<PrepareRequest>) => {
  reply({ kind: 'outcome', outcome: await outcomeOf(event.data) });
});
