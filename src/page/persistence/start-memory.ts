import type { QueryClient } from '@tanstack/react-query';
import { uploadsTakenBack } from '#page/detection/detection-commands.ts';
import { rememberedUploads } from '#page/detection/sent-uploads.ts';
import { toast } from '#page/platform/notices.ts';
import { onOtherTab } from '#page/platform/other-tabs.ts';
import { randomId } from '#page/platform/random-id.ts';
import { closeWork } from './forget.ts';
import { keepsPictures } from './keep-pictures.ts';
import { memory, rememberedPictures } from './page-memory.ts';
import { forgetTakenBack, persistWorkspace } from './persist-workspace.ts';
import { type Restored, restoreWorkspace } from './restore-workspace.ts';
import { readSavedWorkspace } from './saved-workspace.ts';
import { holdWorkName, isWorkAlive } from './work-lock.ts';

/** A reload takes less: what nobody holds for this long was closed, in milliseconds. */
const ABANDONED_AFTER_MS = 30_000;

/**
 * Brings the tab's work back after a reload, and from then on keeps it. Resolves when there is something to work with:
 * of thousands the others come while the first are looked at. Never rejects: without a memory the page works and says so
 * where recent pictures would be.
 */
export const startMemory = (client: QueryClient): Promise<true> =>
  new Promise((resolve) => {
    void start(client, () => resolve(true)).then(() => resolve(true));
  });

async function start(client: QueryClient, onFirst: () => void): Promise<void> {
  const kept = readSavedWorkspace();
  // A tab that was duplicated brings a copy of the other's note along, and the other still works with it.
  const isOurs = kept !== undefined && (await holdWorkName(kept.work));
  const name = isOurs ? kept.work : randomId();
  if (!isOurs) await holdWorkName(name);
  let restored: Restored = { kept: [], outdated: [] };
  if (kept !== undefined) {
    restored = await restoreWorkspace(client, kept, onFirst).catch(() => {
      toast({
        title: 'The work of this tab could not be brought back',
        text: 'This browser did not give back what it had stored. Hand the pictures over again.',
      });
      return restored;
    });
  }
  // Only now: what is not back yet would be written down as gone. Pictures of a copied work are held anew, in this tab's own name.
  persistWorkspace(client, name, isOurs ? restored.kept : [], restored.outdated);
  onOtherTab((what) => {
    if (what === 'wiped') void closeWork(client).then(rememberedPictures.refresh);
    else if (what === 'changed') void rememberedPictures.refresh();
  });
  followTakenBack(client);
  if (await rememberedPictures.refresh()) endAbandonedWorks();
}

/** What leaves the list of uploads at Kling, here or in another tab, lies there no more: nothing here counts on it. */
function followTakenBack(client: QueryClient): void {
  rememberedUploads.subscribe(({ value: uploads }, { value: before }) => {
    const left = new Set(uploads.map(({ address }) => address));
    const gone = new Set(before.map(({ address }) => address).filter((address) => !left.has(address)));
    if (gone.size === 0) return;
    uploadsTakenBack(client, gone);
    forgetTakenBack(gone);
  });
  rememberedUploads.hear();
}

/** Drops the pictures of tabs that were closed. Looked at twice, because a tab that is being reloaded holds nothing. */
function endAbandonedWorks(): void {
  void (async () => {
    const before = await isWorkAlive();
    await new Promise((resolve) => setTimeout(resolve, ABANDONED_AFTER_MS));
    const after = await isWorkAlive();
    await memory.evict((work) => before(work) || after(work), keepsPictures());
    await rememberedPictures.refresh();
  })().catch(() => {});
}
