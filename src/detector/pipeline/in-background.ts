/**
 * Lets work that was started early fail in silence until somebody awaits it, who then gets the failure. Without this,
 * Node takes a failure in the meantime for one that nobody handles, and ends the process.
 */
export function inBackground<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}
