import { useStore } from 'zustand';
import { onOtherTab, tellOtherTabs } from '#page/platform/other-tabs.ts';
import { pageDatabase } from '#page/platform/page-database.ts';
import { NO_TRUTHS, type TruthState, truthStore } from './compare-state.ts';
import { type TruthRecord, type TruthSet, truthKey } from './model/truth.ts';
import { createTruthStorage } from './truth-storage.ts';

/** The page's own truths, as the browser keeps them. */
export const truthStorage = createTruthStorage(pageDatabase);

export const useTruths = <T>(select: (state: TruthState) => T): T => useStore(truthStore, select);

const withTruth = (
  { sets, records, loaded }: TruthState,
  addedSets: readonly TruthSet[],
  added: readonly TruthRecord[],
): TruthState => {
  const ids = new Set(addedSets.map(({ id }) => id));
  return {
    sets: [...addedSets, ...sets.filter(({ id }) => !ids.has(id))].toSorted((a, b) => b.takenAt - a.takenAt),
    records: new Map([...records, ...added.map((record) => [truthKey(record), record] as const)]),
    loaded,
  };
};

/** Brings in what is kept about files with these digests. Where the browser keeps nothing, there is what came today. */
export function loadTruths(digests: readonly string[]): void {
  const wanted = digests.filter((digest) => !truthStore.getState().loaded.has(digest));
  if (wanted.length === 0) return;
  truthStore.setState(({ loaded }) => ({ loaded: new Set([...loaded, ...wanted]) }));
  readTruths(wanted);
}

const readTruths = (digests: readonly string[]): void =>
  void truthStorage.about(digests).then(
    ({ sets, records }) => truthStore.setState((state) => withTruth(state, sets, records)),
    () => undefined,
  );

/** Hears what other tabs do with truths of the same pictures, until the returned function is called. */
export const hearTruths = (): (() => void) =>
  onOtherTab((what) => {
    if (what === 'wiped') truthStore.setState(NO_TRUTHS);
    else if (what === 'truths') readTruths([...truthStore.getState().loaded]);
  });

/** Takes a truth in; false where it is here, but the browser would not keep it. */
export async function keepTruth(set: TruthSet, records: readonly TruthRecord[]): Promise<boolean> {
  truthStore.setState((state) => withTruth(state, [set], records));
  try {
    await truthStorage.put(set, records);
    tellOtherTabs('truths');
    return true;
  } catch {
    return false;
  }
}

/** Takes a truth away, here and in other tabs that begin later. */
export function removeTruth(id: string): void {
  truthStore.setState(({ sets, records }) => ({
    sets: sets.filter((set) => set.id !== id),
    records: new Map([...records].filter(([, record]) => record.set !== id)),
  }));
  void truthStorage.remove(id).catch(() => undefined);
}

/** Forgets every truth; rejects where the browser stores nothing. */
export async function forgetTruths(): Promise<void> {
  truthStore.setState(NO_TRUTHS);
  await truthStorage.clear();
}
