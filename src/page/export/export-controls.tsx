import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { EngineName } from '#contract/routes.ts';
import { loadDrawnFaces } from '#page/check/index.ts';
import {
  type PictureDetection,
  readPictureDetection,
  sendTo,
  sessionFor,
  useBatchProgress,
  usePictureDetection,
} from '#page/detection/index.ts';
import { useShortcuts } from '#page/keyboard/use-shortcuts.ts';
import { useIntake } from '#page/pictures/intake/intake-context.ts';
import { useSelection } from '#page/pictures/selection-store.ts';
import { type Picture, picturesOf, workStore } from '#page/pictures/work-store.ts';
import { usePresent } from '#page/present/index.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { buttonClass } from '#page/ui/button.tsx';
import { CoverDialog } from './cover-dialog.tsx';
import { CropDialog } from './crop-dialog.tsx';
import type { ExportItem } from './export-item.ts';
import { ExportMenu } from './export-menu.tsx';
import { ExportProgress } from './export-progress.tsx';
import { savedResultJob } from './saved-result-job.ts';
import { withDrawn } from './with-drawn.ts';

/** Export and Present in the header, with the key, the dialogs and the progress that belong to them. */
export function ExportControls({
  session: pageSession,
  picture,
}: {
  readonly session: EngineSession;
  readonly picture: Picture;
}) {
  const client = useQueryClient();
  const { browse } = useIntake();
  const session = sessionFor(pageSession, picture);
  const detection = usePictureDetection(session, picture);
  const open = itemOf(picture, session.engine, detection);
  useEffect(() => void loadDrawnFaces([picture]), [picture]);
  const selection = useSelection();
  const faces = open?.detection.faces ?? [];
  const selected = selection.ids.flatMap((id) => faces.find((face) => face.id === id) ?? []);
  const present = usePresent(pageSession, picture);
  useShortcuts(present === undefined ? {} : { present });
  const { done, notSent } = useBatchProgress();
  const all = () =>
    picturesOf(workStore.getState()).flatMap((each) => {
      const asked = sessionFor(pageSession, each);
      const item = itemOf(each, asked.engine, readPictureDetection(client, asked, each));
      return item === undefined ? [] : withDrawn(item);
    });

  return (
    <>
      <ExportMenu
        open={open}
        selected={selected}
        ready={done}
        all={all}
        onLoadDrawn={() => loadDrawnFaces(picturesOf(workStore.getState()))}
        notSent={notSent.length}
        isOpenNotSent={detection.state === 'not-sent'}
        onSendOpen={() => sendTo(pageSession, [picture])}
        onSendAll={() => sendTo(pageSession, notSent)}
        savedResultJob={savedResultJob}
        onPresent={present}
        onOpenSaved={browse}
      />
      <button
        type="button"
        disabled={present === undefined}
        onClick={present}
        className={buttonClass('quiet', 'min-h-9 px-2.5 max-md:hidden pointer-coarse:min-h-11')}
      >
        Present
      </button>
      <ExportProgress />
      <CropDialog />
      <CoverDialog />
    </>
  );
}

function itemOf(picture: Picture, engine: EngineName, detection: PictureDetection): ExportItem | undefined {
  if (detection.state !== 'done') return undefined;
  const { detection: found, exchange, imageReference } = detection.result;
  return { picture, engine, detection: found, exchange, imageReference };
}
