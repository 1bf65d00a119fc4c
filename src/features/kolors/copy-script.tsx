import type { ScriptForm } from '#domain/kolors/hand-off-script.ts';
import { Button } from '#lib/ui/button.tsx';
import { useCopied } from '#lib/ui/use-copied.ts';
import { SCRIPT_WORDS } from './script-for.ts';

/** The way on without a token: copies the script in the language that is shown. */
export function CopyScript({ form, text }: { readonly form: ScriptForm; readonly text: () => string }) {
  const { outcome, copy } = useCopied();
  return (
    <>
      <Button look="primary" className="min-h-10 px-5 text-sm font-semibold" onClick={() => void copy(text())}>
        {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Not allowed' : `Copy ${SCRIPT_WORDS[form]}`}
      </Button>
      <span role="status" className="sr-only">
        {outcome === 'copied' && 'Copied.'}
        {outcome === 'refused' && 'The browser did not allow copying. Select the text and copy it.'}
      </span>
    </>
  );
}
