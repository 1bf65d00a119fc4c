/** What the system or a library calls an error, such as `ENOENT`; undefined for what has no such name. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/**
 * For `catch` at a call of the file system: undefined when the error says that the file is not there. Any other error is
 * trouble of the disk (no rights, no descriptors, a broken device) and is thrown on: taken for "missing", it would be
 * told as the caller's mistake, and what is there would be taken for free.
 */
export function undefinedIfMissing(error: unknown): undefined {
  if (errorCode(error) === 'ENOENT') return undefined;
  throw error;
}

/** True when an error says that the disk, or the share of it that we may use, is full. */
export const isStorageFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '');

const FILE_CALLS: ReadonlySet<unknown> = new Set(
  'access chmod close fstat fsync futime link lstat mkdir open read rename rm rmdir scandir stat unlink utime write'.split(
    ' ',
  ),
);

/** True when an error comes from the file system. */
export const isFileTrouble = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && FILE_CALLS.has(error.syscall);
