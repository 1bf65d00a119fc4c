import type { QueryClient } from '@tanstack/react-query';
import { toast } from '#page/platform/notices.ts';
import { setOwnToken, showSignedOut } from '#page/session/session-store.ts';
import { beginAnew, endSession, endSessionLater } from '#page/session/sign-out.ts';
import { filesLeft } from '#page/session/upload-record.ts';
import { type AlsoForgotten, forgetAll } from './forget.ts';
import { forgottenMessage, leftMessage } from './forgotten-message.ts';

/** What guards money stays. */
const NOTHING_ELSE: Omit<AlsoForgotten, 'checks'> = { generations: new Set(), sentUploads: false };

/**
 * Signs out, after everything of this browser was forgotten where the person wants that: by the same code as *Forget
 * everything*; verdicts only where that was ticked (`checks`). A server that does not answer keeps nobody from leaving a browser empty behind: the session is ended
 * before this browser uses it again. Either way the page says what stays where.
 */
export async function leave(
  client: QueryClient,
  { forgets, checks }: { readonly forgets: boolean; readonly checks: boolean },
): Promise<void> {
  const forgotten = forgets ? await forgetAll(client, { ...NOTHING_ELSE, checks }) : undefined;
  // Said by whoever could not forget.
  if (forgets && forgotten === undefined) return;
  const isEnded = await endSession();
  if (forgotten === undefined) {
    if (!isEnded) {
      toast({ title: 'You are still signed in', text: 'The server did not answer. Try again in a moment.' });
      return;
    }
    const left = filesLeft(Date.now());
    beginAnew(
      `You are signed out. Pictures and results stay in this browser.${left === undefined ? '' : ` ${leftMessage(left)}`}`,
    );
    return;
  }
  const { title, text } = forgottenMessage(forgotten);
  if (isEnded) {
    beginAnew(`You are signed out. ${title}. ${text}`);
    return;
  }
  endSessionLater();
  setOwnToken(undefined);
  showSignedOut(`${title}. ${text}`);
}
