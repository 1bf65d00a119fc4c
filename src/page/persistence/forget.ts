import type { QueryClient } from '@tanstack/react-query';
import type { WipeFilesReply } from '#contract/app-files.ts';
import { detectionKey } from '#page/detection/detect-faces.ts';
import { forgetSentUploads } from '#page/detection/sent-uploads.ts';
import { uploadStore } from '#page/detection/upload-store.ts';
import { selectionStore } from '#page/pictures/selection-store.ts';
import { releasePicture, workStore } from '#page/pictures/work-store.ts';
import { CODE_CURES, CodeError, fetchCode } from '#page/platform/fetched-code.ts';
import { otherTabsHear, tellOtherTabs } from '#page/platform/other-tabs.ts';
import { toast } from '#page/platform/toasts.ts';
import { deleteOwnFiles } from './delete-own-files.ts';
import { memory, refreshMemory } from './page-memory.ts';
import { startOver } from './persist-workspace.ts';

/** Closes everything this tab works with and stops what is under way. */
export async function closeWork(client: QueryClient): Promise<void> {
  const { pictures, removed, pendingImports } = workStore.getState();
  for (const pendingImport of pendingImports) pendingImport.cancel();
  workStore.setState({ pictures: [], openId: undefined, removed: undefined, asks: {} });
  await client.cancelQueries({ queryKey: detectionKey() });
  for (const picture of removed === undefined ? pictures : [...pictures, removed]) releasePicture(picture);
  selectionStore.setState({ selections: {}, hovered: undefined });
  uploadStore.setState({}, true);
  client.removeQueries({ queryKey: detectionKey() });
  await startOver();
}

/**
 * Forgets everything: what this tab and others work with, what this browser remembers, and what this session left on
 * the server. Says what became of it. Generations that are not over stay, but for those whose ids the person named; so
 * do the notes that find at Kling what was sent there, unless `withList`.
 */
export async function forgetEverything(
  client: QueryClient,
  named: ReadonlySet<string>,
  withList = false,
): Promise<void> {
  let code: typeof import('#page/kolors/generation-store.ts');
  try {
    // Before anything is gone: without it nobody could say what is left.
    code = await fetchCode(() => import('#page/kolors/generation-store.ts'));
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    toast({ title: 'Nothing was forgotten', text: CODE_CURES[error.failure] });
    return;
  }
  await closeWork(client);
  const onServer = await deleteOwnFiles();
  const locally = await memory.clear().then(
    () => true,
    () => false,
  );
  // Where nothing can be stored, nothing was paid from here.
  const stay = await code.forgetGenerations(named).catch(() => 0);
  const atKling = await forgetSentUploads(withList).catch(() => 0);
  tellOtherTabs('wiped');
  await refreshMemory();
  const isDone = locally && onServer.ok;
  toast({
    title: !isDone
      ? 'Not everything could be forgotten'
      : stay > 0
        ? 'Everything else is forgotten'
        : 'Everything is forgotten',
    ...(isDone ? { tone: 'done' } : {}),
    text: [
      locally ? 'This browser remembers no picture and no result.' : 'This browser does not let its memory be emptied.',
      onServer.ok ? serverMessage(onServer.value) : onServer.error,
      otherTabsHear ? '' : 'Other tabs of this page could not be told: close them.',
      stay === 0 ? '' : stayMessage(stay),
      atKling === 0 ? '' : atKlingMessage(atKling),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
  });
}

const stayMessage = (count: number): string =>
  `${count === 1 ? 'One generation stays' : `${count} generations stay`} listed, so that nothing is paid for twice.`;

const atKlingMessage = (count: number): string =>
  `${count === 1 ? 'One picture lies' : `${count} pictures lie`} at Kling and can still be removed there from here.`;

const files = (count: number): string => (count === 1 ? 'one file' : `${count} files`);

const serverMessage = ({ removed }: WipeFilesReply): string =>
  removed === 0 ? 'The server had nothing of this session.' : `The server removed ${files(removed)} of this session.`;
