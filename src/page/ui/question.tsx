import clsx from 'clsx';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { type ButtonLook, buttonClass } from './button.tsx';
import { ModalDialog } from './modal-dialog.tsx';
import { swallowSecondClick } from './swallow-second-click.ts';

/** One way to answer. */
export type Answer = { readonly label: string; readonly look: ButtonLook; readonly onChoose: () => void };

type QuestionProps = {
  readonly isAsked: boolean;
  readonly title: string;
  /** What the question is about: read out with the title. */
  readonly children: ReactNode;
  /** The least dangerous one first: the focus begins there. */
  readonly answers: readonly [Answer, ...Answer[]];
  /** Esc. */
  readonly onCancel: () => void;
  /** True while an answer is carried out: nothing else can be answered meanwhile. */
  readonly isBusy?: boolean;
};

/** A question that must be answered before anything else. Always mounted, closed until asked. */
export function Question({ isAsked, title, children, answers, onCancel, isBusy = false }: QuestionProps) {
  const first = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  const textId = useId();
  useEffect(() => {
    // By itself the browser takes the first thing that can have it, which may be a text that scrolls.
    if (isAsked) first.current?.focus();
  }, [isAsked]);
  return (
    <ModalDialog
      isOpen={isAsked}
      role="alertdialog"
      aria-labelledby={titleId}
      aria-describedby={textId}
      onKeyDown={(event) => {
        // Answered here and not by the browser alone, because a sheet around it may have claimed the key.
        if (event.key !== 'Escape') return;
        event.preventDefault();
        if (!isBusy) onCancel();
      }}
      // Ways back other than Esc, of phones for example.
      onCancel={(event) => {
        event.preventDefault();
        if (!isBusy) onCancel();
      }}
      // A second one in a row closes it whatever the page says.
      onClose={() => {
        if (isAsked && !isBusy) onCancel();
      }}
      // Three ways stand in one row, or where there is no room for that each in its own; never one alone below two.
      className={clsx('p-5', answers.length > 2 && 'sm:max-w-xl')}
    >
      <h2 id={titleId} className="text-base font-semibold">
        {title}
      </h2>
      <div id={textId} className="mt-2 space-y-2 text-ink-soft">
        {children}
      </div>
      <div className={clsx('mt-5 flex flex-wrap justify-end gap-2', answers.length > 2 && 'max-sm:flex-col')}>
        {answers.map(({ label, look, onChoose }, index) => (
          <button
            key={label}
            ref={index === 0 ? first : undefined}
            type="button"
            disabled={isBusy}
            className={buttonClass(look, 'min-h-10 px-4 pointer-coarse:min-h-11')}
            onClick={(event) => {
              swallowSecondClick(event);
              onChoose();
            }}
          >
            {label}
          </button>
        ))}
      </div>
    </ModalDialog>
  );
}
