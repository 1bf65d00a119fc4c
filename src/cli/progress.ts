import { formatTimeLeft, timeLeft } from '#page/pictures/model/time-left.ts';
import { formatFaceCount } from '#shared/format-measures.ts';

export type Progress = {
  /** One more picture is done, with so many faces. */
  step(faces: number): void;
  /** A sentence for the person, apart from the progress. */
  say(sentence: string): void;
  /** What is waited for now, until the next step. */
  wait(sentence: string): void;
  /** Takes the line away. */
  end(): void;
};

/** A line is rewritten at most so often, in milliseconds: terminals over a network are slow. */
const REWRITE_MS = 100;
/** In a log, of which every line stays: one for each such part of the pictures. */
const PARTS = 10;

/**
 * Progress on standard error: one line that is rewritten on a terminal, else a line for each tenth. The same wait is said
 * once. `write` gets whole lines with their ends.
 */
export function createProgress(options: {
  readonly total: number;
  readonly isTerminal: boolean;
  /** How wide the terminal is, in letters. */
  readonly columns: () => number;
  readonly isQuiet: boolean;
  readonly write: (text: string) => void;
  readonly now?: () => number;
}): Progress {
  const { total, isTerminal, isQuiet, write } = options;
  const now = options.now ?? (() => performance.now());
  let began: { readonly atMs: number; readonly done: number } | undefined;
  let [done, faces, shownAt, shownPart] = [0, 0, Number.NEGATIVE_INFINITY, 0];
  let isShown = false;
  let waits: string | undefined;
  const clear = () => {
    if (isShown) write('\r\x1b[K');
    isShown = false;
  };
  const line = () => {
    const left = began === undefined ? undefined : timeLeft(began, { atMs: now(), done }, total - done);
    const parts = [`${done} of ${total} pictures`, formatFaceCount(faces)];
    if (waits !== undefined) parts.push(waits);
    else if (left !== undefined && done < total) parts.push(formatTimeLeft(left));
    return parts.join(' · ');
  };
  const show = () => {
    if (isQuiet) return;
    if (isTerminal) {
      shownAt = now();
      write(`\r\x1b[K${line().slice(0, Math.max(10, options.columns() - 1))}`);
      isShown = true;
      return;
    }
    const part = Math.floor((done / total) * PARTS);
    if (part > shownPart && total > 1) write(`${line()}\n`);
    shownPart = part;
  };
  return {
    step: (found) => {
      done += 1;
      faces += found;
      waits = undefined;
      // The first one waits for the start as well, so that the pace is counted from there.
      began ??= { atMs: now(), done };
      if (!isTerminal || done === total || now() - shownAt >= REWRITE_MS) show();
    },
    say: (sentence) => {
      const wasShown = isShown;
      clear();
      write(`${sentence}\n`);
      if (wasShown) show();
    },
    wait: (sentence) => {
      if (waits === sentence) return;
      waits = sentence;
      if (isTerminal && !isQuiet) show();
      else write(`${sentence}\n`);
    },
    end: clear,
  };
}
