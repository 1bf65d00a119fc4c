/** What the system or a library calls an error, such as `ENOENT`; undefined for what has no such name. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
