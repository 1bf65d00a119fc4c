import { vendorError } from '#contract/errors.ts';
import { appPaths } from '#contract/routes.ts';

/**
 * Ends the session, for every tab of this browser, and begins the page anew: what this tab held in memory, a token
 * too, is gone. False when the server did not answer; then nothing has changed. A server that could not write it down
 * has still taken the session from this browser.
 */
export async function signOut(): Promise<boolean> {
  const ended = await fetch(appPaths.session, { method: 'DELETE' }).then(
    async (response) => response.ok || (await reasonOf(response)) === 'signed-out-unwritten',
    () => false,
  );
  if (ended) location.reload();
  return ended;
}

async function reasonOf(response: Response): Promise<string | undefined> {
  const parsed = vendorError.safeParse(await response.json().catch(() => undefined));
  return parsed.success ? parsed.data.reason : undefined;
}
