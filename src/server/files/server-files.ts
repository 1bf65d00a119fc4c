import type { FileStore, Spooled, SpoolFailure } from '#api/files/stores.ts';
import type { Result } from '#shared/result.ts';

/** Spooled bytes, and where they lie until they are discarded or have a name. */
export type DiskSpooled = Spooled & { readonly path: string };

/** What keeps this server's files. Wherever that is, what is on its way there lies on this machine's disk. */
export type ServerFiles = Omit<FileStore, 'spool'> & {
  spool(body: ReadableStream<Uint8Array>): Promise<Result<DiskSpooled, SpoolFailure>>;
  /** Where spooled bytes of this store lie, for a process of our own that reads them there. */
  pathOf(spooled: Spooled): string;
  close(): void;
};
