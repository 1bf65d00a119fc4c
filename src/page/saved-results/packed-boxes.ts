import { LONGEST_ANNOTATIONS } from '#page/annotations/index.ts';
import { readBoxes } from '#page/compare/index.ts';
import type { ImportItem } from '#page/pictures/intake/import-item.ts';
import type { SortedItem } from '#page/pictures/intake/intake-above.ts';
import { savedKind } from '#page/pictures/intake/saved-kind.ts';
import { readSavedResponses } from './model/saved-response.ts';
import { findSavedResults } from './open-saved-result.ts';
import { openZip } from './zip-entries.ts';

type FileItem = Extract<ImportItem, { kind: 'file' }>;

/** Most files of a ZIP that are looked into for boxes, and most bytes of them all. Ours. */
const MOST_FILES = 20_000;
const MOST_BYTES = 4 * LONGEST_ANNOTATIONS;

const isText = (name: string): boolean =>
  /\.(?:json|txt|xml|csv|tsv|ya?ml|names)$/i.test(name) && !/(?:^|\/)(?:__MACOSX\/|\.)/.test(name);

/**
 * What was handed over, with the files of boxes that came packed in the place of their ZIPs: labels, annotations and
 * responses of many pictures leave the page that way. Saved results and other ZIPs stay as they are.
 */
export async function withPackedBoxes(sorted: readonly SortedItem[]): Promise<readonly SortedItem[]> {
  const all: SortedItem[] = [];
  for (const each of sorted) {
    const unpacked = each.kind === 'zip' && each.item.kind === 'file' ? await boxesIn(each.item) : undefined;
    all.push(...(unpacked ?? [each]));
  }
  return all;
}

/** Undefined where there are none. */
async function boxesIn({ file, via }: FileItem): Promise<readonly SortedItem[] | undefined> {
  const zip = await openZip(file);
  if (!zip.ok) return undefined;
  const names = zip.value.names.filter(isText);
  if (names.length === 0 || names.length > MOST_FILES) return undefined;
  if ((await findSavedResults(zip.value)).length > 0) return undefined;
  const read: { readonly name: string; readonly text: string; readonly file: File }[] = [];
  let left = MOST_BYTES;
  for (const path of names) {
    const entry = await zip.value.read(path, Math.min(left, LONGEST_ANNOTATIONS), 'text/plain');
    if (!entry.ok) return undefined;
    left -= entry.value.size;
    const name = path.slice(path.lastIndexOf('/') + 1);
    read.push({ name: path, text: await entry.value.text(), file: new File([entry.value], name) });
  }
  const holdsAny =
    readBoxes(read).sources.length > 0 || read.some(({ text }) => readSavedResponses(text).responses.length > 0);
  if (!holdsAny) return undefined;
  return Promise.all(
    read.map(async ({ name: path, file: unpacked }) => ({
      item: { kind: 'file', file: unpacked, via, name: unpacked.name, path } as const,
      kind: await savedKind(unpacked),
    })),
  );
}
