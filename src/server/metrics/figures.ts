import type { Engine, EngineAnswer, EngineFailure } from '#api/engine.ts';
import type { FileStore } from '#api/files/stores.ts';
import type { Backlog, DetectorWatch } from '#detector/detector.ts';

/** One answered call, in words of closed sets: never a path, a name or an address. */
export type AnsweredCall = {
  /** Template of the route that answered, such as `/files/:name`. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  /** From its arrival until its answer began. */
  readonly seconds: number;
};

/** What a queue tells of itself when somebody asks: how much waits, and how long the oldest has, in milliseconds. */
export type QueueLook = () => Backlog | Promise<Backlog>;

/** The processes that are started anew when they go down: the detector's, and those that check uploads and links. */
export type ChildName = 'detector' | 'check';

/**
 * Whoever counts what this server does. Where nobody counts there is none of it: whatever is counted is wrapped at start,
 * or left as it is.
 */
export type Figures = {
  /** For `createDetector`. */
  readonly detector: DetectorWatch;
  onAnswer(call: AnsweredCall): void;
  /** Something of a store was done; `outcome` is whether the store could do it. */
  onStore(operation: StoreOperation, outcome: 'ok' | 'failed', seconds: number): void;
  /** The live service answered, with a status, or did not, and why. */
  onVendor(operation: VendorOperation, outcome: string, seconds: number): void;
  /** A process went down, and another is started. The detector's are told by `detector`. */
  onChildDown(child: ChildName): void;
  /** From now on these processes are asked how much memory they hold, in bytes, at each look at the figures. */
  watchChild(child: ChildName, residentBytes: () => number | undefined): void;
  /** From now on the queue of this name is asked at each look at the figures. The same name again takes its place. */
  watchQueue(name: QueueName, look: QueueLook): void;
  close(): Promise<void>;
};

/** The queues that there may be: those who wait for this process's detector, and the one that replicas and workers share. */
export type QueueName = 'detector' | 'shared';

/** What is timed of a store, apart from streams that are read at the caller's pace. */
const STORE_OPERATIONS = ['keepUpload', 'put', 'read', 'open', 'use', 'renew', 'removeUnless'] as const;
export type StoreOperation = (typeof STORE_OPERATIONS)[number];

export type VendorOperation = Exclude<keyof Engine, 'name' | 'drain' | 'close'>;

const seconds = (began: number): number => (performance.now() - began) / 1000;

/** A store all of whose work is timed. It is the same store otherwise, with whatever else it has. */
export function timedStore<S extends FileStore>(store: S, figures: Pick<Figures, 'onStore'>): S {
  const timed =
    <A extends readonly unknown[], T>(operation: StoreOperation, work: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const began = performance.now();
      try {
        const done = await work(...args);
        figures.onStore(operation, 'ok', seconds(began));
        return done;
      } catch (error) {
        figures.onStore(operation, 'failed', seconds(began));
        throw error;
      }
    };
  return {
    ...store,
    keepUpload: timed('keepUpload', store.keepUpload.bind(store)),
    put: timed('put', store.put.bind(store)),
    read: timed('read', store.read.bind(store)),
    open: timed('open', store.open.bind(store)),
    use: timed('use', store.use.bind(store)),
    renew: timed('renew', store.renew.bind(store)),
    removeUnless: timed('removeUnless', store.removeUnless.bind(store)),
  };
}

/** The live service with every call timed, until its answer begins. Paid calls are passed on like all others, once. */
export function timedVendor(engine: Engine, figures: Pick<Figures, 'onVendor'>): Engine {
  const timed =
    <A extends readonly unknown[]>(operation: VendorOperation, call: (...args: A) => EngineAnswer) =>
    async (...args: A): EngineAnswer => {
      const began = performance.now();
      try {
        const answer = await call(...args);
        figures.onVendor(operation, answer.ok ? statusClass(answer.value.status) : answer.error.code, seconds(began));
        return answer;
      } catch (error) {
        figures.onVendor(operation, 'fault', seconds(began));
        throw error;
      }
    };
  return {
    ...engine,
    uploadAsset: timed('uploadAsset', engine.uploadAsset.bind(engine)),
    recognizeFaces: timed('recognizeFaces', engine.recognizeFaces.bind(engine)),
    listAccounts: timed('listAccounts', engine.listAccounts.bind(engine)),
    showAccount: timed('showAccount', engine.showAccount.bind(engine)),
    generate: timed('generate', engine.generate.bind(engine)),
    showTask: timed('showTask', engine.showTask.bind(engine)),
    deleteTask: timed('deleteTask', engine.deleteTask.bind(engine)),
    listUploadedAssets: timed('listUploadedAssets', engine.listUploadedAssets.bind(engine)),
    deleteUploadedAssets: timed('deleteUploadedAssets', engine.deleteUploadedAssets.bind(engine)),
    listFreePlaces: timed('listFreePlaces', engine.listFreePlaces.bind(engine)),
    downloadAsset: timed('downloadAsset', engine.downloadAsset.bind(engine)),
  };
}

/** `2xx` to `5xx`: a service may answer with any status, and each would be a series of its own. */
const statusClass = (status: number): string => `${Math.floor(status / 100)}xx`;

/** What `onVendor` may be told instead of a status. */
export type VendorTrouble = EngineFailure['code'] | 'fault';
