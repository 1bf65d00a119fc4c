import { useState } from 'react';
import { Question } from '#page/ui/question.tsx';
import { boxesQuestion, truthKindsQuestion } from './truth-questions.ts';

/** Asks what files of boxes are for, once a drop, and which of their kinds are faces. */
export function TruthQuestion() {
  const how = boxesQuestion.use();
  const kinds = truthKindsQuestion.use();
  return (
    <>
      <Question
        isAsked={how !== undefined}
        title="Show it as an answer, or compare with it?"
        answers={[
          { label: 'Compare', look: 'primary', onChoose: () => how?.answer('compare') },
          { label: 'Show as an answer', look: 'outline', onChoose: () => how?.answer('show') },
          { label: 'Cancel', look: 'quiet', onChoose: () => how?.answer() },
        ]}
        onCancel={() => how?.answer()}
      >
        {how?.asked.map((sentence) => (
          <p key={sentence} className="break-words">
            {sentence}
          </p>
        ))}
        <p>Compared, it is the truth: found faces are matched with it, and nothing in it is changed.</p>
      </Question>
      {kinds !== undefined && <KindsQuestion key={kinds.asked.fileName} standing={kinds} />}
    </>
  );
}

function KindsQuestion({
  standing: { asked, answer },
}: {
  readonly standing: NonNullable<ReturnType<typeof truthKindsQuestion.use>>;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return (
    <Question
      isAsked
      title="Which of these are faces?"
      answers={[
        { label: 'Compare with these', look: 'primary', onChoose: () => answer(chosen) },
        { label: 'Cancel', look: 'outline', onChoose: () => answer() },
      ]}
      onCancel={() => answer()}
    >
      <p className="break-words">Nothing in {asked.fileName} is called a face, a head or a person.</p>
      <ul className="max-h-60 overflow-y-auto">
        {asked.kinds.map(({ name, count }) => (
          <li key={name}>
            <label className="flex min-h-9 items-center gap-2.5 text-ink pointer-coarse:min-h-11">
              <input
                type="checkbox"
                checked={chosen.has(name)}
                className="size-4 accent-accent"
                onChange={({ target }) =>
                  setChosen(
                    target.checked ? new Set([...chosen, name]) : new Set([...chosen].filter((each) => each !== name)),
                  )
                }
              />
              <span className="min-w-0 truncate">{name}</span>
              <span className="text-ink-faint tabular-nums">
                {count} {count === 1 ? 'box' : 'boxes'}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </Question>
  );
}
