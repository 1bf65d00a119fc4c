import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/**
 * The session can end while the page is open: it was signed out in another tab, it is older than 12 hours, or the
 * server has another key. Then whoever was refused waits here until the person has entered the key again, and goes on.
 */
type AccessKeyRequest = {
  /** Answers everyone who waits: true when there is a session again. Absent while nobody waits. */
  readonly settle: ((isOpen: boolean) => void) | undefined;
};

const store = createStore<AccessKeyRequest>()(() => ({ settle: undefined }));
let asked: Promise<boolean> | undefined;

/** Has the person asked for the access key, once for all who wait; false when they would rather not. */
export function askForAccessKey(): Promise<boolean> {
  asked ??= new Promise<boolean>((resolve) => {
    store.setState({
      settle: (isOpen) => {
        asked = undefined;
        store.setState({ settle: undefined });
        resolve(isOpen);
      },
    });
  });
  return asked;
}

/** How to answer those who wait for the access key; undefined while nobody does. */
export const useAccessKeyRequest = (): AccessKeyRequest['settle'] => useStore(store, ({ settle }) => settle);
