import { ImageOff } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { SentUpload } from '#page/detection/sent-uploads.ts';
import { Button, buttonClass } from '#page/ui/button.tsx';
import { ModalDialog } from '#page/ui/modal-dialog.tsx';
import { ProgressBar } from '#page/ui/progress-bar.tsx';
import { useObjectUrl } from '#page/ui/use-object-url.ts';
import { messageFor } from '#shared/failure-message.ts';
import { timeAgo } from '../format-age.ts';
import type { TakeBackOutcome } from './take-back.ts';
import { countOutcomes, outcomeLabel, type TakeBackRun } from './take-back-run.ts';

/** What is remembered of the picture that an upload was made from. */
export type SentPicture = { readonly name: string; readonly thumbnail: Blob };

type TakeBackDialogProps = {
  readonly isOpen: boolean;
  readonly uploads: readonly SentUpload[];
  /** False where this browser stores nothing, so that it does not know what it sent. */
  readonly isKnown: boolean;
  readonly pictureOf: (upload: SentUpload) => SentPicture | undefined;
  readonly run: TakeBackRun | undefined;
  /** Where a token is entered, while there is none. */
  readonly tokenForm: ReactNode;
  readonly onRemove: (uploads: readonly SentUpload[]) => void;
  readonly onCancel: () => void;
  /** Takes uploads off this list without asking Kling for anything. */
  readonly onDrop: (uploads: readonly SentUpload[]) => void;
  readonly onClose: () => void;
};

/** What this browser sent to Kling and did not take back, and the way to take it back. */
export function TakeBackDialog(props: TakeBackDialogProps) {
  const { isOpen, uploads, isKnown, run, tokenForm, onRemove, onCancel, onDrop, onClose } = props;
  const titleId = useId();
  const textId = useId();
  const close = useRef<HTMLButtonElement>(null);
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const isBusy = run !== undefined && run.state !== 'over';
  useEffect(() => {
    // The least dangerous one, also when what had the focus is gone with the run.
    if (isOpen && !isBusy) close.current?.focus();
  }, [isOpen, isBusy]);
  const leave = () => {
    setLeftOut(new Set());
    onClose();
  };
  const chosen = uploads.filter(({ address }) => !leftOut.has(address));
  const lost = uploads.filter(({ address }) => run?.outcomes[address] === 'not-found');
  return (
    <ModalDialog
      isOpen={isOpen}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onCancel={(event) => {
        event.preventDefault();
        if (isBusy) onCancel();
        else leave();
      }}
      onClose={() => {
        if (isOpen && !isBusy) leave();
      }}
      className="max-w-xl! flex-col p-5 open:flex max-h-[min(44rem,calc(100dvh-2rem))] overflow-hidden"
    >
      {/* A closed one says nothing. */}
      {isOpen && (
        <>
          <h2 id={titleId} className="text-base font-semibold">
            Remove at Kling
          </h2>
          <div id={textId} className="mt-2 space-y-2 text-ink-soft">
            {uploads.length === 0 ? (
              <p>
                {isKnown
                  ? 'This browser knows of no picture that it sent to Kling and that still lies there.'
                  : 'This browser stores nothing here, so it does not know what it sent to Kling.'}
              </p>
            ) : (
              <p>
                {uploads.length === 1 ? 'This picture was' : `These ${uploads.length} pictures were`} sent to Kling from
                this browser. Removing cannot be undone, and takes Kling’s faces for{' '}
                {uploads.length === 1 ? 'it' : 'them'} off this page as well.
              </p>
            )}
            <p className="text-[0.8125rem]">
              Not in this list: what Kolors made, which is removed one by one under Generations, links, and what another
              browser or an earlier version of this page sent.
            </p>
          </div>
          {uploads.length > 0 && (
            <ul
              aria-label="Sent to Kling"
              className="-mx-2 mt-3 min-h-24 flex-1 overflow-y-auto border-y border-line py-1"
            >
              {uploads.map((upload) => (
                <Row
                  key={upload.address}
                  upload={upload}
                  picture={props.pictureOf(upload)}
                  isChosen={!leftOut.has(upload.address)}
                  isBusy={isBusy}
                  outcome={run?.outcomes[upload.address]}
                  onChosen={(isChosen) => setLeftOut((before) => toggled(before, upload.address, !isChosen))}
                />
              ))}
            </ul>
          )}
          <div role="status" className="empty:hidden">
            {run !== undefined && <Course run={run} />}
          </div>
          {tokenForm !== null && uploads.length > 0 && (
            <div className="mt-3 rounded-lg bg-accent-soft p-4">
              <p>Kling is asked with a useapi.net token, and neither this server nor this tab has one.</p>
              {tokenForm}
            </div>
          )}
          <div className="mt-4 flex flex-wrap justify-end gap-2">
            {isBusy ? (
              <Button className="min-h-10 px-4" disabled={run.state === 'stopping'} onClick={onCancel}>
                {run.state === 'stopping' ? 'Stopping…' : 'Cancel'}
              </Button>
            ) : (
              <>
                {lost.length > 0 && (
                  <Button look="quiet" className="mr-auto min-h-10" onClick={() => onDrop(lost)}>
                    Take {lost.length === 1 ? 'the one' : `the ${lost.length}`} not found off this list
                  </Button>
                )}
                <button
                  ref={close}
                  type="button"
                  className={buttonClass('outline', 'min-h-10 px-4 pointer-coarse:min-h-11')}
                  onClick={leave}
                >
                  Close
                </button>
                {uploads.length > 0 && (
                  <Button
                    look="danger"
                    className="min-h-10 px-4"
                    disabled={tokenForm !== null || chosen.length === 0}
                    onClick={() => onRemove(chosen)}
                  >
                    Remove {chosen.length === 1 ? '1 picture' : `${chosen.length} pictures`} at Kling
                  </Button>
                )}
              </>
            )}
          </div>
        </>
      )}
    </ModalDialog>
  );
}

const toggled = (set: ReadonlySet<string>, value: string, isIn: boolean): ReadonlySet<string> => {
  const next = new Set(set);
  if (isIn) next.add(value);
  else next.delete(value);
  return next;
};

function Row({
  upload,
  picture,
  isChosen,
  isBusy,
  outcome,
  onChosen,
}: {
  readonly upload: SentUpload;
  readonly picture: SentPicture | undefined;
  readonly isChosen: boolean;
  readonly isBusy: boolean;
  readonly outcome: TakeBackOutcome | undefined;
  readonly onChosen: (isChosen: boolean) => void;
}) {
  const [now] = useState(Date.now);
  const thumbnail = useObjectUrl(picture !== undefined && picture.thumbnail.size > 0 ? picture.thumbnail : undefined);
  const { fileName, email, at } = upload;
  return (
    <li className="[content-visibility:auto] [contain-intrinsic-size:auto_3.25rem]">
      <label className="flex min-h-13 items-center gap-3 rounded px-2 py-1 hover:bg-raised">
        <input
          type="checkbox"
          checked={isChosen}
          disabled={isBusy}
          onChange={(event) => onChosen(event.target.checked)}
          className="size-4 shrink-0 accent-accent"
        />
        <span className="grid size-9 shrink-0 place-items-center overflow-hidden rounded bg-raised text-ink-faint">
          {thumbnail === undefined ? (
            <ImageOff aria-hidden className="size-4" />
          ) : (
            <img src={thumbnail} alt="" draggable={false} className="size-full object-cover" />
          )}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-[0.8125rem] font-medium text-ink">
            {picture?.name ?? 'No longer in this browser'}
          </span>
          <span className="block truncate text-xs text-ink-soft tabular-nums">
            {[fileName ?? 'Kling gave it no name', email, timeAgo(at, now)]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </span>
        </span>
        {outcome !== undefined && <span className="shrink-0 text-xs text-warn">{outcomeLabel(outcome)}</span>}
      </label>
    </li>
  );
}

/** How far it is, and in the end what became of it: only what Kling confirms counts as gone. */
function Course({ run }: { readonly run: TakeBackRun }) {
  const counts = countOutcomes(run);
  const done = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (run.state !== 'over') {
    return (
      <div className="mt-3">
        <p className="tabular-nums">
          {done} of {run.total}
        </p>
        <ProgressBar label="Removing at Kling" value={done} max={run.total} className="mt-1 block h-1 w-full" />
      </div>
    );
  }
  const words = run.failure === undefined ? undefined : messageFor(run.failure);
  const left = run.total - done;
  return (
    <div className="mt-3 space-y-1 rounded-lg border border-line bg-page p-3">
      <p className="font-semibold">
        Kling confirmed {counts.removed} of {run.total} as removed.
      </p>
      {counts['not-found'] > 0 && (
        <p>
          {counts['not-found']} could not be found there by name and address: removed already, or never kept. Nothing
          else was touched.
        </p>
      )}
      {counts['not-confirmed'] > 0 && (
        <p>{counts['not-confirmed']} Kling did not confirm: take it that they are still there, and try again.</p>
      )}
      {counts['no-access'] > 0 && (
        <p>
          {counts['no-access']} could not be looked for: this token has no access to their account. They are still
          there.
        </p>
      )}
      {left > 0 && <p>{left} were not looked for and are still there.</p>}
      {words !== undefined && (
        <p className="text-bad">
          {words.title}. {words.cure}
        </p>
      )}
    </div>
  );
}
