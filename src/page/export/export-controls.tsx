import { useQueryClient } from '@tanstack/react-query';
import type { EngineName } from '#contract/routes.ts';
import { useBatchProgress } from '#features/detection/batch-progress.ts';
import type { EngineSession } from '#features/detection/engine-session.ts';
import { sessionFor } from '#features/detection/saved-result.ts';
import {
  type PictureDetection,
  readPictureDetection,
  usePictureDetection,
} from '#features/detection/use-picture-detection.ts';
import { CropDialog } from '#features/export/crop-dialog.tsx';
import type { ExportItem } from '#features/export/export-item.ts';
import { ExportMenu } from '#features/export/export-menu.tsx';
import { ExportProgress } from '#features/export/export-progress.tsx';
import { useIntake } from '#features/picture-intake/intake-context.ts';
import { startPresenting } from '#features/present/present-store.ts';
import { useSelection } from '#lib/selection-store.ts';
import { buttonClass } from '#lib/ui/button.tsx';
import { type Picture, workStore } from '#lib/work-store.ts';
import { replayJob } from './replay-job.ts';

/** Export and Present in the header, with the dialog and the progress that belong to them. */
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
  const open = itemOf(picture, session.engine, usePictureDetection(session, picture));
  const selection = useSelection();
  const faces = open?.detection.faces ?? [];
  const selected = selection.ids.flatMap((id) => faces.find((face) => face.id === id) ?? []);
  const { done } = useBatchProgress(pageSession);
  const all = () =>
    workStore.getState().pictures.flatMap((each) => {
      const asked = sessionFor(pageSession, each);
      return itemOf(each, asked.engine, readPictureDetection(client, asked, each)) ?? [];
    });

  return (
    <>
      <ExportMenu
        open={open}
        selected={selected}
        ready={done}
        all={all}
        replayJob={replayJob}
        onPresent={startPresenting}
        onOpenSaved={browse}
      />
      <button
        type="button"
        disabled={open === undefined}
        onClick={startPresenting}
        className={buttonClass('quiet', 'min-h-9 px-2.5 max-md:hidden pointer-coarse:min-h-11')}
      >
        Present
      </button>
      <ExportProgress />
      <CropDialog />
    </>
  );
}

function itemOf(picture: Picture, engine: EngineName, detection: PictureDetection): ExportItem | undefined {
  if (detection.state !== 'done') return undefined;
  const { detection: found, exchange, imageReference } = detection.result;
  return { picture, engine, detection: found, exchange, imageReference };
}
