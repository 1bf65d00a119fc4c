import { useEffect, useState } from 'react';
import { copyText } from '#page/platform/clipboard.ts';

/** How long a button says what happened, in milliseconds. */
const SAYS_SO_MS = 1_600;

export type CopyOutcome = 'copied' | 'refused';

/** What became of copying a text, for as long as the button that did it says so. */
export function useCopied(): {
  readonly outcome: CopyOutcome | undefined;
  readonly copy: (text: string) => Promise<void>;
} {
  const [outcome, setOutcome] = useState<CopyOutcome>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), SAYS_SO_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  return { outcome, copy: async (text) => setOutcome((await copyText(text)) ? 'copied' : 'refused') };
}
