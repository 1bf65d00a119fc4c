import { useStore } from 'zustand';
import { pushStep } from '#page/pictures/undo-stack.ts';
import type { UndoStep } from '#page/pictures/undo-step.ts';
import { onOtherTab, tellOtherTabs } from '#page/platform/other-tabs.ts';
import { beginning, type CheckState, checkStore } from './check-state.ts';
import { type CheckCommand, type CheckRecords, perform } from './model/commands.ts';
import { type CheckSet, recordKey } from './model/verdict.ts';
import { checkStorage, storeCheckFile } from './own-checks.ts';

export const useChecks = <T>(select: (state: CheckState) => T): T => useStore(checkStore, select);

/** Reads and writes one after another, so that what is read never is older than what was said here. */
let queue: Promise<unknown> = Promise.resolve();
function inTurn(work: () => Promise<void>, onFailure: () => void): void {
  queue = queue.then(work).catch(onFailure);
}

/** Brings in what is kept about files with these digests. What is here already is not asked for again. */
export function loadChecks(digests: readonly string[]): void {
  const { loaded, status } = checkStore.getState();
  const wanted = digests.filter((digest) => !loaded.has(digest));
  if (wanted.length === 0 && status === 'ready') return;
  checkStore.setState({ loaded: new Set([...loaded, ...wanted]) });
  readChecks(wanted);
}

/** Resolves when what was asked for is here, or this browser does not give it; never rejects. */
export const whenChecksAreHere = async (): Promise<void> => {
  await queue;
};

function readChecks(digests: readonly string[]): void {
  inTurn(
    async () => {
      const before = checkStore.getState();
      const sets = await checkStorage.sets(before.own.id);
      const records = await checkStorage.about(digests);
      const about = new Set(digests);
      const merged = new Map(
        [...checkStore.getState().records].filter(([, { file, sent }]) => !about.has(file) && !about.has(sent)),
      );
      for (const record of records) merged.set(recordKey(record), record);
      checkStore.setState({
        status: 'ready',
        own: sets.find(({ isOwn }) => isOwn) ?? before.own,
        others: sets.filter(({ isOwn }) => !isOwn),
        records: merged,
        known: new Set([...checkStore.getState().known, ...digests]),
      });
    },
    () => checkStore.setState({ status: 'unavailable', isSaved: false }),
  );
}

/** Takes a check file in (`storeCheckFile`), and shows what it says of the pictures that are here. */
export const adoptCheckFile: typeof storeCheckFile = async (text) => {
  const taken = await storeCheckFile(text);
  if (taken.ok) readChecks([...checkStore.getState().loaded]);
  return taken;
};

/** Hears what other tabs say about the same pictures, until the returned function is called. */
export const hearChecks = (): (() => void) =>
  onOtherTab((what) => {
    if (what === 'checks') readChecks([...checkStore.getState().loaded]);
    else if (what === 'wiped') readChecks([...checkStore.getState().loaded]);
  });

/**
 * Says something, as one step of undo, and writes it down. `faces` is how many faces it is a verdict on, which tells how
 * fast the person is.
 */
export function say(commands: readonly CheckCommand[], what: Pick<UndoStep, 'label' | 'goTo'>, faces = 0): void {
  const inverse = run(commands);
  pushStep({ ...what, undo: () => run(inverse), redo: () => run(commands) });
  const { acts } = checkStore.getState();
  if (faces > 0) checkStore.setState({ acts: [...acts, { at: performance.now(), faces }] });
}

/** Does what the commands say to the records as they are now, and writes them down. Gives what takes it back. */
function run(commands: readonly CheckCommand[]): readonly CheckCommand[] {
  const { records, inverse } = perform(checkStore.getState().records, commands, Date.now());
  checkStore.setState({ records });
  const keys = [...new Set(commands.map(({ head }) => recordKey(head)))];
  inTurn(
    async () => {
      await write(checkStore.getState().records, keys);
      checkStore.setState({ isSaved: true });
      tellOtherTabs('checks');
    },
    () => checkStore.setState({ isSaved: false }),
  );
  return inverse;
}

/** What stands now, which may be more than what this write was asked for: the later one finds nothing to do. */
const write = (records: CheckRecords, keys: readonly string[]): Promise<void> =>
  checkStorage.write(
    keys.flatMap((key) => records.get(key) ?? []),
    keys.filter((key) => !records.has(key)),
  );

/** Lets go of everything that is here: what was forgotten in the browser must not come back from this tab. */
export const dropChecks = (): void => checkStore.setState(beginning());

/** Notes the reviewer's name, which goes with everything said here. */
export function nameReviewer(reviewer: string): void {
  const own = { ...checkStore.getState().own, reviewer: reviewer.slice(0, 200) };
  checkStore.setState({ own });
  inTurn(
    async () => {
      await checkStorage.nameSet(own);
      // What was being read meanwhile had the name before.
      checkStore.setState({ own });
      tellOtherTabs('checks');
    },
    () => checkStore.setState({ isSaved: false }),
  );
}

/** Notes somebody whose verdicts lie beside one's own. */
export function adoptSet(set: CheckSet): void {
  checkStore.setState(({ others }) => ({ others: [...others.filter(({ id }) => id !== set.id), set] }));
  inTurn(
    () => checkStorage.nameSet(set),
    () => checkStore.setState({ isSaved: false }),
  );
}
