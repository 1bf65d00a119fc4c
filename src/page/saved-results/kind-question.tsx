import { Question } from '#page/ui/question.tsx';
import { kindsQuestion } from './kinds-question.ts';
import { formatKinds } from './model/format-kinds.ts';

/** Asks once a file whether its boxes are faces, where none of them is called so. */
export function KindQuestion() {
  const standing = kindsQuestion.use();
  const leaveOut = () => standing?.answer(false);
  return (
    <Question
      isAsked={standing !== undefined}
      title="Are these boxes faces?"
      answers={[
        { label: 'No, leave them out', look: 'outline', onChoose: leaveOut },
        { label: 'Yes, take them as faces', look: 'primary', onChoose: () => standing?.answer(true) },
      ]}
      onCancel={leaveOut}
    >
      {standing !== undefined && (
        <p className="break-words">
          {standing.asked.fileName} holds {formatKinds(standing.asked.kinds)}. None of them is called a face.
        </p>
      )}
    </Question>
  );
}
