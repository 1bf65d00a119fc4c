import { useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { buttonClass } from '#lib/ui/button.tsx';

const askedStore = createStore<{ readonly asked: boolean }>()(() => ({ asked: false }));

/** Opens the question whether everything is to be forgotten. */
export const askToForget = (): void => askedStore.setState({ asked: true });

const close = (): void => askedStore.setState({ asked: false });

type ForgetDialogProps = {
  /** How many pictures are remembered or in work. */
  readonly pictures: number;
  /** True when the server runs on this machine. */
  readonly isLocalServer: boolean;
  readonly onForget: () => Promise<void>;
};

/**
 * Asks once, in words, before anything is wiped. The browser's own modal dialog: what lies behind it is out of reach
 * for every device, and Esc says no. The focus begins on "Keep".
 */
export function ForgetDialog({ pictures, isLocalServer, onForget }: ForgetDialogProps) {
  const asked = useStore(askedStore, (state) => state.asked);
  const dialog = useRef<HTMLDialogElement>(null);
  const [isBusy, setIsBusy] = useState(false);
  const titleId = useId();
  const textId = useId();
  useEffect(() => {
    if (asked) dialog.current?.showModal();
    else dialog.current?.close();
  }, [asked]);

  const forget = async () => {
    setIsBusy(true);
    await onForget();
    setIsBusy(false);
    close();
  };
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby={titleId}
      aria-describedby={textId}
      onCancel={(event) => {
        if (isBusy) event.preventDefault();
      }}
      onClose={close}
      className="m-auto w-[calc(100vw-2rem)] max-w-md rounded-xl border border-line bg-panel p-5 text-ink shadow-float backdrop:bg-black/50"
    >
      <h2 id={titleId} className="text-base font-semibold">
        Forget everything?
      </h2>
      <div id={textId} className="mt-2 space-y-2 text-ink-soft">
        <p>This cannot be undone. It removes</p>
        <ul className="list-disc space-y-1 pl-5">
          <li>
            {pictures === 1 ? 'the picture and its result' : `${pictures} pictures and their results`} from this
            browser, in every tab,
          </li>
          <li>
            what this session uploaded, with all crops, from{' '}
            {isLocalServer ? 'the server on this machine' : 'this server'}.
          </li>
        </ul>
        <p>What was sent to Kling stays there. Theme and engine stay as chosen.</p>
      </div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <button
          type="button"
          disabled={isBusy}
          className={buttonClass('outline', 'min-h-10 px-4 pointer-coarse:min-h-11')}
          onClick={close}
        >
          Keep
        </button>
        <button
          type="button"
          disabled={isBusy}
          className={buttonClass('primary', 'min-h-10 px-4 pointer-coarse:min-h-11')}
          onClick={() => void forget()}
        >
          {isBusy ? 'Forgetting…' : 'Forget everything'}
        </button>
      </div>
    </dialog>
  );
}
