import { errorText } from '#shared/error-text.ts';
import type { ServerConfig } from '../config.ts';
import type { Logger } from '../log.ts';
import type { SteadyClock } from '../steady-clock.ts';
import { createFileStore, type DiskFileStore } from './file-store.ts';
import type { S3Config } from './s3/s3-config.ts';
import type { S3FileStore } from './s3/s3-file-store.ts';
import type { ServerFiles } from './server-files.ts';

/** Where a process keeps files. */
export type OpenFiles = {
  /** This machine's disk, which takes in what comes in any case. */
  readonly disk: DiskFileStore;
  /** The object store, where there is one. */
  readonly store: S3FileStore | undefined;
  /** Whichever of the two keeps what is kept. */
  readonly files: ServerFiles;
};

/** Opens what the environment names. Whoever closes `files` closes all of it. */
export async function openFiles(options: {
  readonly config: Pick<ServerConfig, 'dataDir' | 'dataMaxBytes' | 's3'>;
  readonly secret: Uint8Array;
  readonly clock: SteadyClock;
  readonly logger: Logger;
}): Promise<OpenFiles> {
  const { config, logger } = options;
  const disk = await createFileStore({
    dataDir: config.dataDir,
    secret: options.secret,
    maxBytes: config.dataMaxBytes,
    clock: options.clock,
    onTrouble: (what, error) => logger.error(what, { error: errorText(error) }),
  });
  const store = config.s3 === undefined ? undefined : await openObjectStore(config.s3, disk, logger);
  return { disk, store, files: store ?? disk };
}

/** Files in a bucket. Its code is loaded only here, and what it is made of is part of the build. */
async function openObjectStore(config: S3Config, drafts: DiskFileStore, logger: Logger): Promise<S3FileStore> {
  const [{ createS3Client }, { createS3FileStore }] = await Promise.all([
    import('./s3/s3-client.ts'),
    import('./s3/s3-file-store.ts'),
  ]);
  logger.info('files are kept in an object store; FACEBOUND_DATA_MAX_MB holds for what is on its way there alone', {
    endpoint: config.endpoint,
    bucket: config.bucket,
  });
  return createS3FileStore({ client: createS3Client(config), drafts });
}
