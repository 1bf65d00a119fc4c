import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleHelp, CircleX, LoaderCircle, RotateCw, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { randomId } from '#page/platform/random-id.ts';
import { Button } from '#page/ui/button.tsx';
import { IconButton } from '#page/ui/icon-button.tsx';
import { MissingCrop } from '#page/ui/own-crop.tsx';
import { Question } from '#page/ui/question.tsx';
import { useObjectUrl } from '#page/ui/use-object-url.ts';
import { messageFor } from '#shared/failure-message.ts';
import { forgetGeneration, noteGeneration, type StoredGeneration } from './generation-store.ts';
import { MadePictures } from './made-pictures.tsx';
import { type Generation, isOpen } from './model/generation.ts';
import { ownWords, phaseMessage } from './model/generation-message.ts';
import { costInCredits, formatCredits } from './model/kolors-request.ts';
import { goesOnAfter } from './model/poll-delay.ts';
import { RemoveMade } from './remove-made.tsx';
import { isMade } from './remove-task.ts';
import { isRunning, type RunningGeneration, taskQuery } from './task-query.ts';
import type { Generate } from './use-generate.ts';
import { isWaitingForToken, needsToken } from './waiting-for-token.ts';

type GenerationCardProps = {
  readonly entry: StoredGeneration;
  readonly credentialId: string;
  readonly hasOwnToken: boolean;
  readonly serverHasToken: boolean;
  readonly generate: Generate;
  readonly pictureHref: (url: string) => string;
};

/** One generation: what was asked for, where it stands, and its pictures. */
export function GenerationCard({ entry, generate, pictureHref, ...token }: GenerationCardProps) {
  const { phase, request } = entry;
  const cropUrl = useObjectUrl(entry.crop);
  const words = phaseMessage(phase);
  const detail = ownWords(phase);
  return (
    <article aria-label={`${entry.faceName} of ${entry.pictureName}`} className="rounded-xl border border-line p-4">
      <div className="flex gap-3">
        {cropUrl === undefined ? (
          <MissingCrop className="h-16 w-13 shrink-0 rounded" />
        ) : (
          <img
            src={cropUrl}
            alt={`${entry.faceName} of ${entry.pictureName}`}
            className="h-16 w-13 shrink-0 rounded object-cover"
          />
        )}
        <div className="min-w-0 flex-1">
          <p className="line-clamp-2 break-words">{request.prompt}</p>
          <p className="mt-1 text-xs text-ink-faint tabular-nums">
            {request.aspect_ratio} · strength {request.faceStrength} · {formatCredits(costInCredits(request))} ·{' '}
            {timeOf(entry.createdAt)}
          </p>
        </div>
        {phase.kind !== 'sending' && phase.kind !== 'running' && <TakeOff entry={entry} />}
      </div>
      <div role="status" className="mt-3 flex items-start gap-2">
        <PhaseIcon phase={phase} />
        <div className="min-w-0 flex-1">
          <p className="font-semibold">
            {words.title}
            {phase.kind === 'running' && <Elapsed since={entry.createdAt} />}
          </p>
          <p className="text-ink-soft">{words.text}</p>
          {detail !== undefined && (
            <p className="mt-1.5 rounded bg-raised px-3 py-2 font-mono text-xs break-words text-ink-soft">{detail}</p>
          )}
        </div>
      </div>
      {isRunning(entry) && <Progress entry={entry} {...token} />}
      {needsToken(entry, token.hasOwnToken) && phase.kind === 'unknown' && (
        <Note>Enter your token to send it again.</Note>
      )}
      {phase.kind === 'unknown' && entry.sentAgainAs === undefined && !needsToken(entry, token.hasOwnToken) && (
        <Button className="mt-3" onClick={() => generate.ask(anew(entry))}>
          <RotateCw aria-hidden className="size-3.5" />
          Send again…
        </Button>
      )}
      {phase.kind === 'unknown' && entry.sentAgainAs !== undefined && (
        <p className="mt-2 text-xs text-ink-faint">You have sent it again.</p>
      )}
      {phase.kind === 'vanished' && (
        <Button className="mt-3" onClick={() => void noteGeneration(entry.id, { kind: 'look-again' })}>
          Look again
        </Button>
      )}
      {phase.kind === 'succeeded' && (
        <MadePictures entry={entry} pictures={phase.pictures} cropUrl={cropUrl} pictureHref={pictureHref} />
      )}
      {isMade(entry) && <RemoveMade entry={entry} canAsk={canAsk(entry, token)} />}
    </article>
  );
}

/** Whether the token that paid is there. */
const canAsk = (
  { credential }: StoredGeneration,
  { hasOwnToken, serverHasToken }: Pick<GenerationCardProps, 'hasOwnToken' | 'serverHasToken'>,
): boolean => (credential === 'own' ? hasOwnToken : serverHasToken);

/** Takes it off the list: at once where it is over, after a question where it may have been paid. */
function TakeOff({ entry }: { readonly entry: StoredGeneration }) {
  const [isAsked, setIsAsked] = useState(false);
  const cost = formatCredits(costInCredits(entry.request));
  const takeOff = () => void forgetGeneration(entry.id);
  const keep = () => setIsAsked(false);
  return (
    <>
      <IconButton icon={Trash2} label="Take off the list" onClick={isOpen(entry) ? () => setIsAsked(true) : takeOff} />
      <Question
        isAsked={isAsked}
        title="Forget a request that may be paid?"
        answers={[
          { label: 'Keep it', look: 'outline', onChoose: keep },
          { label: 'Take it off', look: 'primary', onChoose: takeOff },
        ]}
        onCancel={keep}
      >
        <p>
          Nobody knows what became of it. Once it is off the list, the page no longer holds the same request back, and
          another {cost} could be spent for the same pictures.
        </p>
      </Question>
    </>
  );
}

/** The same request under a confirmation of its own. */
const anew = ({ sentAgainAs: _, ...entry }: StoredGeneration) => ({
  again: entry.id,
  generation: { ...entry, id: randomId(), createdAt: Date.now(), phase: { kind: 'sending' as const } },
});

function PhaseIcon({ phase }: { readonly phase: Generation['phase'] }) {
  const shape = 'mt-0.5 size-4 shrink-0';
  switch (phase.kind) {
    case 'sending':
    case 'running':
      return <LoaderCircle aria-hidden className={`${shape} text-accent motion-safe:animate-spin`} />;
    case 'succeeded':
      return <CircleCheck aria-hidden className={`${shape} text-good`} />;
    case 'unknown':
      return <CircleHelp aria-hidden className={`${shape} text-warn`} />;
    case 'refused':
    case 'failed':
    case 'vanished':
      return <CircleX aria-hidden className={`${shape} text-bad`} />;
  }
}

/** What asking for the task meets: silence while it goes well. */
function Progress({
  entry,
  credentialId,
  hasOwnToken,
  serverHasToken,
}: Pick<GenerationCardProps, 'credentialId' | 'hasOwnToken' | 'serverHasToken'> & {
  readonly entry: RunningGeneration;
}) {
  // Only looks: `GenerationRunner` is who asks.
  const task = useQuery({ ...taskQuery(entry, credentialId), enabled: false });
  if (isWaitingForToken(entry, hasOwnToken)) return <Note>Waiting for your token.</Note>;
  if (entry.credential === 'server' && !serverHasToken) {
    return <Note>This server no longer has the token that paid for it.</Note>;
  }
  if (task.fetchStatus === 'paused') return <Note>You are offline. It goes on when the connection is back.</Note>;
  if (task.error !== null) {
    const words = messageFor(task.error.failure);
    return goesOnAfter(task.error.failure.code) ? (
      <Note>{words.title}. The page goes on asking.</Note>
    ) : (
      <>
        <Note>
          {words.title}. {words.cure} The task is not lost.
        </Note>
        <Button className="mt-2" onClick={() => void task.refetch()}>
          Ask again
        </Button>
      </>
    );
  }
  return (
    <div aria-hidden className="mt-3 h-1 overflow-hidden rounded-full bg-raised">
      <div className="h-full w-1/3 rounded-full bg-accent motion-safe:animate-[kolors-slide_1.6s_ease-in-out_infinite]" />
    </div>
  );
}

const Note = ({ children }: { readonly children: React.ReactNode }) => (
  <p className="mt-2 rounded bg-warn-soft px-3 py-2 text-xs text-warn">{children}</p>
);

/** Time since a moment, told to the eye every second. */
function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  const text = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return (
    <span aria-hidden className="ml-2 font-normal text-ink-faint tabular-nums">
      {text}
    </span>
  );
}

const timeOf = (at: number): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
