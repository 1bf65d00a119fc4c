import { safeStem } from '#page/painting/model/file-names.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { saveFile } from '#page/platform/save-file.ts';
import { checkStore } from './check-state.ts';
import { CHECK_ENDING, writeCheckFile } from './model/check-file.ts';
import { digestsOf } from './own-checks.ts';

/** Saves what was said of these pictures as a file: from what is here, so also what the browser had no room for. */
export function saveCheck(pictures: readonly Picture[]): void {
  const { records, own, others } = checkStore.getState();
  const about = new Set(pictures.flatMap(digestsOf));
  const saved = [...records.values()].filter(({ file, sent }) => about.has(file) || about.has(sent));
  const used = new Set(saved.map(({ set }) => set));
  const text = writeCheckFile({ sets: [own, ...others].filter(({ id }) => used.has(id)), records: saved });
  const [first] = pictures;
  const stem = pictures.length === 1 && first !== undefined ? safeStem(first.name) : `${pictures.length}-pictures`;
  saveFile(new Blob([text], { type: 'application/json' }), stem + CHECK_ENDING);
}
