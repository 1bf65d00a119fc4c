import { BodyError } from '#api/body.ts';
import { publicNameKey, type StoredKey, uploadBytesKey } from '#api/files/stored-name.ts';
import type { FileOwners, FileStore, Spooled, StoredFile } from '#api/files/stores.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { err, ok } from '#shared/result.ts';

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const handedOut = (bytes: Uint8Array | undefined): StoredFile | undefined =>
  bytes === undefined ? undefined : { size: bytes.byteLength, body: new Blob([new Uint8Array(bytes)]).stream() };

/** A file store that is two maps and web cryptography, and keeps everything. `kept` has the keys of what is in it. */
export function createMemoryFiles(): FileStore & { readonly kept: () => readonly StoredKey[] } {
  const key = crypto.subtle.importKey('raw', new Uint8Array(32).fill(7), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const files = new Map<StoredKey, Uint8Array>();
  /** Digest and ending of an upload's bytes, by its public name. */
  const names = new Map<string, string>();
  const spooledBytes = new WeakMap<Spooled, Uint8Array>();
  const digest = async (bytes: Uint8Array) => hex(await crypto.subtle.sign('HMAC', await key, new Uint8Array(bytes)));
  const keyBehind = (name: string): StoredKey => {
    const upload = names.get(name);
    return upload === undefined ? name : uploadBytesKey(upload);
  };
  const bytesOf = (name: string) => files.get(keyBehind(name));
  return {
    kept: () => [...files.keys(), ...[...names.keys()].map(publicNameKey)],
    digest,
    spool: async (body) => {
      const reader = body.getReader();
      const pieces: Uint8Array[] = [];
      try {
        for (let read = await reader.read(); !read.done; read = await reader.read()) pieces.push(read.value);
      } catch (error) {
        if (error instanceof BodyError) return err(error.failure);
        throw error;
      }
      const bytes = joinBytes(pieces);
      const spooled: Spooled = {
        size: bytes.byteLength,
        digest: await digest(bytes),
        sha256: hex(await crypto.subtle.digest('SHA-256', bytes)),
        read: async () => bytes,
        open: async () => handedOut(bytes),
        discard: async () => {},
      };
      spooledBytes.set(spooled, bytes);
      return ok(spooled);
    },
    keepUpload: async (spooled, publicName) => {
      const bytes = spooledBytes.get(spooled);
      if (bytes === undefined) throw new Error('Not of this store');
      const content = `${spooled.digest}.${publicName.split('.').at(-1)}`;
      files.set(uploadBytesKey(content), bytes);
      names.set(publicName, content);
    },
    put: async (bytes, kind, ownDigest) => {
      const name = `${ownDigest ?? (await digest(bytes))}.${kind}`;
      files.set(name, bytes);
      return ok(name);
    },
    read: async (key) => files.get(key),
    open: async (name) => handedOut(bytesOf(name)),
    use: async (name) => {
      const bytes = bytesOf(name);
      if (bytes === undefined) return undefined;
      return { digest: await digest(bytes), key: keyBehind(name), load: async () => bytes };
    },
    renew: async (wanted, sizes) =>
      wanted.every((name) => {
        const size = files.get(name)?.byteLength ?? 0;
        return size > 0 && size === (sizes?.get(name) ?? size);
      }),
    removeUnless: async (keys, wanted) => {
      const used = await wanted();
      const removed = keys.filter((stored) => !used.has(stored));
      for (const stored of removed) if (!names.delete(stored.slice(1))) files.delete(stored);
      return { removed, kept: keys.filter((stored) => used.has(stored)) };
    },
  };
}

/** Who refers to which files, as one map. */
export function createMemoryOwners(): FileOwners {
  const noted = new Map<string, Set<StoredKey>>();
  return {
    note: async (owner, keys) => {
      noted.set(owner, new Set([...(noted.get(owner) ?? []), ...keys]));
    },
    release: async (session, remove) => {
      const mine = [...(noted.get(session) ?? [])];
      noted.delete(session);
      return remove(mine, async () => new Set([...noted.values()].flatMap((keys) => [...keys])));
    },
    forget: async (session) => {
      noted.delete(session);
    },
  };
}
