import type { HandedOver } from '#page/pictures/model/handed-over.ts';
import type { PageDatabase } from '#page/platform/page-database.ts';
import { sha256Hex } from '#page/platform/sha256.ts';
import { type EvictionLimits, type Kept, planEviction, totalBytes } from './eviction.ts';
import {
  answerId,
  fileId,
  isOutdated,
  type StoredAnswer,
  type StoredFile,
  type StoredPicture,
  storedAnswer,
  storedFile,
  storedPicture,
} from './records.ts';

/** A remembered picture as the list of recent ones shows it. */
export type RecentPicture = StoredPicture & {
  readonly hasBlob: boolean;
  /** Mark of the detector that gave the kept answer, or `NOT_TOLD`; undefined where the embedded engine gave none. */
  readonly detector: string | undefined;
};

/** In place of the mark where an earlier version of the page kept an answer without it. */
export const NOT_TOLD = 'not-told';

/** Everything that is remembered of one picture. */
export type LoadedPicture = {
  readonly picture: StoredPicture;
  readonly answers: readonly StoredAnswer[];
  /** The file that it was made from, where that is known. */
  readonly handedOver: HandedOver | undefined;
  /** Undefined when the bytes are not kept, or cannot be read any more. */
  readonly blob: Blob | undefined;
};

export type Overview = {
  /** Newest first, at most as many as are remembered without being in use. */
  readonly recent: readonly RecentPicture[];
  readonly usedBytes: number;
  /** Records that could not be read; they are removed. */
  readonly unreadable: number;
};

/** What became of a picture's bytes. */
export type BlobOutcome = 'kept' | 'no-room';

/**
 * The page's memory in IndexedDB. Every method rejects when the browser stores nothing; a full disk is not a rejection
 * where the outcome can say it.
 */
export type Memory = {
  /** Notes a picture that a tab's work holds, with its bytes for as long as that work is open, and what is known of its file. */
  keepPicture(work: string, picture: StoredPicture, blob: Blob, handedOver?: HandedOver): Promise<BlobOutcome>;
  /** Notes an answer; `faces` when it has one. Nothing when the picture is not remembered. */
  keepAnswer(answer: StoredAnswer, faces: number | undefined): Promise<void>;
  /** Forgets what Kling said of uploads that were taken back there, and where they lay. */
  forgetAnswersAt(addresses: ReadonlySet<string>): Promise<void>;
  load(key: string): Promise<LoadedPicture | undefined>;
  /** The picture of these bytes, however they came in. */
  loadByDigest(sha256: string): Promise<LoadedPicture | undefined>;
  /** What is remembered, without those that this tab works with, by their keys. */
  overview(inWork?: ReadonlySet<string>): Promise<Overview>;
  delete(key: string): Promise<void>;
  /** Says that a work no longer holds this picture, and forgets it unless another work does. */
  deleteUnlessHeld(work: string, key: string): Promise<void>;
  /** Says that a work no longer holds these pictures. Their bytes go unless `keepBytes`, or another work holds them. */
  release(work: string, keys: readonly string[], keepBytes: boolean): Promise<void>;
  /** Ends works that are not among the living, and drops bytes that nobody needs unless `keepBytes`. */
  evict(isAlive: (work: string) => boolean, keepBytes: boolean): Promise<void>;
  clear(): Promise<void>;
};

/** So many records are read at once: the page gets its turn between thousands. */
const READ_AT_ONCE = 100;

/** A result can be a megabyte and a thumbnail some kilobytes; beyond this many nobody looks for a picture by eye. */
const MAX_PICTURES = 300;

export function createMemory(options: {
  readonly database: PageDatabase;
  /** How much may be kept, in bytes; asked when something is written. */
  readonly maxBytes: () => number;
}): Memory {
  const open = options.database.openWithFormer;
  const limits = (): EvictionLimits => ({ maxBytes: options.maxBytes(), maxPictures: MAX_PICTURES });

  /** What is kept as far as this tab knows, so that not every picture counts everything; unknown at first. */
  let known: { bytes: number; pictures: number; isAllInUse: boolean } | undefined;

  /** By key, read once: the same picture has the same thumbnail, and 300 of them are a third of a second. */
  const ownThumbnails = new Map<string, Blob>();
  /**
   * The picture with a thumbnail that the page itself holds. What a browser gives out lies in a file of its own, and
   * WebKit removes that file when the record is written anew, as when a picture is opened again: an image of it breaks.
   */
  const withOwnThumbnail = async (picture: StoredPicture): Promise<StoredPicture> => {
    const { key, thumbnail } = picture;
    let own = ownThumbnails.get(key);
    if (own === undefined) {
      const bytes = await thumbnail.arrayBuffer().catch(() => new ArrayBuffer(0));
      own = new Blob([bytes], { type: thumbnail.type });
      if (own.size > 0) ownThumbnails.set(key, own);
    }
    return { ...picture, thumbnail: own };
  };

  const readPictures = async (): Promise<{ pictures: StoredPicture[]; unreadable: readonly string[] }> => {
    // In one transaction: another tab may add a picture, and then the keys would be those of others.
    const { store } = (await open()).transaction('pictures');
    const pictures: StoredPicture[] = [];
    const unreadable: string[] = [];
    for (let from: IDBKeyRange | undefined, isMore = true; isMore; ) {
      const [keys, values] = await Promise.all([
        store.getAllKeys(from, READ_AT_ONCE),
        store.getAll(from, READ_AT_ONCE),
      ]);
      for (const [index, value] of values.entries()) {
        const parsed = storedPicture.safeParse(value);
        if (parsed.success) pictures.push(parsed.data);
        else unreadable.push(keys[index] ?? '');
      }
      const last = keys.at(-1);
      isMore = keys.length === READ_AT_ONCE && last !== undefined;
      if (isMore) from = IDBKeyRange.lowerBound(last, true);
    }
    return { pictures, unreadable };
  };

  const measure = async (pictures: readonly StoredPicture[]): Promise<Kept[]> => {
    const db = await open();
    const withBlob = new Set(await db.getAllKeys('blobs'));
    const leased = new Set((await db.getAllKeys('leases')).map(([, picture]) => picture));
    return pictures.map(({ key, openedAt, bytes, answerBytes, thumbnail }) => ({
      key,
      openedAt,
      blobBytes: withBlob.has(key) ? bytes : 0,
      otherBytes: answerBytes + thumbnail.size,
      inUse: leased.has(key),
    }));
  };

  const forgetAll = async (keys: readonly string[]): Promise<void> => {
    if (keys.length === 0) return;
    const db = await open();
    const transaction = db.transaction(['pictures', 'answers', 'blobs'], 'readwrite');
    for (const key of keys) {
      const answers = await transaction.objectStore('answers').index('picture').getAllKeys(key);
      for (const id of answers) await transaction.objectStore('answers').delete(id);
      await transaction.objectStore('pictures').delete(key);
      await transaction.objectStore('blobs').delete(key);
    }
    await transaction.done;
  };

  const dropBlobs = async (keys: readonly string[]): Promise<void> => {
    if (keys.length === 0) return;
    const transaction = (await open()).transaction('blobs', 'readwrite');
    for (const key of keys) await transaction.store.delete(key);
    await transaction.done;
  };

  /** Makes room for `needed` more bytes; false when what is in use leaves none. */
  const makeRoom = async (needed: number): Promise<boolean> => {
    if (known !== undefined) {
      const bytes = known.bytes + needed;
      const fits = bytes <= limits().maxBytes && known.pictures < MAX_PICTURES;
      // Where all are in use nothing can go, and each of thousands would look through all that came before it.
      if (fits || known.isAllInUse) {
        known = { bytes, pictures: known.pictures + 1, isAllInUse: known.isAllInUse };
        return bytes <= limits().maxBytes;
      }
    }
    const { pictures, unreadable } = await readPictures();
    await forgetAll(unreadable);
    const kept = await measure(pictures);
    const { maxBytes, maxPictures } = limits();
    const plan = planEviction(kept, { maxBytes: maxBytes - needed, maxPictures });
    await dropBlobs(plan.blobs);
    await forgetAll(plan.pictures);
    const gone = new Set(plan.pictures);
    const thinned = new Set(plan.blobs);
    const left = kept
      .filter(({ key }) => !gone.has(key))
      .map((entry) => (thinned.has(entry.key) ? { ...entry, blobBytes: 0 } : entry));
    known = { bytes: totalBytes(left) + needed, pictures: left.length + 1, isAllInUse: isAllInUse(left) };
    return known.bytes <= maxBytes;
  };

  /** Writes; when the disk is full, once more after everything went that is not in use. False when it stays full. */
  const writeOrMakeRoom = async (write: () => Promise<void>): Promise<boolean> => {
    try {
      await write();
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
    }
    known = undefined;
    await makeRoom(limits().maxBytes);
    try {
      await write();
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      return false;
    }
  };

  const load = async (key: string): Promise<LoadedPicture | undefined> => {
    const transaction = (await open()).transaction(['pictures', 'answers', 'blobs']);
    markHandled(transaction.done);
    const [record, about, blob] = await Promise.all([
      transaction.objectStore('pictures').get(key),
      transaction.objectStore('answers').index('picture').getAll(key),
      transaction.objectStore('blobs').get(key),
    ]);
    const picture = storedPicture.safeParse(record);
    if (!picture.success) return undefined;
    const files = about.map((value) => storedFile.safeParse(value));
    const [own, isWhole] = await Promise.all([
      withOwnThumbnail(picture.data),
      blob instanceof Blob && isOf(picture.data, blob),
    ]);
    return {
      picture: own,
      answers: about.flatMap((value) => {
        const parsed = storedAnswer.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
      handedOver: files.find(({ data }) => data?.id === fileId(key))?.data?.handedOver,
      blob: isWhole && blob instanceof Blob ? blob : undefined,
    };
  };

  return {
    keepPicture: async (work, picture, blob, handedOver) => {
      const db = await open();
      const hasRoom = await makeRoom(picture.bytes + picture.thumbnail.size);
      const before = storedPicture.safeParse(await db.get('pictures', picture.key));
      const wroteRecord = await writeOrMakeRoom(async () => {
        const transaction = db.transaction(['pictures', 'answers', 'leases'], 'readwrite');
        markHandled(transaction.done);
        await transaction.objectStore('leases').put({ work, picture: picture.key });
        await transaction.objectStore('pictures').put({
          ...picture,
          answerBytes: before.success ? before.data.answerBytes : picture.answerBytes,
          ...(before.success && before.data.faces !== undefined ? { faces: before.data.faces } : {}),
          ...(before.success && before.data.detector !== undefined ? { detector: before.data.detector } : {}),
        });
        if (handedOver !== undefined) {
          const file: StoredFile = { id: fileId(picture.key), picture: picture.key, handedOver };
          await transaction.objectStore('answers').put(file);
        }
        await transaction.done;
      });
      if (!wroteRecord || !hasRoom) return 'no-room';
      if ((await db.getKey('blobs', picture.key)) !== undefined) return 'kept';
      const wroteBlob = await writeOrMakeRoom(async () => {
        await db.put('blobs', blob, picture.key);
      });
      return wroteBlob ? 'kept' : 'no-room';
    },

    keepAnswer: async (answer, faces) => {
      const db = await open();
      await writeOrMakeRoom(async () => {
        const transaction = db.transaction(['pictures', 'answers'], 'readwrite');
        markHandled(transaction.done);
        const pictures = transaction.objectStore('pictures');
        const picture = storedPicture.safeParse(await pictures.get(answer.picture));
        if (picture.success) {
          await transaction.objectStore('answers').put(answer);
          const answers = await transaction.objectStore('answers').index('picture').getAll(answer.picture);
          await pictures.put({
            ...picture.data,
            ...(faces === undefined ? {} : { faces }),
            ...(answer.exchange?.detector === undefined ? {} : { detector: answer.exchange.detector }),
            answerBytes: answers.reduce<number>((sum, value) => sum + bodyLength(value), 0),
          });
        }
        await transaction.done;
      });
    },

    forgetAnswersAt: async (addresses) => {
      const { store, done } = (await open()).transaction('answers', 'readwrite');
      for (const value of await store.getAll()) {
        const answer = storedAnswer.safeParse(value);
        if (!answer.success || answer.data.engine !== 'kling' || !addresses.has(answer.data.imageReference)) continue;
        await store.delete(answer.data.id);
      }
      await done;
    },

    load,
    loadByDigest: async (sha256) => {
      const { pictures } = await readPictures();
      const [newest] = pictures
        .filter((picture) => picture.sha256 === sha256)
        .toSorted((a, b) => b.openedAt - a.openedAt);
      return newest === undefined ? undefined : load(newest.key);
    },

    overview: async (inWork = new Set<string>()) => {
      const { pictures, unreadable } = await readPictures();
      await forgetAll(unreadable);
      const kept = await measure(pictures);
      const withBlob = new Set(kept.filter(({ blobBytes }) => blobBytes > 0).map(({ key }) => key));
      known = { bytes: totalBytes(kept), pictures: kept.length, isAllInUse: isAllInUse(kept) };
      // Nothing of a forgotten picture stays, whichever tab forgot it.
      const keys = new Set(pictures.map(({ key }) => key));
      for (const key of ownThumbnails.keys()) if (!keys.has(key)) ownThumbnails.delete(key);
      const answered = new Set(await (await open()).getAllKeys('answers', embeddedAnswers()));
      const isAnswered = ({ key, faces }: StoredPicture): boolean =>
        faces !== undefined && answered.has(answerId({ picture: key, engine: 'embedded', credential: 'server' }));
      return {
        recent: await Promise.all(
          pictures
            .filter(({ key }) => !inWork.has(key))
            .toSorted((a, b) => b.openedAt - a.openedAt)
            .slice(0, MAX_PICTURES)
            .map(async (picture) => ({
              ...(await withOwnThumbnail(picture)),
              hasBlob: withBlob.has(picture.key),
              detector: picture.detector ?? (isAnswered(picture) ? NOT_TOLD : undefined),
            })),
        ),
        usedBytes: totalBytes(kept),
        unreadable: unreadable.length,
      };
    },

    delete: (key) => forgetAll([key]),

    deleteUnlessHeld: async (work, key) => {
      const { store, done } = (await open()).transaction('leases', 'readwrite');
      await store.delete([work, key]);
      const leases = await store.getAllKeys();
      await done;
      if (!leases.some(([, picture]) => picture === key)) await forgetAll([key]);
    },

    release: async (work, keys, keepBytes) => {
      const db = await open();
      known = undefined;
      const transaction = db.transaction(['leases', 'blobs'], 'readwrite');
      const leases = transaction.objectStore('leases');
      for (const key of keys) await leases.delete([work, key]);
      const held = new Set((await leases.getAllKeys()).map(([, picture]) => picture));
      for (const key of keys) if (!keepBytes && !held.has(key)) await transaction.objectStore('blobs').delete(key);
      await transaction.done;
    },

    evict: async (isAlive, keepBytes) => {
      const db = await open();
      known = undefined;
      const transaction = db.transaction(['leases', 'blobs', 'pictures'], 'readwrite');
      const leases = transaction.objectStore('leases');
      const held = new Set<string>();
      for (const [work, picture] of await leases.getAllKeys()) {
        if (isAlive(work)) held.add(picture);
        else await leases.delete([work, picture]);
      }
      const pictures = new Set(await transaction.objectStore('pictures').getAllKeys());
      for (const key of await transaction.objectStore('blobs').getAllKeys()) {
        if (!held.has(key) && (!keepBytes || !pictures.has(key))) await transaction.objectStore('blobs').delete(key);
      }
      await transaction.done;
    },

    clear: async () => {
      const db = await open('anew');
      known = undefined;
      const transaction = db.transaction(['pictures', 'answers', 'blobs', 'leases'], 'readwrite');
      for (const store of ['pictures', 'answers', 'blobs', 'leases'] as const) {
        await transaction.objectStore(store).clear();
      }
      await transaction.done;
    },
  };
}

/** The ids of answers begin with the engine's name. */
const embeddedAnswers = (): IDBKeyRange => IDBKeyRange.bound('embedded ', 'embedded!');

/** A transaction that fails says so twice: where it is awaited, and here, where nobody may be waiting yet. */
const markHandled = (done: Promise<void>): void => {
  done.catch(() => {});
};

const isAllInUse = (kept: readonly Kept[]): boolean => kept.every(({ inUse }) => inUse);

const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';

/** Whether these are the picture's bytes and can still be read. Earlier versions put a link's first and last together. */
const isOf = async (picture: StoredPicture, blob: Blob): Promise<boolean> =>
  blob.size === picture.bytes &&
  (await isReadable(blob)) &&
  (!isOutdated(picture) || (await sha256Hex(new Uint8Array(await blob.arrayBuffer()))) === picture.sha256);

/** The bytes of a kept picture lie in a file of the browser's own, which may be gone. */
const isReadable = (blob: Blob): Promise<boolean> =>
  blob
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );

function bodyLength(value: unknown): number {
  const parsed = storedAnswer.safeParse(value);
  return parsed.success ? (parsed.data.exchange?.body.length ?? 0) : 0;
}
