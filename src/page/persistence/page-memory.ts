import { picturesOf, workStore } from '#page/pictures/work-store.ts';
import { storageQuota } from '#page/platform/browser-storage.ts';
import { pageDatabase, whyUnavailable } from '#page/platform/page-database.ts';
import { toast } from '#page/platform/toasts.ts';
import { createMemory } from './memory.ts';
import { memoryStore } from './memory-store.ts';
import { keyOf } from './stored-origin.ts';

/** Most that the page keeps in a browser, in bytes; less where the browser gives less. */
const CAP_BYTES = 1024 ** 3;
/** Share of what the browser gives to this server's address: a detection in progress needs room as well. */
const SHARE_OF_QUOTA = 0.5;

let maxBytes = CAP_BYTES;

/** The page's own memory. */
export const memory = createMemory({ database: pageDatabase, maxBytes: () => maxBytes });

/** Reads anew what is remembered and how much room it takes. False when this browser stores nothing. */
export async function refreshMemory(): Promise<boolean> {
  try {
    const quota = await storageQuota();
    if (quota !== undefined) maxBytes = Math.min(CAP_BYTES, Math.floor(quota * SHARE_OF_QUOTA));
    const { recent, usedBytes, unreadable } = await memory.overview(
      new Set(picturesOf(workStore.getState()).map(keyOf)),
    );
    memoryStore.setState({ status: 'ready', recent, usedBytes, maxBytes });
    if (unreadable > 0) {
      toast({
        title:
          unreadable === 1 ? 'One remembered picture was left out' : `${unreadable} remembered pictures were left out`,
        text: 'What the browser stored of them could not be read, so it was removed. Everything else is there.',
      });
    }
    return true;
  } catch (error) {
    memoryStore.setState({ status: whyUnavailable(error), recent: [], usedBytes: 0 });
    return false;
  }
}
