import { useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { Question } from '#lib/ui/question.tsx';

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

/** Asks once, in words, before anything is wiped. Esc says no, and the focus begins on "Keep". */
export function ForgetDialog({ pictures, isLocalServer, onForget }: ForgetDialogProps) {
  const asked = useStore(askedStore, (state) => state.asked);
  const [isBusy, setIsBusy] = useState(false);
  const forget = async () => {
    setIsBusy(true);
    await onForget();
    setIsBusy(false);
    close();
  };
  return (
    <Question
      isAsked={asked}
      isBusy={isBusy}
      title="Forget everything?"
      answers={[
        { label: 'Keep', look: 'outline', onChoose: close },
        { label: isBusy ? 'Forgetting…' : 'Forget everything', look: 'primary', onChoose: () => void forget() },
      ]}
      onCancel={close}
    >
      <p>This cannot be undone. It removes</p>
      <ul className="list-disc space-y-1 pl-5">
        <li>
          {pictures === 1 ? 'the picture and its result' : `${pictures} pictures and their results`} from this browser,
          in every tab,
        </li>
        <li>
          what this session uploaded, with all crops, from{' '}
          {isLocalServer ? 'the server on this machine' : 'this server'}.
        </li>
      </ul>
      <p>What was sent to Kling stays there. Theme and engine stay as chosen.</p>
    </Question>
  );
}
