import { useState } from 'react';
import { createQuestion } from '#page/place/questions.ts';
import { Button } from '#page/ui/button.tsx';
import { Question } from '#page/ui/question.tsx';
import { TickRow } from '#page/ui/tick-row.tsx';
import { type CheckedCount, CheckedNote } from './checked-note.tsx';
import type { AlsoForgotten } from './forget.ts';

const forgetQuestion = createQuestion<true>();

/** Whether it is asked now. */
export const useIsAskedToForget = (): boolean => forgetQuestion.use() !== undefined;

/** Opens the question whether everything is to be forgotten. */
export const askToForget = (): void => void forgetQuestion.askInstead(true);

/** A paid request that is not over, or of which nobody knows what became. */
export type UnfinishedGeneration = {
  readonly id: string;
  /** `Face 2 of team.jpg`. */
  readonly name: string;
  /** Where it stands: `Sent, outcome unknown`. */
  readonly state: string;
  /** `3 credits`. */
  readonly cost: string;
};

type ForgetDialogProps = {
  /** How many pictures are remembered or in work. */
  readonly pictures: number;
  /** True when the server runs on this machine. */
  readonly isLocalServer: boolean;
  readonly unfinished: readonly UnfinishedGeneration[];
  /** How many pictures this browser sent to Kling and did not take back. */
  readonly atKling: number;
  /** Leads to where they are removed there. */
  readonly onRemoveFirst: () => void;
  /** How much was checked, and is kept unless the person says otherwise. */
  readonly checked: CheckedCount;
  readonly onForget: (also: AlsoForgotten) => Promise<void>;
};

const NOTHING: ReadonlySet<string> = new Set();

/** Asks once, in words, before anything is wiped. Esc says no, and the focus begins on "Keep". */
export function ForgetDialog({
  pictures,
  isLocalServer,
  unfinished,
  atKling,
  onRemoveFirst,
  checked,
  onForget,
}: ForgetDialogProps) {
  const asked = useIsAskedToForget();
  const [isBusy, setIsBusy] = useState(false);
  const [named, setNamed] = useState<ReadonlySet<string>>(NOTHING);
  // One that came since was not agreed to.
  const isNamed = unfinished.every(({ id }) => named.has(id));
  const [sentUploads, setSentUploads] = useState(false);
  const [checks, setChecks] = useState(false);
  const leave = () => {
    setNamed(NOTHING);
    setSentUploads(false);
    setChecks(false);
    forgetQuestion.withdraw();
  };
  const forget = async () => {
    setIsBusy(true);
    await onForget({ generations: isNamed ? named : NOTHING, sentUploads, checks });
    setIsBusy(false);
    leave();
  };
  return (
    <Question
      isAsked={asked}
      isBusy={isBusy}
      title="Forget everything?"
      answers={[
        { label: 'Keep', look: 'outline', onChoose: leave },
        { label: isBusy ? 'Forgetting…' : 'Forget everything', look: 'danger', onChoose: () => void forget() },
      ]}
      onCancel={leave}
    >
      <p>This cannot be undone. It removes</p>
      <ul className="list-disc space-y-1 pl-5">
        {pictures > 0 && (
          <li>
            {`${pictures === 1 ? 'the picture and its result' : `${pictures} pictures and their results`} from this browser, in every tab,`}
          </li>
        )}
        <li>{`what this session uploaded, with all crops, from ${isLocalServer ? 'the server on this machine' : 'this server'}.`}</li>
      </ul>
      {unfinished.length > 0 && (
        <Unfinished
          generations={unfinished}
          isNamed={isNamed}
          onNamed={(isNamed) => setNamed(isNamed ? new Set(unfinished.map(({ id }) => id)) : NOTHING)}
        />
      )}
      {atKling > 0 && (
        <AtKling
          count={atKling}
          isForgotten={sentUploads}
          onForgotten={setSentUploads}
          onRemoveFirst={() => {
            leave();
            onRemoveFirst();
          }}
        />
      )}
      {checked.verdicts > 0 && <CheckedNote checked={checked} isForgotten={checks} onForgotten={setChecks} />}
      <p>What was sent to Kling and is not removed there stays there. Theme and engine stay as chosen.</p>
    </Question>
  );
}

/** What lies at Kling is not gone with what is here: it is offered first, and can be found again later. */
function AtKling({
  count,
  isForgotten,
  onForgotten,
  onRemoveFirst,
}: {
  readonly count: number;
  readonly isForgotten: boolean;
  readonly onForgotten: (isForgotten: boolean) => void;
  readonly onRemoveFirst: () => void;
}) {
  return (
    <div className="rounded-lg border border-line bg-page p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium text-ink">
          {count === 1 ? 'One picture lies at Kling' : `${count} pictures lie at Kling`}
        </p>
        <Button onClick={onRemoveFirst}>Remove at Kling first…</Button>
      </div>
      <p className="mt-1.5 text-[0.8125rem]">
        What finds {count === 1 ? 'it' : 'them'} there stays noted, without the picture and its name, so that{' '}
        {count === 1 ? 'it' : 'they'} can be removed later.
      </p>
      <TickRow isTicked={isForgotten} onTick={onForgotten} className="mt-1 text-[0.8125rem]">
        Forget these notes as well: nothing can be removed at Kling from here then
      </TickRow>
    </div>
  );
}

/** So many are told by name; the others by their number. */
const TOLD = 4;

/** What is kept against paying twice, unless the person says otherwise in so many words. */
function Unfinished({
  generations,
  isNamed,
  onNamed,
}: {
  readonly generations: readonly UnfinishedGeneration[];
  readonly isNamed: boolean;
  readonly onNamed: (isNamed: boolean) => void;
}) {
  const count = generations.length;
  const others = count - TOLD;
  return (
    <div className="rounded-lg border border-line bg-page p-3">
      <p className="font-medium text-ink">
        {count === 1 ? 'One generation is not finished and stays:' : `${count} generations are not finished and stay:`}
      </p>
      <ul className="mt-1.5 space-y-1 text-[0.8125rem]">
        {generations.slice(0, TOLD).map(({ id, name, state, cost }) => (
          <li key={id} className="flex gap-2">
            <span className="min-w-0 flex-1 truncate text-ink">{name}</span>
            <span className="shrink-0 text-warn">{state}</span>
            <span className="shrink-0 tabular-nums">{cost}</span>
          </li>
        ))}
        {others > 0 && <li>{`and ${others} more`}</li>}
      </ul>
      <p className="mt-2 text-[0.8125rem]">
        {`${count === 1 ? 'Its record keeps' : 'Their records keep'} the page from paying twice for the same request.`}
      </p>
      <TickRow isTicked={isNamed} onTick={onNamed} className="mt-2 text-[0.8125rem]">
        {count === 1
          ? 'Forget it as well, although the same request could then be paid for again'
          : `Forget these ${count} as well, although the same requests could then be paid for again`}
      </TickRow>
    </div>
  );
}
