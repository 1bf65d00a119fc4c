import { Check, Copy, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '../clipboard.ts';
import { Button } from './button.tsx';

/** How long the button says what happened, in milliseconds. */
const SAYS_SO_MS = 1600;

type CopyButtonProps = {
  /** The text to copy, made when it is asked for. */
  readonly text: () => string;
  /** Accessible name; the visible word is "Copy". Begin it with that word. */
  readonly label: string;
};

/** Copies text and says whether that worked. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), SAYS_SO_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const run = async () => setOutcome((await copyText(text())) ? 'copied' : 'refused');
  const Icon = outcome === 'copied' ? Check : outcome === 'refused' ? X : Copy;
  return (
    <>
      <Button look="quiet" aria-label={label} onClick={run} className="px-2 text-xs">
        <Icon aria-hidden className="size-3.5" />
        {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Not allowed' : 'Copy'}
      </Button>
      <span role="status" className="sr-only">
        {outcome === 'copied' && 'Copied.'}
        {outcome === 'refused' && 'The browser did not allow copying. Select the text and copy it.'}
      </span>
    </>
  );
}
