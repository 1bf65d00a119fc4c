import { appPaths } from '#contract/routes.ts';

/**
 * Ends the session, for every tab of this browser, and begins the page anew: what this tab held in memory, a token
 * too, is gone. False when the server did not answer; then nothing has changed.
 */
export async function signOut(): Promise<boolean> {
  const ended = await fetch(appPaths.session, { method: 'DELETE' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (ended) location.reload();
  return ended;
}
