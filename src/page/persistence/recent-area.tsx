import { useQueryClient } from '@tanstack/react-query';
import type { AppConfig } from '#contract/app-config.ts';
import { type StoredGeneration, useGenerations } from '#page/kolors/generation-store.ts';
import { isOpen } from '#page/kolors/model/generation.ts';
import { phaseMessage } from '#page/kolors/model/generation-message.ts';
import { costInCredits, formatCredits } from '#page/kolors/model/kolors-request.ts';
import { useIntake } from '#page/pictures/intake/intake-context.ts';
import { forgetRemoved, useWork, workStore } from '#page/pictures/work-store.ts';
import { tellOtherTabs } from '#page/platform/other-tabs.ts';
import { forgetEverything } from './forget.ts';
import { askToForget, ForgetDialog, type UnfinishedGeneration } from './forget-dialog.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import type { RecentPicture } from './memory.ts';
import { chooseKeepsPictures, useMemory } from './memory-store.ts';
import { openRecent } from './open-recent.ts';
import { memory, refreshMemory } from './page-memory.ts';
import { type RecentParts, RecentPictures } from './recent-pictures.tsx';
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
  const pictures = useWork((state) => state.pictures);
  const inWork = new Set(pictures.map(keyOf));

  const open = (picture: RecentPicture) => {
    void openRecent(client, picture);
    // At once, while the browser still counts it as the person's click.
    if (!picture.hasBlob && picture.origin.kind !== 'link') browse();
    onDone?.();
  };
  const forgetOne = (key: string) => {
    const { removed } = workStore.getState();
    // What is forgotten does not come back with an undo.
    if (removed !== undefined && keyOf(removed) === key) forgetRemoved();
    void memory.delete(key).then(changed, changed);
  };
  const changed = async () => {
    await refreshMemory();
    tellOtherTabs('changed');
  };
  return (
    <RecentPictures
      parts={parts}
      inWork={inWork}
      onOpen={open}
      onRemove={forgetOne}
      onKeepsPicturesChange={(keepsPictures) => {
        chooseKeepsPictures(keepsPictures);
        if (keepsPictures) return;
        void isWorkAlive()
          .then((isAlive) => memory.evict(isAlive, false))
          .then(changed, changed);
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
  const recent = useMemory((state) => state.recent);
  const pictures = useWork((state) => state.pictures);
  const keys = new Set([...recent.map(({ key }) => key), ...pictures.map(keyOf)]);
  const { generations } = useGenerations();
  return (
    <ForgetDialog
      pictures={keys.size}
      isLocalServer={config.loopbackOnly}
      unfinished={generations.filter(isOpen).map(asUnfinished)}
      onForget={(named) => forgetEverything(client, named)}
    />
  );
}
