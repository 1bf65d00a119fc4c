import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { rememberedGenerations } from '#page/kolors/generation-store.ts';
import { isOpen } from '#page/kolors/model/generation.ts';
import { Question } from '#page/ui/question.tsx';
import { TickRow } from '#page/ui/tick-row.tsx';
import { CheckedNote, useCheckedCount } from './checked-note.tsx';
import { leave } from './leave.ts';
import { leaveQuestion } from './leave-question.ts';

/** Asks, before the session ends, whether what lies in this browser goes too. Yes, unless the person says otherwise. */
export function LeaveDialog() {
  const client = useQueryClient();
  const asked = leaveQuestion.use() !== undefined;
  const [forgets, setForgets] = useState(true);
  const [checks, setChecks] = useState(false);
  const checked = useCheckedCount(asked);
  const [isBusy, setIsBusy] = useState(false);
  const { value: generations } = rememberedGenerations.use();
  const unfinished = generations.filter(isOpen).length;
  const close = () => {
    setForgets(true);
    setChecks(false);
    leaveQuestion.withdraw();
  };
  const signOut = async () => {
    setIsBusy(true);
    await leave(client, { forgets, checks: forgets && checks });
    setIsBusy(false);
    close();
  };
  return (
    <Question
      isAsked={asked}
      isBusy={isBusy}
      title="Sign out?"
      answers={[
        { label: 'Stay', look: 'outline', onChoose: close },
        { label: isBusy ? 'Signing out…' : 'Sign out', look: 'danger', onChoose: () => void signOut() },
      ]}
      onCancel={close}
    >
      <p>The session ends in every tab of this browser. To open the page again takes the access key.</p>
      <TickRow isTicked={forgets} onTick={setForgets}>
        Forget all pictures and results in this browser, and what this session left on the server
      </TickRow>
      {!forgets && <p>Whoever opens this page with the key in this browser sees them under Recent.</p>}
      {forgets && unfinished > 0 && (
        <p>
          {unfinished === 1
            ? 'One generation is not finished and stays listed, so that nothing is paid for twice.'
            : `${unfinished} generations are not finished and stay listed, so that nothing is paid for twice.`}
        </p>
      )}
      {forgets && checked.verdicts > 0 && (
        <CheckedNote checked={checked} isForgotten={checks} onForgotten={setChecks} />
      )}
    </Question>
  );
}
