import { SAVED_RESULT_ENDING } from '#contract/saved-result-file.ts';
import { checkFileOf } from '#page/check/index.ts';
import { safeStem } from '#page/painting/model/file-names.ts';
import { cropHref } from '#page/pictures/crop-href.ts';
import { type LoadCrop, savedResultFiles } from '#page/saved-results/index.ts';
import type { ExportItem } from './export-item.ts';
import type { ExportJob } from './export-job.ts';

/** The job that saves responses, pictures and crops as one file that this page opens again. */
export function savedResultJob(items: readonly ExportItem[]): ExportJob {
  const [first] = items;
  const stem = items.length === 1 && first !== undefined ? safeStem(first.picture.name) : `${items.length}-pictures`;
  return {
    title: 'response and picture',
    fileName: stem + SAVED_RESULT_ENDING,
    type: 'application/zip',
    packing: 'zip',
    large: items.length > 1,
    total: items.length,
    files: async function* (signal, onStep) {
      const check = await checkFileOf(items.map(({ picture }) => picture));
      yield* savedResultFiles(items, loadCrop, signal, onStep, check);
    },
  };
}

/** A crop that is gone is left out: the page cuts its own in its place. */
const loadCrop: LoadCrop = async ({ picture }, url, signal) => {
  if (picture.origin.kind === 'replay') return picture.origin.saved.crops.get(url)?.blob;
  try {
    const response = await fetch(cropHref(url), { signal });
    return response.ok ? await response.blob() : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
};
