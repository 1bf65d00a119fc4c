import { useStore } from 'zustand';
import { Question } from '#page/ui/question.tsx';
import { kindQuestionStore } from './kind-question-store.ts';
import { formatKinds } from './model/format-kinds.ts';

/** Asks once a file whether its boxes are faces, where none of them is called so. */
export function KindQuestion() {
  const asked = useStore(kindQuestionStore, (state) => state.asked);
  const leaveOut = () => asked?.answer(false);
  return (
    <Question
      isAsked={asked !== undefined}
      title="Are these boxes faces?"
      answers={[
        { label: 'No, leave them out', look: 'outline', onChoose: leaveOut },
        { label: 'Yes, take them as faces', look: 'primary', onChoose: () => asked?.answer(true) },
      ]}
      onCancel={leaveOut}
    >
      {asked !== undefined && (
        <p className="break-words">
          {asked.fileName} holds {formatKinds(asked.kinds)}. None of them is called a face.
        </p>
      )}
    </Question>
  );
}
