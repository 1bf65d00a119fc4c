import { MAX_SAVED_RESULT_CHECK_BYTES } from '#contract/saved-result-file.ts';
import { type BoxSource, readBoxes } from '#page/compare/index.ts';
import type { SortedItem } from '#page/pictures/intake/intake-above.ts';
import { findSavedResults } from './open-saved-result.ts';
import { openZip } from './zip-entries.ts';

export type VerdictSource = Extract<BoxSource, { kind: 'verdicts' }>;

/**
 * The checks that saved results bring along, named by their ZIPs. The ZIPs themselves stay what they are: they are opened
 * as saved results whatever becomes of the check.
 */
export async function packedChecks(sorted: readonly SortedItem[]): Promise<readonly VerdictSource[]> {
  const found: VerdictSource[] = [];
  for (const { item, kind } of sorted) {
    if (kind !== 'zip' || item.kind !== 'file') continue;
    const zip = await openZip(item.file);
    if (!zip.ok) continue;
    for (const { manifest, files } of await findSavedResults(zip.value)) {
      const name = manifest.ok ? manifest.value.check : undefined;
      if (name === undefined || files.find(name) === undefined) continue;
      const text = await files.read(name, MAX_SAVED_RESULT_CHECK_BYTES, 'application/json');
      if (!text.ok) continue;
      const { sources } = readBoxes([{ name: item.name, text: await text.value.text() }]);
      found.push(...sources.filter((source) => source.kind === 'verdicts'));
    }
  }
  return found;
}
