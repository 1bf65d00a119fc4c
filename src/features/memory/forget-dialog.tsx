import { AlertDialog } from 'radix-ui';
import { useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { buttonClass } from '#lib/ui/button.tsx';

const askedStore = createStore<{ readonly asked: boolean }>()(() => ({ asked: false }));

/** Opens the question whether everything is to be forgotten. */
export const askToForget = (): void => askedStore.setState({ asked: true });

type ForgetDialogProps = {
  /** How many pictures are remembered or in work. */
  readonly pictures: number;
  /** True when the server is this machine: then "server" needs a word more. */
  readonly isLocalServer: boolean;
  readonly onForget: () => Promise<void>;
};

/** Asks once, in words, before anything is wiped. The focus begins on Cancel. */
export function ForgetDialog({ pictures, isLocalServer, onForget }: ForgetDialogProps) {
  const asked = useStore(askedStore, (state) => state.asked);
  const [isBusy, setIsBusy] = useState(false);
  const close = () => askedStore.setState({ asked: false });
  const forget = async () => {
    setIsBusy(true);
    await onForget();
    setIsBusy(false);
    close();
  };
  return (
    <AlertDialog.Root open={asked} onOpenChange={(next) => !next && close()}>
      <AlertDialog.Portal>
        <div aria-hidden className="fixed inset-0 z-[60] bg-black/50" />
        <AlertDialog.Content className="fixed inset-x-4 top-1/2 z-[60] mx-auto max-w-md -translate-y-1/2 rounded-xl border border-line bg-panel p-5 shadow-float outline-none">
          <AlertDialog.Title className="text-base font-semibold">Forget everything?</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-2 space-y-2 text-ink-soft">
              <p>This cannot be undone. It removes</p>
              <ul className="list-disc space-y-1 pl-5">
                <li>
                  {pictures === 1 ? 'the picture and its result' : `all ${pictures} pictures and their results`} from
                  this browser, in every tab,
                </li>
                <li>
                  what this session uploaded, with all crops, from{' '}
                  {isLocalServer ? 'the server on this machine' : 'this server'}.
                </li>
              </ul>
              <p>What was sent to Kling stays there. Theme and engine stay as chosen.</p>
            </div>
          </AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel
              disabled={isBusy}
              className={buttonClass('outline', 'min-h-10 px-4 pointer-coarse:min-h-11')}
            >
              Keep
            </AlertDialog.Cancel>
            <button
              type="button"
              disabled={isBusy}
              className={buttonClass('primary', 'min-h-10 px-4 pointer-coarse:min-h-11')}
              onClick={() => void forget()}
            >
              {isBusy ? 'Forgetting…' : 'Forget everything'}
            </button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
