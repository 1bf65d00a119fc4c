import type { QueryClient } from '@tanstack/react-query';
import { cancelDetection } from '#features/detection/detection-commands.ts';
import { uploadStore } from '#features/detection/upload-store.ts';
import { selectionStore } from '#lib/selection-store.ts';
import { wipeOwnFiles } from '#lib/wipe-files.ts';
import { addNotice, workStore } from '#lib/work-store.ts';
import { currentSession } from './engine-answers.ts';
import { startOver } from './keep-work.ts';
import { memory, refreshMemory, tellOtherTabs } from './page-memory.ts';

/** Closes everything this tab works with and stops what is under way. */
export async function closeWork(client: QueryClient): Promise<void> {
  const { pictures, removed, arrivals } = workStore.getState();
  for (const arrival of arrivals) arrival.cancel();
  const session = currentSession();
  await Promise.all(pictures.map((picture) => cancelDetection(client, session, picture)));
  workStore.setState({ pictures: [], openId: undefined, removed: undefined });
  for (const { url, thumbnailUrl } of removed === undefined ? pictures : [...pictures, removed]) {
    URL.revokeObjectURL(url);
    URL.revokeObjectURL(thumbnailUrl);
  }
  selectionStore.setState({ selections: {}, hovered: undefined });
  uploadStore.setState({}, true);
  client.removeQueries({ queryKey: ['recognize-faces'] });
  await startOver();
}

/**
 * Forgets everything: what this tab and others work with, what this browser remembers, and what this session left on
 * the server. Says what became of it.
 */
export async function forgetEverything(client: QueryClient): Promise<void> {
  await closeWork(client);
  const onServer = await wipeOwnFiles();
  const locally = await memory.wipe().then(
    () => true,
    () => false,
  );
  const isGenerating = await forgetGenerations();
  tellOtherTabs('wiped');
  await refreshMemory();
  const isDone = locally && onServer.ok;
  addNotice({
    title: isDone ? 'Everything is forgotten' : 'Not everything could be forgotten',
    ...(isDone ? { tone: 'done' } : {}),
    text: [
      locally ? 'This browser remembers no picture and no result.' : 'This browser does not let its memory be emptied.',
      onServer.ok ? serverWords(onServer.value) : onServer.error,
      isGenerating ? 'Generations that are still running stay listed until they are over.' : '',
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
  });
}

/** Forgets what was generated; what is still running was paid for and stays. True when something stays. */
async function forgetGenerations(): Promise<boolean> {
  const { forgetGeneration, generationsStore } = await import('#features/kolors/generation-store.ts');
  for (const { id } of generationsStore.getState().generations) await forgetGeneration(id).catch(() => {});
  return generationsStore.getState().generations.length > 0;
}

const files = (count: number): string => (count === 1 ? 'one file' : `${count} files`);

function serverWords({ removed, kept }: { readonly removed: number; readonly kept: number }): string {
  if (removed === 0 && kept === 0) return 'The server had nothing of this session.';
  const gone = removed === 0 ? '' : `The server removed ${files(removed)}. `;
  return kept === 0 ? gone.trim() : `${gone}${keptWords(kept)}`;
}

/** Why some stay, and when the server removes what nobody forgets: see the store's retention. */
function keptWords(kept: number): string {
  const [stay, them] = kept === 1 ? ['One file stays', 'it'] : [`${kept} files stay`, 'them'];
  return `${stay}: the same picture was also handed over in another browser or an earlier visit, which may still show ${them}. The server removes ${them} after 7 days at the latest.`;
}
