import clsx from 'clsx';
import { type KeyboardEvent, type SubmitEvent, useId, useState } from 'react';
import { Button } from '#page/ui/button.tsx';
import { type LinkProblem, linkProblemMessage } from '../model/links.ts';
import { importItemsFromText } from './import-items-from-text.ts';
import { useIntake } from './intake-context.ts';

type LinkFieldProps = {
  /** Runs when everything in the field was handed over. */
  readonly onDone?: () => void;
  readonly className?: string;
};

/** Takes one address or many, one a line or with spaces or commas between. What is no address stays, with a sentence each. */
export function LinkField({ onDone, className }: LinkFieldProps) {
  const { deliver } = useIntake();
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<readonly LinkProblem[]>();
  const messageId = useId();

  const load = (source: string) => {
    const { items, problems: found } = importItemsFromText(source, 'link');
    if (items.length > 0) deliver(items);
    setText(found.map((problem) => problem.whole).join('\n'));
    setProblems(items.length === 0 || found.length > 0 ? found : undefined);
    if (items.length > 0 && found.length === 0) onDone?.();
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    load(text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    load(text);
  };

  return (
    <form onSubmit={onSubmit} className={clsx('text-left', className)} noValidate>
      <div
        className={clsx(
          'flex items-end gap-1 rounded-lg border bg-panel p-1 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent',
          problems === undefined ? 'border-line-strong' : 'border-bad',
        )}
      >
        <textarea
          aria-label="Image link"
          aria-invalid={problems !== undefined}
          aria-describedby={problems === undefined ? undefined : messageId}
          placeholder="Paste an image link"
          rows={1}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setProblems(undefined);
          }}
          onKeyDown={onKeyDown}
          inputMode="url"
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          className="field-sizing-content max-h-32 min-h-9 min-w-0 flex-1 resize-none bg-transparent px-2.5 py-2 text-sm leading-5 text-ink outline-none placeholder:text-ink-faint pointer-coarse:min-h-11 pointer-coarse:py-3"
        />
        <Button type="submit" className="min-h-9 border-transparent bg-raised">
          Load
        </Button>
      </div>
      {problems !== undefined && (
        <div id={messageId} role="alert" className="mt-2 space-y-1 px-1 text-[0.8125rem] text-bad">
          {problems.length === 0 && <p>Paste the address of a picture first. It begins with https://.</p>}
          {problems.map((problem) => (
            <p key={problem.whole} className="break-words">
              {linkProblemMessage(problem)}{' '}
              {problem.suggestion !== undefined && (
                <button
                  type="button"
                  className="underline"
                  onClick={() => load(text.replace(problem.whole, () => problem.suggestion ?? ''))}
                >
                  Load that
                </button>
              )}
            </p>
          ))}
        </div>
      )}
    </form>
  );
}
