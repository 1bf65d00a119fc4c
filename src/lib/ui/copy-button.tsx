import { Check, Copy, X } from 'lucide-react';
import { Button } from './button.tsx';
import { useCopied } from './use-copied.ts';

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
        {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Not allowed' : 'Copy'}
      </Button>
      <span role="status" className="sr-only">
        {outcome === 'copied' && 'Copied.'}
        {outcome === 'refused' && 'The browser did not allow copying. Select the text and copy it.'}
      </span>
    </>
  );
}
