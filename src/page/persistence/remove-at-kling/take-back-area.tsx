import { dropSentUploads, rememberedUploads, type SentUpload } from '#page/detection/sent-uploads.ts';
import { picturesOf, useWork } from '#page/pictures/work-store.ts';
import { TokenForm } from '#page/session/account/token-form.tsx';
import { useEngineSession } from '#page/session/engine-session.ts';
import { setOwnToken } from '#page/session/session-store.ts';
import { Button } from '#page/ui/button.tsx';
import { askToForget } from '../forget-dialog.tsx';
import { rememberedPictures } from '../page-memory.ts';
import { TakeBackDialog } from './take-back-dialog.tsx';
import { openTakeBack, takeBackQuestion, useTakeBackRun } from './take-back-run.ts';

/** The dialog of what was sent to Kling, closed until it is opened. */
export function TakeBackArea() {
  const asked = takeBackQuestion.use()?.asked;
  const isOpen = asked !== undefined;
  const { run, start, cancel, clear } = useTakeBackRun();
  const { status, value: uploads } = rememberedUploads.use();
  const { recent } = rememberedPictures.use().value;
  const inWork = useWork((state) => (isOpen ? picturesOf(state) : undefined)) ?? [];
  const { canAsk } = useEngineSession('kling');
  const byContent = new Map([...recent, ...inWork].map((picture) => [picture.sha256, picture]));
  return (
    <TakeBackDialog
      isOpen={isOpen}
      uploads={uploads}
      isKnown={status === 'ready'}
      pictureOf={({ sha256 }: SentUpload) => byContent.get(sha256 ?? '')}
      run={run}
      // Not the way that asks what is to be sent with the token: here something is taken back.
      tokenForm={canAsk ? null : <TokenForm hasOwnToken={false} onToken={setOwnToken} />}
      onRemove={(chosen) => void start(chosen)}
      onCancel={cancel}
      onDrop={(lost) => void dropSentUploads(lost.map(({ address }) => address))}
      onClose={() => {
        clear();
        takeBackQuestion.withdraw();
        if (asked?.before === 'forget') askToForget();
      }}
    />
  );
}

/** One line near what this browser remembers: how much of it lies at Kling, and the way to take it back. */
export function AtKlingLine({ onDone, className }: { readonly onDone?: () => void; readonly className?: string }) {
  const count = rememberedUploads.use().value.length;
  if (count === 0) return null;
  return (
    <div className={className}>
      <div className="flex flex-wrap items-center justify-between gap-2 text-left text-xs text-ink-soft">
        <span>
          {count === 1 ? '1 picture that this browser sent lies' : `${count} pictures that this browser sent lie`} at
          Kling
        </span>
        <Button
          onClick={() => {
            openTakeBack();
            onDone?.();
          }}
        >
          Remove at Kling…
        </Button>
      </div>
    </div>
  );
}
