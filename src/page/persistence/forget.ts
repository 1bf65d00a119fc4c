import type { QueryClient } from '@tanstack/react-query';
import { dropChecks } from '#page/check/check-store.ts';
import { checkStorage } from '#page/check/own-checks.ts';
import { forgetTruths } from '#page/compare/truth-store.ts';
import { detectionKey } from '#page/detection/detect-faces.ts';
import { forgetSentUploads } from '#page/detection/sent-uploads.ts';
import { uploads } from '#page/detection/upload-store.ts';
import { selectionStore } from '#page/pictures/selection-store.ts';
import { dropSteps } from '#page/pictures/undo-stack.ts';
import { EMPTY_WORK, picturesOf, releasePicture, workStore } from '#page/pictures/work-store.ts';
import { CODE_CURES, CodeError, fetchCode } from '#page/platform/fetched-code.ts';
import { toast } from '#page/platform/notices.ts';
import { otherTabsHear, tellOtherTabs } from '#page/platform/other-tabs.ts';
import { filesLeft } from '#page/session/upload-record.ts';
import { deleteOwnFiles } from './delete-own-files.ts';
import { type Forgotten, forgottenMessage } from './forgotten-message.ts';
import { memory, rememberedPictures } from './page-memory.ts';
import { startOver } from './persist-workspace.ts';

/** Closes everything this tab works with and stops what is under way. */
export async function closeWork(client: QueryClient): Promise<void> {
  const state = workStore.getState();
  const { removed, pendingImports } = state;
  const pictures = picturesOf(state);
  for (const pendingImport of pendingImports.values()) pendingImport.cancel();
  workStore.setState(EMPTY_WORK);
  await client.cancelQueries({ queryKey: detectionKey() });
  for (const picture of [...pictures, ...removed]) releasePicture(picture);
  dropSteps(() => true);
  selectionStore.setState({ selections: {}, hovered: undefined });
  uploads.clear();
  client.removeQueries({ queryKey: detectionKey() });
  await startOver();
}

async function forgetChecks(): Promise<void> {
  await checkStorage.clear();
  dropChecks();
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

/** Forgets everything, and says what became of it. */
export async function forgetEverything(client: QueryClient, also: AlsoForgotten): Promise<void> {
  const forgotten = await forgetAll(client, also);
  if (forgotten === undefined) return;
  const isDone = forgotten.isBrowserEmpty && forgotten.onServer.ok;
  toast({
    ...forgottenMessage(forgotten),
    ...(isDone ? { tone: forgotten.left === undefined ? 'done' : 'note' } : {}),
  });
}

/**
 * Forgets what this tab and others work with, what this browser remembers, and what this session left on the server, as
 * far as that answers. What is somebody's work or guards money stays, but for what is named in `also`. Undefined when
 * nothing was forgotten, which is said then.
 */
export async function forgetAll(client: QueryClient, also: AlsoForgotten): Promise<Forgotten | undefined> {
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
  const isBrowserEmpty = await (also.checks ? memory.clear().then(forgetChecks) : memory.clear())
    .then(forgetTruths)
    .then(
      () => true,
      () => false,
    );
  // Where nothing can be stored, nothing was paid from here.
  const generations = await code.forgetGenerations(also.generations).catch(() => 0);
  const atKling = await forgetSentUploads(also.sentUploads).catch(() => 0);
  const { verdicts } = await checkStorage.count().catch(() => ({ verdicts: 0 }));
  tellOtherTabs('wiped');
  await rememberedPictures.refresh();
  return { verdicts, isBrowserEmpty, onServer, left: filesLeft(Date.now()), generations, atKling, otherTabsHear };
}
