import type { WipeFilesReply } from '#contract/app-files.ts';
import type { FilesLeft } from '#page/session/upload-record.ts';
import { once } from '#shared/once.ts';
import type { Result } from '#shared/result.ts';
import type { WipeFailure } from './delete-own-files.ts';

/** What became of forgetting everything. */
export type Forgotten = {
  /** False when this browser does not let its memory be emptied. */
  readonly isBrowserEmpty: boolean;
  readonly onServer: Result<WipeFilesReply, WipeFailure>;
  /** What this browser uploaded and is still on the server. */
  readonly left: FilesLeft | undefined;
  /** How many generations stay, so that nothing is paid for twice. */
  readonly generations: number;
  /** How many pictures lie at Kling and can still be taken back from here. */
  readonly atKling: number;
  /** How many verdicts stay, which are somebody's work. */
  readonly verdicts?: number;
  /** False when other tabs could not be told. */
  readonly otherTabsHear: boolean;
};

/** Title and text that never contradict each other: what is gone, and what stays where, until when. */
export function forgottenMessage(forgotten: Forgotten): { readonly title: string; readonly text: string } {
  const title = titleOf(forgotten);
  const { isBrowserEmpty, generations, atKling, verdicts = 0, otherTabsHear } = forgotten;
  const sentences = [
    isBrowserEmpty
      ? title === IN_THIS_BROWSER
        ? ''
        : 'This browser remembers no picture and no result.'
      : 'This browser does not let its memory be emptied.',
    serverMessage(forgotten),
    otherTabsHear ? '' : 'Other tabs of this page could not be told: close them.',
    generations === 0
      ? ''
      : `${generations === 1 ? 'One generation stays' : `${generations} generations stay`} listed, so that nothing is paid for twice.`,
    atKling === 0
      ? ''
      : `${atKling === 1 ? 'One picture lies' : `${atKling} pictures lie`} at Kling and can still be removed there from here.`,
    verdicts === 0
      ? ''
      : `${verdicts === 1 ? 'One verdict stays' : `${verdicts} verdicts stay`} for when the pictures come back.`,
  ];
  return { title, text: sentences.filter((sentence) => sentence !== '').join(' ') };
}

const IN_THIS_BROWSER = 'Forgotten in this browser';

function titleOf({ isBrowserEmpty, onServer, left, generations, atKling, verdicts = 0 }: Forgotten): string {
  if (!isBrowserEmpty) return 'Not everything could be forgotten';
  if (!onServer.ok || left !== undefined) return IN_THIS_BROWSER;
  return generations + atKling + verdicts > 0 ? 'Everything else is forgotten' : 'Everything is forgotten';
}

function serverMessage({ onServer, left }: Forgotten): string {
  const stays = left === undefined ? undefined : leftMessage(left);
  if (onServer.ok) {
    const { removed } = onServer.value;
    if (removed === 0 && stays !== undefined) return `${stays} They came in sessions that have ended.`;
    const gone =
      removed === 0
        ? 'The server had nothing of this session.'
        : `The server removed ${removed === 1 ? 'one file' : `${removed} files`} of this session.`;
    return stays === undefined ? gone : `${gone} ${stays} They came in sessions that have ended.`;
  }
  switch (onServer.error) {
    case 'no-answer':
      return `The server did not answer. ${stays ?? 'What this session left there expires by itself, seven days after it came.'} Forget everything again when it is back.`;
    case 'session-over':
      return `${stays ?? 'What this browser left on the server expires by itself, seven days after it came.'} The session had ended, so it no longer knows which files were yours.`;
  }
}

const day = once(() => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' }));

/** `14 files stay on the server until 3 December, with their crops.` */
export const leftMessage = ({ files, until }: FilesLeft): string =>
  files === 1
    ? `One file stays on the server until ${day().format(until)}, with its crops.`
    : `${files} files stay on the server until ${day().format(until)}, with their crops.`;
