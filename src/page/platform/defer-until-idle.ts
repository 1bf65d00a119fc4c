/** Latest time, in milliseconds, after which something runs although the page is busy. */
const LATEST_MS = 500;

/** Runs something once the page has been drawn and rests, or after half a second. Gives back how to call it off. */
export function deferUntilIdle(run: () => void): () => void {
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(run, LATEST_MS);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: LATEST_MS });
  return () => cancelIdleCallback(handle);
}
