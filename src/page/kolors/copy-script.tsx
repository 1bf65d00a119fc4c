import { Button } from '#page/ui/button.tsx';
import { CopiedAloud, copyMessage } from '#page/ui/copy-button.tsx';
import { useCopied } from '#page/ui/use-copied.ts';
import type { ScriptForm } from './model/hand-off-script.ts';
import { SCRIPT_LABELS } from './script-for.ts';

/** The way on without a token: copies the script in the language that is shown. */
export function CopyScript({ form, text }: { readonly form: ScriptForm; readonly text: () => string }) {
  const { outcome, copy } = useCopied();
  return (
    <>
      <Button look="primary" className="min-h-10 px-5 text-sm font-semibold" onClick={() => void copy(text())}>
        {copyMessage(outcome, `Copy ${SCRIPT_LABELS[form]}`)}
      </Button>
      <CopiedAloud outcome={outcome} />
    </>
  );
}
