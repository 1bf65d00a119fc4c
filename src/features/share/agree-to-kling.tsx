import { useEffect, useId, useRef } from 'react';
import { buttonClass } from '#lib/ui/button.tsx';

type AgreeToKlingProps = {
  /** Address of the picture that somebody shared; nothing is asked without one. */
  readonly link: string | undefined;
  readonly onKling: () => void;
  readonly onEmbedded: () => void;
  readonly onCancel: () => void;
};

/**
 * A shared address that asks for Kling sends nothing there by itself: this names what would be sent, and offers the
 * embedded detector instead. The browser's own modal dialog; Esc opens nothing.
 */
export function AgreeToKling({ link, onKling, onEmbedded, onCancel }: AgreeToKlingProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const textId = useId();
  const isAsked = link !== undefined;
  useEffect(() => {
    if (isAsked) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isAsked]);
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby={titleId}
      aria-describedby={textId}
      onCancel={onCancel}
      className="m-auto w-[calc(100vw-2rem)] max-w-lg rounded-xl border border-line bg-panel p-5 text-ink shadow-float backdrop:bg-black/50"
    >
      <h2 id={titleId} className="text-base font-semibold">
        Send this link to Kling?
      </h2>
      <div id={textId} className="mt-2 space-y-2 text-ink-soft">
        <p>The address that you opened asks the live service for the faces. Kling would get the link</p>
        <p className="max-h-24 overflow-y-auto rounded bg-raised px-2 py-1.5 font-mono text-xs break-all text-ink">
          {link}
        </p>
        <p>The embedded detector numbers faces in its own order, so a face that was chosen may be another one there.</p>
      </div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <button
          type="button"
          className={buttonClass('quiet', 'min-h-10 px-4 pointer-coarse:min-h-11')}
          onClick={onCancel}
        >
          Open nothing
        </button>
        <button
          type="button"
          className={buttonClass('outline', 'min-h-10 px-4 pointer-coarse:min-h-11')}
          onClick={onEmbedded}
        >
          Use the embedded detector
        </button>
        <button
          type="button"
          className={buttonClass('primary', 'min-h-10 px-4 pointer-coarse:min-h-11')}
          onClick={onKling}
        >
          Send to Kling
        </button>
      </div>
    </dialog>
  );
}
