import { useQueryClient } from '@tanstack/react-query';
import type { AppConfig } from '#contract/app-config.ts';
import { askToForget, ForgetDialog } from '#features/memory/forget-dialog.tsx';
import { RecentPictures } from '#features/memory/recent-pictures.tsx';
import { useIntake } from '#features/picture-intake/intake-context.ts';
import type { RecentPicture } from '#lib/memory/memory.ts';
import { chooseKeepsPictures, useMemory } from '#lib/memory/memory-store.ts';
import { useWork } from '#lib/work-store.ts';
import { forgetEverything } from './forget.ts';
import { keyOf } from './keep-work.ts';
import { openRecent } from './open-recent.ts';
import { memory, refreshMemory, tellOtherTabs } from './page-memory.ts';
import { isWorkAlive } from './work-lock.ts';

type RecentAreaProps = {
  readonly config: AppConfig;
  /** Runs when one was chosen, or the question about all of them was asked. */
  readonly onDone?: () => void;
  readonly className?: string;
};

/** The remembered pictures, with everything that can be done to them. */
export function RecentArea({ config, onDone, className }: RecentAreaProps) {
  const client = useQueryClient();
  const { browse } = useIntake();
  const pictures = useWork((state) => state.pictures);
  const inWork = new Set(pictures.map(keyOf));

  const open = (picture: RecentPicture) => {
    void openRecent(client, picture, config.serverHasToken);
    // At once, while the browser still counts it as the person's click.
    if (!picture.hasBlob && picture.origin.kind !== 'link') browse();
    onDone?.();
  };
  const changed = async () => {
    await refreshMemory();
    tellOtherTabs('changed');
  };
  return (
    <RecentPictures
      inWork={inWork}
      onOpen={open}
      onRemove={(key) => void memory.forget(key).then(changed, changed)}
      onKeepsPicturesChange={(keepsPictures) => {
        chooseKeepsPictures(keepsPictures);
        if (keepsPictures) return;
        void isWorkAlive()
          .then((isAlive) => memory.tidy(isAlive, false))
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

/** The question before everything is forgotten. */
export function ForgetArea({ config }: { readonly config: AppConfig }) {
  const client = useQueryClient();
  const recent = useMemory((state) => state.recent);
  const pictures = useWork((state) => state.pictures);
  const keys = new Set([...recent.map(({ key }) => key), ...pictures.map(keyOf)]);
  return (
    <ForgetDialog pictures={keys.size} isLocalServer={config.loopbackOnly} onForget={() => forgetEverything(client)} />
  );
}
