import { CODE_CURES, CodeError, fetchCode } from '#page/platform/fetched-code.ts';
import { isTaskRunning, notifySuccess, showRunning, type Toast, toast } from '#page/platform/notices.ts';
import { saveFile } from '#page/platform/save-file.ts';
import { ExportError, type ExportFile, type ExportJob } from './export-job.ts';
import { openSaveTarget } from './save-target.ts';

/**
 * Makes and saves an export: progress and cancel while it runs, a sentence when it is done, a notice when it fails.
 * Call it right from a press, or the browser refuses to ask where to save. One at a time. Never rejects.
 */
export async function runExport(job: ExportJob): Promise<void> {
  if (isTaskRunning()) {
    toast({ title: 'An export is still running', text: 'Wait until it is done, or cancel it.' });
    return;
  }
  const controller = new AbortController();
  const { signal } = controller;
  const show = (done: number) =>
    showRunning({ text: runningMessage(job, done), done, total: job.total, cancel: () => controller.abort() });
  try {
    let done = 0;
    const onStep = () => show(++done);
    notifySuccess('');
    const saved =
      job.packing === 'single'
        ? await saveSingle(job, signal, onStep, () => show(0))
        : await saveZip(job, signal, onStep, () => show(0));
    if (saved !== undefined) notifySuccess(job.words?.saved(saved) ?? `Saved ${job.fileName}`);
  } catch (error) {
    if (signal.aborted) notifySuccess(job.words?.cancelled ?? 'Export cancelled');
    else toast({ title: `${job.title} could not be saved`, text: reasonOf(error), ...insteadOf(error) });
  } finally {
    showRunning(undefined);
  }
}

const runningMessage = ({ words, title, total }: ExportJob, done: number): string =>
  words?.running(done, total) ?? `Saving ${title}${total > 1 ? `, ${done} of ${total}` : ''}`;

/** Gives how many bytes a single file has; undefined when the person closed the question where to save. */
type Save = (
  job: ExportJob,
  signal: AbortSignal,
  onStep: () => void,
  onStart: () => void,
) => Promise<number | undefined>;

const saveSingle: Save = async (job, signal, onStep, onStart) => {
  let bytes = 0;
  onStart();
  for await (const { name, content } of job.files(signal, onStep)) {
    signal.throwIfAborted();
    const file = content instanceof Blob ? content : new Blob([content], { type: job.type });
    bytes += file.size;
    saveFile(file, name);
  }
  return bytes;
};

const saveZip: Save = async (job, signal, onStep, onStart) => {
  const save = await openSaveTarget(job.fileName, job.type, job.large);
  if (save === undefined) return undefined;
  onStart();
  const { makeZip } = await fetchCode(() => import('client-zip')).catch((error: unknown) => {
    throw error instanceof CodeError ? new ExportError(CODE_CURES[error.failure]) : error;
  });
  const content = makeZip(zipInputs(job.files(signal, onStep), signal));
  // A disk that is slow to take what it has must not keep the person waiting who called it off.
  await Promise.race([save(bytesOf(content), signal), rejectedWhenAborted(signal)]);
  return 0;
};

const rejectedWhenAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

/** Names that repeat get a number: some programs unpack only the last of two. */
async function* zipInputs(files: AsyncIterable<ExportFile>, signal: AbortSignal) {
  const taken = new Set<string>();
  const now = new Date();
  for await (const { name, content } of files) {
    signal.throwIfAborted();
    if (taken.has(name.toLowerCase())) throw new Error(`Two files are called ${name}`);
    taken.add(name.toLowerCase());
    yield { name, input: content, lastModified: now };
  }
}

/** The library promises bytes without saying of which kind of buffer; a stream takes only one. */
const bytesOf = (content: ReadableStream<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> =>
  content.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
      transform: (chunk, controller) =>
        controller.enqueue(
          chunk.buffer instanceof ArrayBuffer
            ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
            : new Uint8Array(chunk),
        ),
    }),
  );

/** The offer to save something else, where there is something. */
function insteadOf(error: unknown): Pick<Toast, 'action'> {
  if (!(error instanceof ExportError) || error.instead === undefined) return {};
  const { label, job } = error.instead;
  return { action: { label, run: () => void runExport(job) } };
}

function reasonOf(error: unknown): string {
  if (error instanceof ExportError) return error.message;
  if (error instanceof DOMException && error.name === 'QuotaExceededError')
    return 'There is not enough room on the disk. Free some, then try again.';
  return 'The browser gave up, most likely for want of memory or because the place cannot be written to. Try fewer pictures at a time, or another place.';
}
