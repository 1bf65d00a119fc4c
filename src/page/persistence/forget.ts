import type { QueryClient } from '@tanstack/react-query';
import { detectionKey } from '#page/detection/detect-faces.ts';
import { uploadStore } from '#page/detection/upload-store.ts';
import { selectionStore } from '#page/pictures/selection-store.ts';
import { releasePicture, workStore } from '#page/pictures/work-store.ts';
import { CODE_CURES, CodeError, fetchCode } from '#page/platform/fetched-code.ts';
import { otherTabsHear, tellOtherTabs } from '#page/platform/other-tabs.ts';
import { toast } from '#page/platform/toasts.ts';
import { filesLeft } from '#page/session/upload-record.ts';
import { deleteOwnFiles } from './delete-own-files.ts';
import { type Forgotten, forgottenMessage } from './forgotten-message.ts';
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

/** Forgets everything, and says what became of it. */
export async function forgetEverything(client: QueryClient, named: ReadonlySet<string>): Promise<void> {
  const forgotten = await forgetAll(client, named);
  if (forgotten === undefined) return;
  const isDone = forgotten.isBrowserEmpty && forgotten.onServer.ok;
  toast({
    ...forgottenMessage(forgotten),
    ...(isDone ? { tone: forgotten.left === undefined ? 'done' : 'note' } : {}),
  });
}

/**
 * Forgets what this tab and others work with, what this browser remembers, and what this session left on the server, as
 * far as that answers. Generations that are not over stay, but for those whose ids the person named. Undefined when
 * nothing was forgotten, which is said then.
 */
export async function forgetAll(client: QueryClient, named: ReadonlySet<string>): Promise<Forgotten | undefined> {
  let code: typeof import('#page/kolors/generation-store.ts');
  try {
    // Before anything is gone: without it nobody could say what is left.
    code = await fetchCode(() => import('#page/kolors/generation-store.ts'));
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    toast({ title: 'Nothing was forgotten', text: CODE_CURES[error.failure] });
    return undefined;
  }
  await closeWork(client);
  const onServer = await deleteOwnFiles();
  const isBrowserEmpty = await memory.clear().then(
    () => true,
    () => false,
  );
  // Where nothing can be stored, nothing was paid from here.
  const generations = await code.forgetGenerations(named).catch(() => 0);
  tellOtherTabs('wiped');
  await refreshMemory();
  return { isBrowserEmpty, onServer, left: filesLeft(Date.now()), generations, otherTabsHear };
}
