import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import {
  isStoredName,
  namesBytes,
  publicNameKey,
  readStoredKey,
  type StoredKey,
  uploadBytesKey,
} from '#api/files/stored-name.ts';
import type { FileKind, StoredFile } from '#api/files/stores.ts';
import { FILE_LIFETIME_MS, MAX_LINKED_BYTES, MIB } from '#contract/limits.ts';
import { isStorageFull } from '#shared/error-code.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { err, ok } from '#shared/result.ts';
import type { DiskFileStore } from '../file-store.ts';
import type { ServerFiles } from '../server-files.ts';
import { inBatches } from './in-batches.ts';
import type { S3Client, S3Content, S3Found, S3Object } from './s3-client.ts';

/** A file store in a bucket; see `createS3FileStore`. */
export type S3FileStore = ServerFiles & {
  /** Resolves when the bucket answers. */
  look(): Promise<void>;
};

/** What was renewed within this time is left alone, in milliseconds: equal calls shall not write at each of them. */
const RENEW_AFTER_MS = 60 * 60 * 1000;
/** So that everything is kept for a file's lifetime from its last use at least. */
const OVER_AFTER_MS = FILE_LIFETIME_MS + RENEW_AFTER_MS;
/** Larger than anything that this server stores: such an object is somebody else's. */
const MAX_BYTES = MAX_LINKED_BYTES + MIB;
/** The same of the object behind a public name, which is one name. */
const MAX_NAME_BYTES = 256;
/** Calls of the store at once for one call of ours. */
const AT_ONCE = 16;

const TYPES: Readonly<Record<FileKind, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  json: 'application/json',
  bin: 'application/octet-stream',
};
const FILE_KINDS = ['jpg', 'png', 'json', 'bin'] as const satisfies readonly FileKind[];
const NAME_TYPE = 'text/plain';

/** Where a stored file lies in the bucket: the same path as below a data directory, so that one can be copied to the other. */
const objectKey = (key: StoredKey): string | undefined => {
  const stored = readStoredKey(key);
  return stored === undefined ? undefined : `${stored.place}/${stored.name}`;
};
const typeOf = (key: StoredKey): string => {
  const kind = FILE_KINDS.find((kind) => key.endsWith(`.${kind}`));
  return key.startsWith('@') || kind === undefined ? NAME_TYPE : TYPES[kind];
};
const isOver = ({ ageMs }: S3Found): boolean => ageMs > OVER_AFTER_MS;

/**
 * A store in a bucket, by the rules of the one on a disk. What is coming in lies on this machine's disk (`drafts`) until
 * it is whole, checked and has its name. Files end by their age, which the store's own clock tells: they are over for us
 * at once, and go from the bucket by a rule of its own. There is no cap.
 */
export function createS3FileStore(options: { readonly client: S3Client; readonly drafts: DiskFileStore }): S3FileStore {
  const { client, drafts } = options;
  const { digest } = drafts;

  const small = (bytes: Uint8Array, type: string): S3Content => ({
    size: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    type,
    open: async () => bytes,
  });

  /** An object as far as it can be one of ours. */
  const openObject = async (at: string, most: number): Promise<S3Object | undefined> => {
    const object = await client.get(at);
    if (object === undefined || (!isOver(object) && object.size <= most)) return object;
    await object.body.cancel();
    return undefined;
  };
  const readObject = async (at: string, most: number): Promise<Uint8Array | undefined> => {
    const object = await openObject(at, most);
    if (object === undefined) return undefined;
    const pieces: Uint8Array[] = [];
    for await (const piece of object.body) pieces.push(piece);
    return joinBytes(pieces);
  };
  const openKey = async (key: StoredKey): Promise<StoredFile | undefined> => {
    const at = objectKey(key);
    const object = at === undefined ? undefined : await openObject(at, MAX_BYTES);
    return object === undefined ? undefined : { size: object.size, body: object.body };
  };
  const readKey = async (key: StoredKey): Promise<Uint8Array | undefined> => {
    const at = objectKey(key);
    return at === undefined ? undefined : readObject(at, MAX_BYTES);
  };

  /** The name of an upload's bytes by its public name; undefined when that is none, or was wiped. */
  const bytesBehind = async (publicName: string): Promise<string | undefined> => {
    const at = objectKey(publicNameKey(publicName));
    const entry = at === undefined ? undefined : await readObject(at, MAX_NAME_BYTES);
    const name = entry === undefined ? '' : Buffer.from(entry).toString('latin1').trim();
    return isStoredName(name) ? name : undefined;
  };

  /** Renews what is there, unless that was done a moment ago; undefined when it is not there or over. */
  const touch = async (key: StoredKey): Promise<S3Found | undefined> => {
    const at = objectKey(key);
    const found = at === undefined ? undefined : await client.head(at);
    if (at === undefined || found === undefined || isOver(found)) return undefined;
    if (found.ageMs <= RENEW_AFTER_MS) return found;
    return (await client.renew(at, typeOf(key))) ? found : undefined;
  };

  return {
    digest,
    spool: drafts.spool,
    pathOf: drafts.pathOf,
    keepUpload: async (spooled, publicName) => {
      const content = `${spooled.digest}${path.extname(publicName)}`;
      const key = uploadBytesKey(content);
      const [at, name] = [objectKey(key), objectKey(publicNameKey(publicName))];
      if (at === undefined || name === undefined) throw new Error('Not a name of the store');
      const upload: S3Content = {
        size: spooled.size,
        sha256: spooled.sha256,
        type: typeOf(key),
        open: async () => {
          const file = await spooled.open();
          if (file === undefined) throw new Error('Spooled bytes have gone away');
          return file.body;
        },
      };
      // Equal bytes may lie there already; else what lies there afterwards is looked at, because not every store says that
      // it took less than it was sent.
      if ((await touch(key))?.size !== spooled.size) {
        await client.put(at, upload);
        const stored = await client.head(at);
        if (stored?.size !== spooled.size) throw new Error('The object store did not keep all of an upload');
      }
      await client.put(name, small(Buffer.from(`${content}\n`), NAME_TYPE));
      await spooled.discard();
    },
    put: async (bytes, kind, ownDigest) => {
      const name = `${ownDigest ?? (await digest(bytes))}.${kind}`;
      const at = objectKey(name);
      if (at === undefined) throw new Error('Not a name of the store');
      try {
        await client.put(at, small(bytes, TYPES[kind]));
        return ok(name);
      } catch (error) {
        if (isStorageFull(error)) return err('storage-full');
        throw error;
      }
    },
    read: async (key) => (namesBytes(key) ? readKey(key) : undefined),
    open: async (name) => {
      if (!isStoredName(name)) return undefined;
      // Crops first: most of what is asked for.
      const file = await openKey(name);
      if (file !== undefined) return file;
      const upload = await bytesBehind(name);
      return upload === undefined ? undefined : openKey(uploadBytesKey(upload));
    },
    use: async (name) => {
      if (!isStoredName(name)) return undefined;
      const upload = await bytesBehind(name);
      const key = upload === undefined ? name : uploadBytesKey(upload);
      if ((await touch(key)) === undefined) return undefined;
      // The bytes first: a name must never be the one that is left.
      if (upload !== undefined && (await touch(publicNameKey(name))) === undefined) return undefined;
      const content = readStoredKey(key)?.name ?? '';
      return { digest: content.slice(0, content.indexOf('.')), key, load: () => readKey(key) };
    },
    renew: async (names, sizes) => {
      let isWhole = true;
      await inBatches([...new Set(names)], AT_ONCE, async (name) => {
        if (!isWhole) return;
        const found = isStoredName(name) ? await touch(name) : undefined;
        if (found === undefined || found.size === 0 || found.size !== (sizes?.get(name) ?? found.size)) isWhole = false;
      });
      return isWhole;
    },
    removeUnless: async (keys, wanted) => {
      const before = await wanted();
      const removed: StoredKey[] = [];
      const kept = keys.filter((key) => before.has(key));
      const quarantine = new Set<{ readonly key: StoredKey; readonly at: string; readonly aside: string }>();
      const putBack = async ({ at, aside }: { readonly at: string; readonly aside: string }) => {
        // Whoever stored it again meanwhile stored the same bytes.
        if (!(await client.copy(aside, at))) throw new Error('What was taken aside has gone away');
        await client.remove(aside);
      };
      // Names first: they have ended even when this process does not live to the end.
      const unwanted = keys.filter((key) => !before.has(key));
      const inOrder = [
        ...unwanted.filter((key) => key.startsWith('@')),
        ...unwanted.filter((key) => !key.startsWith('@')),
      ];
      try {
        await inBatches(inOrder, AT_ONCE, async (key) => {
          const at = objectKey(key);
          if (at === undefined) return;
          const aside = `aside/${randomBytes(16).toString('hex')}`;
          if (!(await client.copy(at, aside))) return;
          quarantine.add({ key, at, aside });
          await client.remove(at);
        });
        const after = await wanted();
        await inBatches([...quarantine], AT_ONCE, async (one) => {
          if (after.has(one.key)) {
            await putBack(one);
            kept.push(one.key);
          } else {
            await client.remove(one.aside);
            removed.push(one.key);
          }
          quarantine.delete(one);
        });
      } catch (error) {
        // Not known to be unwanted: what was not removed is where it was.
        await inBatches([...quarantine], AT_ONCE, (one) => putBack(one).catch(() => {}));
        throw error;
      }
      return { removed, kept };
    },
    look: client.look,
    close: () => {
      client.close();
      drafts.close();
    },
  };
}
