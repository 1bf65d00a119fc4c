import { picturesOf, workStore } from '#page/pictures/work-store.ts';
import { storageQuota } from '#page/platform/browser-storage.ts';
import { toast } from '#page/platform/notices.ts';
import { pageDatabase } from '#page/platform/page-database.ts';
import { createRemembered } from '#page/platform/remembered.ts';
import { createMemory, type RecentPicture } from './memory.ts';
import { keyOf } from './stored-origin.ts';

/** Most that the page keeps in a browser, in bytes; less where the browser gives less. */
const CAP_BYTES = 1024 ** 3;
/** Share of what the browser gives to this server's address: a detection in progress needs room as well. */
const SHARE_OF_QUOTA = 0.5;

let maxBytes = CAP_BYTES;

/** The page's own memory. */
export const memory = createMemory({ database: pageDatabase, maxBytes: () => maxBytes });

/** What the page knows of its own memory. */
type MemoryOverview = {
  /** Newest first, without those that were in work when it was read. */
  readonly recent: readonly RecentPicture[];
  readonly usedBytes: number;
  readonly maxBytes: number;
};

const NOTHING: MemoryOverview = { recent: [], usedBytes: 0, maxBytes: 0 };

export const rememberedPictures = createRemembered<MemoryOverview>('changed', NOTHING, async () => {
  const quota = await storageQuota();
  if (quota !== undefined) maxBytes = Math.min(CAP_BYTES, Math.floor(quota * SHARE_OF_QUOTA));
  const inWork = new Set(picturesOf(workStore.getState()).map(keyOf));
  const { recent, usedBytes, unreadable } = await memory.overview(inWork);
  if (unreadable > 0) {
    toast({
      title:
        unreadable === 1 ? 'One remembered picture was left out' : `${unreadable} remembered pictures were left out`,
      text: 'What the browser stored of them could not be read, so it was removed. Everything else is there.',
    });
  }
  return { recent, usedBytes, maxBytes };
});
