import { useMutation } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { useState } from 'react';
import { toast } from '#page/platform/notices.ts';
import { Button } from '#page/ui/button.tsx';
import { Question } from '#page/ui/question.tsx';
import type { Result } from '#shared/result.ts';
import { forgetGeneration } from './generation-store.ts';
import { costInCredits, formatCredits } from './model/kolors-request.ts';
import { type MadeGeneration, removeTask } from './remove-task.ts';

type RemoveMadeProps = {
  readonly entry: MadeGeneration;
  /** Whether the token that paid is there. */
  readonly canAsk: boolean;
};

/** Removes what one generation made at Kling, after a question that says what it cost. */
export function RemoveMade({ entry, canAsk }: RemoveMadeProps) {
  const [isAsked, setIsAsked] = useState(false);
  const { mutate, data, isPending } = useMutation<Result<'removed' | 'gone', string>>({
    mutationFn: async () => {
      const outcome = await removeTask(entry);
      if (!outcome.ok) return outcome;
      await forgetGeneration(entry.id).catch(() => {});
      toast({
        tone: 'done',
        title: outcome.value === 'removed' ? 'Kling removed what it had made' : 'Kling has nothing of it any more',
        text: `${entry.faceName} of ${entry.pictureName} is off the list of generations.`,
      });
      return outcome;
    },
    retry: false,
    networkMode: 'always',
  });
  const cost = formatCredits(costInCredits(entry.request));
  const count = entry.phase.pictures.length + entry.phase.lost;
  const pictures = count === 1 ? '1 paid picture' : `${count} paid pictures`;
  const keep = () => setIsAsked(false);
  if (!canAsk) {
    return (
      <p className="mt-2 text-xs text-ink-faint">With the token that paid, it can be removed at Kling from here.</p>
    );
  }
  return (
    <>
      <Button
        look="quiet"
        className="mt-2 -ml-3"
        aria-disabled={isPending}
        onClick={() => !isPending && setIsAsked(true)}
      >
        <CloudOff aria-hidden className="size-3.5" />
        {isPending ? 'Removing at Kling…' : 'Remove at Kling…'}
      </Button>
      {data?.ok === false && (
        <p role="alert" className="mt-2 rounded bg-bad-soft px-3 py-2 text-bad">
          {data.error}
        </p>
      )}
      <Question
        isAsked={isAsked}
        title={`Remove ${pictures} at Kling?`}
        answers={[
          { label: 'Keep', look: 'outline', onChoose: keep },
          {
            label: `Remove ${pictures}`,
            look: 'danger',
            onChoose: () => {
              keep();
              mutate();
            },
          },
        ]}
        onCancel={keep}
      >
        <p>
          {count === 1 ? 'It' : 'They'} cost {cost}, which {costInCredits(entry.request) === 1 ? 'does' : 'do'} not come
          back. Removing cannot be undone: save first what you want to keep.
        </p>
      </Question>
    </>
  );
}
