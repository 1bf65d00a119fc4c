import { CodeError } from '#page/platform/fetched-code.ts';
import { serveWorkerPool } from '#page/platform/worker-pool.ts';
import { err } from '#shared/result.ts';
import { prepareFile } from './prepare-file.ts';
import type { PrepareOutcome, PrepareProgress, PrepareRequest } from './protocol.ts';

/** The worker behind `preparePicture`. */

async function prepare(
  { file, options }: PrepareRequest,
  tell: (progress: PrepareProgress) => void,
): Promise<PrepareOutcome> {
  try {
    return await prepareFile(file, options, tell);
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

serveWorkerPool(prepare);
