import { vendorError } from '#contract/errors.ts';
import { appPaths } from '#contract/routes.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { reopenSession } from './api-client.ts';

/**
 * Loads a linked picture through our server's relay, so that it is same-origin and the canvas stays exportable.
 * The error is the server's own sentence: what happened, why, what to do. Rejects when the signal aborts.
 */
export async function fetchLinkedPicture(url: string, signal: AbortSignal): Promise<Result<Blob, string>> {
  const path = `${appPaths.image}?${new URLSearchParams({ url })}`;
  let response: Response;
  try {
    response = await fetch(path, { signal });
    if (response.status === 401 && (await reopenSession())) response = await fetch(path, { signal });
    if (response.ok) return ok(await response.blob());
  } catch (error) {
    if (signal.aborted) throw error;
    return err('The server did not answer. Check that it is running, then try again.');
  }
  if (response.status === 401) return err('Your session has ended. Try again, or reload the page to open a new one.');
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = vendorError.safeParse(body);
  return err(parsed.success ? parsed.data.error : `The server answered with status ${response.status}.`);
}
