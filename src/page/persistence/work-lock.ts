import { browserLocks } from '#page/platform/browser-storage.ts';

/**
 * A tab holds a lock in the name of its work for as long as it lives, so that others can tell work that is open from
 * work that was left behind. Without locks (a page that is not on https or loopback, a
 * browser that refuses them) every work counts as open.
 */
const PREFIX = 'facebound.work.';

/** Takes the lock for the life of the page; false when another tab has it. */
export function holdWorkName(work: string): Promise<boolean> {
  const locks = browserLocks();
  if (locks === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    void locks
      .request(PREFIX + work, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => {});
      })
      .catch(() => resolve(true));
  });
}

/** Tells which works are open in some tab at this moment. */
export async function isWorkAlive(): Promise<(work: string) => boolean> {
  const held = await browserLocks()
    ?.query()
    .then(
      (snapshot) => snapshot.held ?? [],
      () => undefined,
    );
  if (held === undefined) return () => true;
  const names = new Set(held.map(({ name }) => name));
  return (work) => names.has(PREFIX + work);
}
