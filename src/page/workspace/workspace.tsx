import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { Plus } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { cancelDetection, retryDetection, sendTo, tryNow } from '#page/detection/detection-commands.ts';
import { sessionFor } from '#page/detection/saved-result.ts';
import { readPictureDetection, usePictureDetection } from '#page/detection/use-picture-detection.ts';
import { CompareDialog } from '#page/faces/compare/compare-dialog.tsx';
import { useFactSource } from '#page/faces/facts/use-face-facts.ts';
import type { OpenFaceMenu } from '#page/faces/list/face-actions.tsx';
import { FaceMenu, type FaceMenuPlace } from '#page/faces/list/face-menu.tsx';
import { useFaceView } from '#page/faces/list/face-view.ts';
import { cropHrefOf } from '#page/pictures/crop-href.ts';
import { uploadInstead } from '#page/pictures/intake/import-items.ts';
import { useIntake } from '#page/pictures/intake/intake-context.ts';
import { removePicture } from '#page/pictures/removed-pictures.ts';
import { selectionScope, selectionStore } from '#page/pictures/selection-store.ts';
import { preferPicture } from '#page/pictures/work-queue.ts';
import { type Picture, useWork } from '#page/pictures/work-store.ts';
import { useIsKolorsShown } from '#page/place/modes.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { PHONE, SHORT, SMALL } from '#page/ui/phone.ts';
import { useMediaQuery } from '#page/ui/use-media-query.ts';
import type { Face } from '#shared/face.ts';
import { BatchBar } from './batch-bar.tsx';
import { DetectionOverlay } from './detection-overlay.tsx';
import { Filmstrip } from './filmstrip.tsx';
import { LiveRegion } from './live-region.tsx';
import { PanelEdge, useChosenPanelWidth } from './panel-edge.tsx';
import { PhoneWorkspace } from './phone-workspace.tsx';
import { type OpenPictureMenu, PictureMenu, type PictureMenuPlace } from './picture-menu.tsx';
import { PictureTitle } from './picture-title.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { shownWarnings } from './shown-warnings.ts';
import { SidePanel } from './side-panel.tsx';
import { StageArea } from './stage-area.tsx';
import { StatusBar } from './status-bar.tsx';
import { useFaceActions } from './use-face-actions.ts';
import { useFoldedTools } from './use-folded-tools.ts';
import { useFollowUndo } from './use-follow-undo.ts';
import { useSelectionActions } from './use-selection-actions.ts';
import { useViewOptions } from './use-view-options.ts';
import { useWorkspaceShortcuts } from './use-workspace-shortcuts.ts';

const NO_FACES: readonly Face[] = [];

/** Wide enough for three columns. */
const WIDE = '(width >= 80rem)';

type WorkspaceProps = {
  readonly config: AppConfig;
  readonly session: EngineSession;
  readonly picture: Picture;
  readonly onHelp: () => void;
  /** Opens the place for token and account. */
  readonly onAccount: () => void;
};

/** The workspace: pictures, stage and faces, three columns on wide screens, a sheet over the stage on phones. */
export function Workspace({ config, session: pageSession, picture, onHelp, onAccount }: WorkspaceProps) {
  const client = useQueryClient();
  const session = useMemo(() => sessionFor(pageSession, picture), [pageSession, picture]);
  const isPhone = useMediaQuery(PHONE);
  const isShort = useMediaQuery(SHORT);
  const isWide = useMediaQuery(WIDE);
  const detection = usePictureDetection(session, picture);
  const result = detection.state === 'done' ? detection.result : undefined;
  const faces = result?.detection.faces ?? NO_FACES;
  const size = result?.detection.size ?? picture.size;
  const faceView = useFaceView(faces, useFactSource(picture, size));
  const options = useViewOptions();
  const tools = useFoldedTools(useMediaQuery(SMALL), options.view.isFit);
  const isBesideKolors = useIsKolorsShown();
  const hasSeveral = useWork(({ order, pendingImports }) => order.length + pendingImports.size > 1);

  const scope = selectionScope(picture.id, session.engine);
  useEffect(() => selectionStore.getState().openScope(scope), [scope]);
  useEffect(() => preferPicture(picture.id), [picture.id]);
  useFollowUndo(pageSession);
  const actions = useFaceActions(session.engine, picture, result, options.zoomToFace, !isPhone);
  const [faceMenu, setFaceMenu] = useState<FaceMenuPlace>();
  const openFaceMenu = useCallback<OpenFaceMenu>((face, at) => setFaceMenu({ face, ...at }), []);
  const [compared, setCompared] = useState<readonly Face[]>();
  const selectionActions = useSelectionActions(session.engine, picture, result, setCompared);
  useWorkspaceShortcuts({ view: faceView, faces, actions, options, onFaceMenu: openFaceMenu, onHelp });

  const panel = useMemo(
    () => (
      <SidePanel
        config={config}
        session={session}
        picture={picture}
        detection={detection}
        faceView={faceView}
        actions={actions}
        selectionActions={selectionActions}
        onFaceMenu={openFaceMenu}
        layout={isPhone ? 'sheet' : isShort ? 'tabs' : 'halves'}
      />
    ),
    [config, session, picture, detection, faceView, actions, selectionActions, openFaceMenu, isPhone, isShort],
  );
  const panelWidth = useChosenPanelWidth();
  const [pictureMenu, setPictureMenu] = useState<PictureMenuPlace>();
  const openPictureMenu = useCallback<OpenPictureMenu>((id, at) => setPictureMenu({ id, at }), []);
  const strip = isWide || (isShort && hasSeveral) ? 'column' : isShort ? 'none' : 'row';
  const filmstrip = (
    <Filmstrip
      session={pageSession}
      onDiscard={removePicture}
      onMenu={openPictureMenu}
      addButton={<AddTile />}
      isColumn={!isPhone && strip === 'column'}
    />
  );
  const stage = (
    <StageArea
      picture={picture}
      size={size}
      faces={faces}
      listed={faceView.shownIds}
      warnings={shownWarnings(session.engine, picture, result?.detection)}
      options={options}
      onFaceMenu={openFaceMenu}
      onPictureMenu={openPictureMenu}
      hasAnswer={result !== undefined}
      isCovered={detection.state === 'failed' || detection.state === 'cancelled'}
      isToolbarAway={tools.isAway}
    >
      <DetectionOverlay
        detection={detection}
        onCancel={() => void cancelDetection(client, session, picture)}
        onTryNow={() => void tryNow(client, session, picture)}
        onAccount={onAccount}
        onSend={() => sendTo(session, [picture])}
        embeddedFaces={detection.state === 'not-sent' ? embeddedFacesOf(client, session, picture) : undefined}
        onUploadInstead={picture.origin.kind === 'link' ? () => uploadInstead(picture) : undefined}
        onRetry={() =>
          void retryDetection(client, session, picture, detection.state === 'failed' ? detection.failure : undefined)
        }
      />
    </StageArea>
  );

  const menu = (
    <>
      <FaceMenu
        at={faceMenu}
        actions={actions}
        selectionActions={selectionActions}
        faces={faces}
        onClose={() => setFaceMenu(undefined)}
      />
      <PictureMenu place={pictureMenu} session={pageSession} onClose={() => setPictureMenu(undefined)} />
      <CompareDialog
        faces={compared}
        size={size}
        source={{ pictureUrl: picture.url, cropHref: cropHrefOf(picture) }}
        onClose={() => setCompared(undefined)}
      />
    </>
  );

  return (
    <>
      <LiveRegion detection={detection} faces={faces} />
      <PrintSheet picture={picture} size={size} faces={faces} hasAnswer={result !== undefined} />
      {isPhone ? (
        <>
          <PhoneWorkspace
            picture={picture}
            hasSeveral={hasSeveral}
            filmstrip={filmstrip}
            batch={<BatchBar session={pageSession} />}
            stage={stage}
            panel={panel}
            tools={tools}
          />
          {menu}
        </>
      ) : (
        <>
          <main
            className={clsx(
              'grid min-h-0 flex-1 grid-rows-[minmax(0,1fr)_auto]',
              isBesideKolors ? KOLORS_WIDTH : PANEL_WIDTH,
              COLUMNS[strip],
            )}
            {...(isShort || isBesideKolors || panelWidth === undefined ? {} : { style: { '--panel': panelWidth } })}
          >
            {strip !== 'none' && (
              <div
                className={clsx(
                  'col-start-1 min-h-0 border-line',
                  strip === 'row' ? 'row-start-2 border-t' : 'row-span-2 row-start-1 border-r',
                )}
              >
                {filmstrip}
              </div>
            )}
            <div className={clsx('col-end-[-2] row-start-1 flex min-w-0 flex-col', strip !== 'row' && 'row-span-2')}>
              <PictureTitle picture={picture} />
              <div className="relative min-h-0 flex-1">{stage}</div>
            </div>
            <div
              className={clsx(
                'relative col-end-[-1] row-span-2 row-start-1 min-h-0 border-l border-line',
                // Under the panel, where no focus may go astray.
                isBesideKolors && 'invisible',
              )}
            >
              {!isShort && !isBesideKolors && <PanelEdge />}
              {panel}
            </div>
            {menu}
          </main>
          <BatchBar session={pageSession} />
          <StatusBar picture={picture} detection={detection} engine={session.engine} />
        </>
      )}
    </>
  );
}

/** How many faces the embedded engine found on it before Kling was chosen; undefined when it has not. */
function embeddedFacesOf(client: QueryClient, session: EngineSession, picture: Picture): number | undefined {
  const embedded: EngineSession = {
    ...session,
    engine: 'embedded',
    email: undefined,
    canAsk: true,
    needsAccount: false,
  };
  const detection = readPictureDetection(client, embedded, picture);
  return detection.state === 'done' ? detection.result.detection.faces.length : undefined;
}

/** Width of the column of faces: never so much that a small stage is left with less. */
const PANEL_WIDTH =
  '[--panel:clamp(17rem,45%,21.25rem)] pointer-coarse:[--panel:clamp(17rem,52%,24rem)] xl:[--panel:23.125rem] pointer-coarse:xl:[--panel:24rem]';

/** While Kolors is open, its panel lies over that column: nothing of the stage is under it. */
const KOLORS_WIDTH = '[--panel:var(--kolors-width)]';

/** Where the filmstrip stands: before the stage, under it, or nowhere while there is one picture and no room. */
const COLUMNS = {
  column: 'grid-cols-[6.3125rem_minmax(0,1fr)_var(--panel)]',
  row: 'grid-cols-[minmax(0,1fr)_var(--panel)]',
  none: 'grid-cols-[minmax(0,1fr)_var(--panel)]',
} as const;

/** The dashed tile at the end of the filmstrip: more pictures. */
function AddTile() {
  const { browse } = useIntake();
  return (
    <button
      type="button"
      data-control
      // Of the strip, which is one stop of Tab: after the last picture by its keys, and in the header for everybody.
      tabIndex={-1}
      aria-label="Browse for more pictures"
      onClick={browse}
      className="grid size-18 place-items-center rounded-lg border border-dashed border-line-strong text-ink-faint hover:border-accent hover:text-accent"
    >
      <Plus aria-hidden className="size-5" />
    </button>
  );
}
