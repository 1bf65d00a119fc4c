import type { Result } from '#shared/result.ts';
import type { BodyFailure } from '../body.ts';
import type { StoredKey } from './stored-name.ts';

/*
 * What the contract needs to keep, as bytes and streams: a folder, an object store or a map can hold it.
 */

/**
 * `jpg` and `png` are pictures that anyone with the name may read; `json` is what the engine remembers; `bin` is a picture
 * that is lent to another process for one look, and that no address serves.
 */
export type FileKind = 'jpg' | 'png' | 'json' | 'bin';

/** Why bytes could not be spooled; `busy` is that too many others are. */
export type SpoolFailure = BodyFailure | 'storage-full' | 'busy';

/** A file that is being handed out. Whoever has it reads `body` to its end or cancels it; `size` is in bytes. */
export type StoredFile = { readonly size: number; readonly body: ReadableStream<Uint8Array> };

/** Bytes on their way through a store: kept, but without a name. */
export type Spooled = {
  /** In bytes. */
  readonly size: number;
  /** The content's keyed hash. */
  readonly digest: string;
  /** SHA-256 of the content, hex. */
  readonly sha256: string;
  /** All of the bytes; undefined when they were discarded. */
  read(): Promise<Uint8Array | undefined>;
  /** The same as a stream. */
  open(): Promise<StoredFile | undefined>;
  discard(): Promise<void>;
};

/** A picture of ours that somebody names. */
export type OwnPicture = {
  /** The content's keyed hash. */
  readonly digest: string;
  /** By which any process of this store may `read` it: an upload's bytes, or a crop. */
  readonly key: StoredKey;
  /** Its bytes; undefined when it went away meanwhile. */
  load(): Promise<Uint8Array | undefined>;
};

/**
 * Content-addressed files with a lifetime. Only a file that is not there is told as missing; every call rejects with the
 * store's own error when it cannot do it.
 *
 * An upload has a public name of its own, which an index leads to the content's digest; equal uploads share their bytes,
 * and crops and answers are shared by digest alone.
 */
export type FileStore = {
  /** Keyed hash of bytes; says nothing to who does not hold the secret. Gives way to others between large pieces. */
  digest(bytes: Uint8Array): Promise<string>;
  /** Takes a stream to its end, in constant memory where the store can. */
  spool(body: ReadableStream<Uint8Array>): Promise<Result<Spooled, SpoolFailure>>;
  /** Keeps spooled bytes as an upload under this public name; both outlive a power cut when it resolves. */
  keepUpload(spooled: Spooled, publicName: string): Promise<void>;
  /** Stores bytes under their digest; under `digest` when the name is not to be the content's own. */
  put(bytes: Uint8Array, kind: FileKind, digest?: string): Promise<Result<string, 'storage-full'>>;
  /**
   * The bytes of a crop, an answer, a lent picture or an upload (`uploadBytesKey`); undefined when there is no such file,
   * its time is over, or the key is none that names bytes.
   */
  read(key: StoredKey): Promise<Uint8Array | undefined>;
  /** What a public name or a crop's name stands for. */
  open(name: string): Promise<StoredFile | undefined>;
  /** Finds what a public name stands for, and renews its lifetime. */
  use(name: string): Promise<OwnPicture | undefined>;
  /**
   * Renews the lifetime of crops and answers; false when one is gone, or damaged: empty, or of another size than
   * `sizes` has for it.
   */
  renew(names: readonly string[], sizes?: ReadonlyMap<string, number>): Promise<boolean>;
  /**
   * Removes what is kept unless it is wanted. `wanted` is asked before and after it is taken aside, so that what
   * somebody begins to refer to meanwhile is put back. Gives the keys of both kinds.
   */
  removeUnless(
    keys: readonly StoredKey[],
    wanted: () => Promise<ReadonlySet<StoredKey>>,
  ): Promise<{ readonly removed: readonly StoredKey[]; readonly kept: readonly StoredKey[] }>;
};

/** All programs that call with a bearer, as one owner: nobody can wipe in their name. */
export const API_CLIENTS = 'programs';

/**
 * Who refers to which stored files, so that a session can have its own removed and nobody else's. An upload's public name
 * is one owner's alone; its bytes, crops and answers are named by their content and may have several.
 */
export type FileOwners = {
  /** Notes that an owner, a session's name or `API_CLIENTS`, refers to these files. */
  note(owner: string, keys: readonly StoredKey[]): Promise<void>;
  /**
   * Takes everything back that a session noted, and hands it to `remove` together with what others refer to, asked
   * anew at each call.
   */
  release<T>(
    session: string,
    remove: (keys: readonly StoredKey[], others: () => Promise<ReadonlySet<StoredKey>>) => Promise<T>,
  ): Promise<T>;
  /** Forgets what an ended session referred to; its files stay until their time is over. */
  forget(session: string): Promise<void>;
};
