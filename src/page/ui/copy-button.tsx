import { Check, Copy, X } from 'lucide-react';
import { Button } from './button.tsx';
import { type CopyOutcome, useCopied } from './use-copied.ts';

type CopyButtonProps = {
  /** The text to copy, made when it is asked for. */
  readonly text: () => string;
  /** Accessible name; the visible word is "Copy". Begin it with that word. */
  readonly label: string;
};

/** Copies text and says whether that worked. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const { outcome, copy } = useCopied();
  const Icon = outcome === 'copied' ? Check : outcome === 'refused' ? X : Copy;
  return (
    <>
      <Button look="quiet" aria-label={label} onClick={() => void copy(text())} className="px-2 text-xs">
        <Icon aria-hidden className="size-3.5" />
        {copyMessage(outcome, 'Copy')}
      </Button>
      <CopiedAloud outcome={outcome} />
    </>
  );
}

/** What a button says that copies: what became of it, or its own words. */
export const copyMessage = (outcome: CopyOutcome | undefined, words: string): string =>
  outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Not allowed' : words;

/** The same for who does not see the button. */
export const CopiedAloud = ({ outcome }: { readonly outcome: CopyOutcome | undefined }) => (
  <span role="status" className="sr-only">
    {outcome === 'copied' && 'Copied.'}
    {outcome === 'refused' && 'The browser did not allow copying. Select the text and copy it.'}
  </span>
);
