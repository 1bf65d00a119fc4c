import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AppConfig } from '#contract/app-config.ts';
import { rememberedUploads } from '#page/detection/sent-uploads.ts';
import { rememberedGenerations, type StoredGeneration } from '#page/kolors/generation-store.ts';
import { isOpen } from '#page/kolors/model/generation.ts';
import { phaseMessage } from '#page/kolors/model/generation-message.ts';
import { costInCredits, formatCredits } from '#page/kolors/model/kolors-request.ts';
import { useIntake } from '#page/pictures/intake/intake-context.ts';
import { forgetRemoved } from '#page/pictures/removed-pictures.ts';
import { picturesOf, useWork, workStore } from '#page/pictures/work-store.ts';
import { appConfigQuery } from '#page/session/app-config.ts';
import { useCheckedCount } from './checked-note.tsx';
import { forgetEverything } from './forget.ts';
import { askToForget, ForgetDialog, type UnfinishedGeneration, useIsAskedToForget } from './forget-dialog.tsx';
import { chooseKeepsPictures } from './keep-pictures.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import type { RecentPicture } from './memory.ts';
import { openRecent } from './open-recent.ts';
import { memory, rememberedPictures } from './page-memory.ts';
import { type RecentParts, RecentPictures } from './recent-pictures.tsx';
import { AtKlingLine } from './remove-at-kling/take-back-area.tsx';
import { openTakeBack } from './remove-at-kling/take-back-run.ts';
import { keyOf } from './stored-origin.ts';
import { isWorkAlive } from './work-lock.ts';

type RecentAreaProps = {
  readonly parts: RecentParts;
  /** Runs when one was chosen, or the question about all of them was asked. */
  readonly onDone?: () => void;
  readonly className?: string;
};

/** The remembered pictures, with everything that can be done to them. */
export function RecentArea({ parts, onDone, className }: RecentAreaProps) {
  const client = useQueryClient();
  const { browse } = useIntake();
  const pictures = useWork(picturesOf);
  const inWork = new Set(pictures.map(keyOf));
  const { data: config } = useQuery(appConfigQuery);

  const open = (picture: RecentPicture) => {
    void openRecent(client, picture);
    // At once, while the browser still counts it as the person's click.
    if (!picture.hasBlob && picture.origin.kind !== 'link') browse();
    onDone?.();
  };
  const forgetOne = (key: string) => {
    const { removed } = workStore.getState();
    // What is forgotten does not come back with an undo.
    forgetRemoved(removed.filter((picture) => keyOf(picture) === key).map(({ id }) => id));
    void memory.delete(key).then(rememberedPictures.announce, rememberedPictures.announce);
  };
  const atKling = <AtKlingLine {...(onDone === undefined ? {} : { onDone })} className="mt-3" />;
  return (
    <RecentPictures
      parts={parts}
      inWork={inWork}
      detector={config?.detector}
      footer={parts === 'pictures' ? undefined : atKling}
      onOpen={open}
      onRemove={forgetOne}
      onKeepsPicturesChange={(keepsPictures) => {
        chooseKeepsPictures(keepsPictures);
        if (keepsPictures) return;
        void isWorkAlive()
          .then((isAlive) => memory.evict(isAlive, false))
          .then(rememberedPictures.announce, rememberedPictures.announce);
      }}
      onForget={() => {
        askToForget();
        onDone?.();
      }}
      {...(className === undefined ? {} : { className })}
    />
  );
}

const asUnfinished = ({ id, faceName, pictureName, phase, request }: StoredGeneration): UnfinishedGeneration => ({
  id,
  name: `${faceName} of ${pictureName}`,
  state: phaseMessage(phase).title,
  cost: formatCredits(costInCredits(request)),
});

/** The questions before everything is forgotten, and before signing out. */
export function ForgetArea({ config }: { readonly config: AppConfig }) {
  return (
    <>
      <ForgetQuestion config={config} />
      {config.accessKeyRequired && <LeaveDialog />}
    </>
  );
}

function ForgetQuestion({ config }: { readonly config: AppConfig }) {
  const client = useQueryClient();
  // Counted where the question is asked: every one of thousands that comes would count all others.
  const isAsked = useIsAskedToForget();
  const { recent } = rememberedPictures.use().value;
  const pictures = useWork((state) => (isAsked ? picturesOf(state) : undefined)) ?? [];
  const keys = new Set(isAsked ? [...recent.map(({ key }) => key), ...pictures.map(keyOf)] : []);
  const { value: generations } = rememberedGenerations.use();
  const atKling = rememberedUploads.use().value.length;
  return (
    <ForgetDialog
      pictures={keys.size}
      atKling={atKling}
      onRemoveFirst={() => openTakeBack('forget')}
      isLocalServer={config.loopbackOnly}
      unfinished={generations.filter(isOpen).map(asUnfinished)}
      checked={useCheckedCount(isAsked)}
      onForget={(also) => forgetEverything(client, also)}
    />
  );
}
