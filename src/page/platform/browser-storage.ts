/**
 * The only place, with `page-database.ts`, that touches what the browser keeps for this site: local and session
 * storage, broadcast channels, locks and the quota. A browser that blocks site data throws at the mere mention of some
 * of them, while modules load, and the page would stay white. Here every one is always an object: where the browser
 * refuses, values last as long as the page and other tabs hear nothing. `testing/browser-storage-use.test.ts` keeps all
 * other modules away from the originals; the script in index.html, which can import nothing, guards its own accesses itself.
 */

/** Texts by key. Never throws. */
export type TextStorage = {
  /** False when the browser refuses it: then everything is forgotten with the page. */
  readonly isKept: boolean;
  readonly get: (key: string) => string | undefined;
  /** What the browser does not take (refused, or full) lasts as long as the page. */
  readonly set: (key: string, value: string) => void;
  readonly remove: (key: string) => void;
};

/** What `access` gives; undefined where even that throws, or where there is no such thing. */
function granted<T>(access: () => T): NonNullable<T> | undefined {
  try {
    return access() ?? undefined;
  } catch {
    return undefined;
  }
}

function textStorage(access: () => Storage): TextStorage {
  const storage = granted(access);
  /** Values that the browser did not take; null for one that it did not remove. */
  const inMemory = new Map<string, string | null>();
  return {
    isKept: storage !== undefined,
    get: (key) => {
      const held = inMemory.get(key);
      return held === undefined ? granted(() => storage?.getItem(key)) : (held ?? undefined);
    },
    set: (key, value) => {
      try {
        if (storage === undefined) throw new Error('refused');
        storage.setItem(key, value);
        inMemory.delete(key);
      } catch {
        inMemory.set(key, value);
      }
    },
    remove: (key) => {
      inMemory.delete(key);
      try {
        storage?.removeItem(key);
      } catch {
        inMemory.set(key, null);
      }
    },
  };
}

/** For all visits: what a person chose. */
export const visitorStorage = textStorage(() => globalThis.localStorage);

/** For this tab, reloads included. */
export const tabStorage = textStorage(() => globalThis.sessionStorage);

/** Other tabs of this page. */
export type TabChannel = {
  /** False when the browser refuses it: then no other tab hears or is heard. */
  readonly isShared: boolean;
  readonly post: (message: string) => void;
  /** Runs at each message, until the returned function is called. */
  readonly onMessage: (run: (message: unknown) => void) => () => void;
};

/** Opens the channel of this name. Never throws. */
export function openChannel(name: string): TabChannel {
  const channel = granted(() => new BroadcastChannel(name));
  return {
    isShared: channel !== undefined,
    post: (message) => void granted(() => channel?.postMessage(message)),
    onMessage: (run) => {
      const hear = ({ data }: MessageEvent) => run(data);
      channel?.addEventListener('message', hear);
      return () => channel?.removeEventListener('message', hear);
    },
  };
}

/**
 * The browser's Web Locks: undefined on a page that is not on https or loopback, and where the browser refuses them.
 * With site data blocked, Chromium gives the object and rejects every request.
 */
export const browserLocks = (): LockManager | undefined => granted(() => navigator.locks);

/** How much the browser keeps for this site at most, in bytes; undefined when it does not say. */
export async function storageQuota(): Promise<number | undefined> {
  const estimate = await granted(() => navigator.storage?.estimate())?.catch(() => undefined);
  return estimate?.quota;
}
