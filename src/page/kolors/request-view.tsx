import { type ReactNode, useRef, useState } from 'react';
import type { HandOff } from '#page/place/place-store.ts';
import { randomId } from '#page/platform/random-id.ts';
import { Button } from '#page/ui/button.tsx';
import type { CropSource } from '#page/ui/crop-source.ts';
import { type AtKling, cropAtKling, lookAtKling } from './at-kling.ts';
import { CopyScript } from './copy-script.tsx';
import { DrawnAtKling } from './drawn-at-kling.tsx';
import { FaceAtKling, type HandOffActions } from './face-at-kling.tsx';
import type { ScriptForm } from './model/hand-off-script.ts';
import { costInCredits, formatCredits, kolorsRequest, PROBLEM_MESSAGES } from './model/kolors-request.ts';
import { RequestSection } from './request-section.tsx';
import { faceName, scriptFor, sentPicture } from './script-for.ts';
import { SettingsForm } from './settings-form.tsx';
import { smallCrop } from './small-crop.ts';
import { obstacle, payerWords, usePayer } from './spending.tsx';
import type { Generate } from './use-generate.ts';
import type { RequestDraft } from './use-request-draft.ts';

type RequestViewProps = Omit<HandOffActions, 'onPointOut'> & {
  readonly target: HandOff;
  readonly atKling: AtKling;
  readonly source: CropSource;
  readonly email: string | undefined;
  readonly baseUrl: string;
  /** Whose token would pay; undefined without any. */
  readonly credential: 'server' | 'own' | undefined;
  readonly generate: Generate;
  readonly draft: RequestDraft;
  /** Where a token can be entered. */
  readonly tokenForm: ReactNode;
  /** Where an account can be chosen, when there are several. */
  readonly accountChoice: ReactNode;
};

/** From the chosen face to the exact call, and to a generation where a token allows it. */
export function RequestView({
  target,
  atKling,
  source,
  email,
  baseUrl,
  credential,
  generate,
  draft,
  tokenForm,
  accountChoice,
  ...actions
}: RequestViewProps) {
  const { settings } = draft;
  const view = target.kind === 'found' ? lookAtKling(target, atKling, draft.pointedOutFor(target)) : undefined;
  const reference = target.kind === 'found' ? view?.klingFace : cropAtKling(atKling);
  const [wantsToGoOn, setWantsToGoOn] = useState(false);
  const [scriptForm, setScriptForm] = useState<ScriptForm>('javascript');
  const promptRef = useRef<HTMLTextAreaElement>(null);

  const request = reference === undefined ? undefined : kolorsRequest(settings, reference, email);
  const problems = request === undefined || request.ok ? [] : request.error;
  const promptProblem = problems.find((problem) => problem.startsWith('prompt-'));
  const otherProblem = problems.find((problem) => !problem.startsWith('prompt-'));

  const goOn = async () => {
    setWantsToGoOn(true);
    if (promptProblem !== undefined) promptRef.current?.focus();
    if (request === undefined || !request.ok || credential === undefined) return;
    const { picture, face, size } = target;
    const crop = await smallCrop(picture.blob, size, face.bound);
    generate.ask({
      again: undefined,
      generation: {
        id: randomId(),
        createdAt: Date.now(),
        request: request.value,
        credential,
        pictureName: picture.name,
        pictureSha256: sentPicture(target).sha256,
        faceName: faceName(target),
        phase: { kind: 'sending' },
        ...(crop === undefined ? {} : { crop }),
      },
    });
  };

  return (
    <>
      <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-5 py-5 max-sm:px-4">
        {target.kind === 'drawn' ? (
          <DrawnAtKling target={target} atKling={atKling} {...actions} />
        ) : (
          <FaceAtKling
            target={target}
            atKling={atKling}
            view={view}
            source={source}
            onPointOut={(face) => draft.pointOut(target, face.id)}
            {...actions}
          />
        )}
        {accountChoice}
        <SettingsForm
          settings={settings}
          onChange={draft.changeSettings}
          promptProblem={wantsToGoOn && promptProblem !== undefined ? PROBLEM_MESSAGES[promptProblem] : undefined}
          promptRef={promptRef}
          onSubmit={() => void goOn()}
        />
        <RequestSection
          target={target}
          settings={settings}
          reference={reference}
          email={email}
          baseUrl={baseUrl}
          scriptForm={scriptForm}
          onScriptForm={setScriptForm}
        />
      </div>
      <div className="max-h-[60dvh] shrink-0 overflow-y-auto border-t border-line bg-panel px-5 py-3 max-sm:px-4">
        {wantsToGoOn && credential === undefined && (
          <div role="status" className="mb-3 rounded-lg bg-accent-soft p-4">
            <p className="font-semibold">Generating needs a useapi.net token</p>
            <p className="mt-1 text-ink-soft">
              With one, this page{' '}
              {target.kind === 'drawn' ? 'sends Kling the crop' : 'asks Kling for the face’s own number'}, sends this
              request, follows the task and shows the pictures here. The token stays in the memory of this tab. Without
              one, copy the script: it does the same wherever your token is.
            </p>
            {tokenForm}
          </div>
        )}
        {wantsToGoOn && otherProblem !== undefined && (
          <p role="alert" className="mb-2 text-bad">
            {PROBLEM_MESSAGES[otherProblem]}
          </p>
        )}
        {wantsToGoOn && credential !== undefined && reference === undefined && (
          <p role="status" className="mb-2 text-warn">
            {target.kind === 'drawn' ? 'The crop has to be at Kling' : 'Kling’s number for this face comes'} first: see
            above.
          </p>
        )}
        {credential !== undefined && <Spending email={email} cost={costInCredits(settings)} />}
        <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2">
          <p className="min-w-0 flex-1 text-xs text-ink-faint max-sm:basis-full">
            {credential === undefined
              ? 'Generate needs a token.'
              : `${formatCredits(costInCredits(settings))}. You are asked once more before anything is paid.`}
          </p>
          <Button
            look={credential === undefined ? 'outline' : 'primary'}
            className="min-h-10 px-5 text-sm font-semibold"
            onClick={() => void goOn()}
          >
            Generate
          </Button>
          {credential === undefined && (
            <CopyScript form={scriptForm} text={() => scriptFor(target, { settings, email, baseUrl }, scriptForm)} />
          )}
        </div>
      </div>
    </>
  );
}

/** What the account has, and what is known to be in the way, before anything is paid. */
function Spending({ email, cost }: { readonly email: string | undefined; readonly cost: number }) {
  const payer = usePayer(email);
  const problem = obstacle(payer, cost);
  return (
    <>
      <p className="mb-1 text-xs font-medium text-ink-soft tabular-nums empty:hidden">{payerWords(payer)}</p>
      <p role="status" className="mb-2 text-[0.8125rem] text-warn empty:hidden">
        {problem}
      </p>
    </>
  );
}
