import type { QueryClient } from '@tanstack/react-query';
import type { WipeFilesReply } from '#contract/app-files.ts';
import { checkStorage } from '#page/check/own-checks.ts';
import { detectionKey } from '#page/detection/detect-faces.ts';
import { forgetSentUploads } from '#page/detection/sent-uploads.ts';
import { uploads } from '#page/detection/upload-store.ts';
import { selectionStore } from '#page/pictures/selection-store.ts';
import { EMPTY_WORK, picturesOf, releasePicture, workStore } from '#page/pictures/work-store.ts';
import { CODE_CURES, CodeError, fetchCode } from '#page/platform/fetched-code.ts';
import { otherTabsHear, tellOtherTabs } from '#page/platform/other-tabs.ts';
import { toast } from '#page/platform/toasts.ts';
import { deleteOwnFiles } from './delete-own-files.ts';
import { memory, refreshMemory } from './page-memory.ts';
import { startOver } from './persist-workspace.ts';

/** Closes everything this tab works with and stops what is under way. */
export async function closeWork(client: QueryClient): Promise<void> {
  const state = workStore.getState();
  const { removed, pendingImports } = state;
  const pictures = picturesOf(state);
  for (const pendingImport of pendingImports.values()) pendingImport.cancel();
  workStore.setState(EMPTY_WORK);
  await client.cancelQueries({ queryKey: detectionKey() });
  for (const picture of removed === undefined ? pictures : [...pictures, removed]) releasePicture(picture);
  selectionStore.setState({ selections: {}, hovered: undefined });
  uploads.clear();
  client.removeQueries({ queryKey: detectionKey() });
  await startOver();
}

/** What stays unless the person says otherwise in so many words. */
export type AlsoForgotten = {
  /** Ids of generations that are not over: their records keep the page from paying twice. */
  readonly generations: ReadonlySet<string>;
  /** The notes that find at Kling what was sent there. */
  readonly sentUploads: boolean;
  /** Verdicts: somebody's work. */
  readonly checks: boolean;
};

/**
 * Forgets everything: what this tab and others work with, what this browser remembers, and what this session left on
 * the server. Says what became of it. What is somebody's work or guards money stays, but for what is named in `also`.
 */
export async function forgetEverything(client: QueryClient, also: AlsoForgotten): Promise<void> {
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
  const locally = await (also.checks ? memory.clear().then(checkStorage.clear) : memory.clear()).then(
    () => true,
    () => false,
  );
  // Where nothing can be stored, nothing was paid from here.
  const stay = await code.forgetGenerations(also.generations).catch(() => 0);
  const atKling = await forgetSentUploads(also.sentUploads).catch(() => 0);
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
