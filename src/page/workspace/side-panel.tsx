import clsx from 'clsx';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import type { PictureDetection } from '#page/detection/picture-detection.ts';
import { Inspector } from '#page/faces/inspector/inspector.tsx';
import { actionLabel, type FaceAction, FaceToolbar, type OpenFaceMenu } from '#page/faces/list/face-actions.tsx';
import { FaceList } from '#page/faces/list/face-list.tsx';
import type { FaceView } from '#page/faces/list/face-view.ts';
import { useListLook } from '#page/faces/list/list-look.ts';
import type { SelectionAction } from '#page/faces/list/selection-bar.tsx';
import { GenerationsButton } from '#page/kolors/generations-button.tsx';
import { cropHrefOf } from '#page/pictures/crop-href.ts';
import { useSelection } from '#page/pictures/selection-store.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { Button } from '#page/ui/button.tsx';
import { IconButton } from '#page/ui/icon-button.tsx';
import { TabBar, TabPanel, Tabs } from '#page/ui/tabs.tsx';
import { useElementSize } from '#page/ui/use-element-size.ts';
import type { Face } from '#shared/face.ts';
import type { Exchange } from '#shared/failure.ts';
import { primaryOf } from '#shared/selection.ts';
import { withoutLastEnding } from '#shared/trim.ts';
import { shownCalls } from './shown-calls.ts';
import { useInspectorFold } from './use-inspector-fold.ts';
import { walkFaces } from './walk-faces.ts';

type SidePanelProps = {
  readonly config: AppConfig;
  readonly session: EngineSession;
  readonly picture: Picture;
  readonly detection: PictureDetection;
  readonly faceView: FaceView;
  readonly actions: readonly FaceAction[];
  readonly selectionActions: readonly SelectionAction[];
  readonly onFaceMenu: OpenFaceMenu;
  /** One above the other, or where that leaves neither enough as two tabs; in a `sheet` with room for thumbs. */
  readonly layout: 'halves' | 'tabs' | 'sheet';
};

const TABS = [
  { value: 'faces', label: 'Faces' },
  { value: 'inspector', label: 'Inspector' },
] as const;

/** Height of the inspector while it is folded, with its line, in CSS pixels. */
const FOLDED_INSPECTOR = 49;

/** The faces, and everything behind them. */
export function SidePanel({
  config,
  session,
  picture,
  detection,
  faceView,
  actions,
  selectionActions,
  onFaceMenu,
  layout,
}: SidePanelProps) {
  const fold = useInspectorFold();
  const [panel, panelSize] = useElementSize();
  const [tab, setTab] = useState('faces');
  const result = detection.state === 'done' ? detection.result : undefined;
  const exchange = shownExchange(detection);
  const size = result?.detection.size ?? picture.size;
  const source = { pictureUrl: picture.url, cropHref: cropHrefOf(picture) };

  const list =
    result === undefined ? (
      <FacesToCome
        isWaiting={['waiting', 'uploading', 'detecting'].includes(detection.state)}
        isLow={layout !== 'halves'}
        note={detection.state === 'not-sent' ? 'Kling was not asked about this picture.' : undefined}
      />
    ) : (
      <FaceList
        faces={result.detection.faces}
        unreadable={result.detection.unreadable}
        size={size}
        view={faceView}
        source={source}
        actions={actions}
        selectionActions={selectionActions}
        onMenu={onFaceMenu}
        layout={layout === 'sheet' ? 'roomy' : 'compact'}
        isLow={layout !== 'halves'}
        showsPrimary={layout !== 'sheet'}
        room={layout === 'halves' && panelSize !== undefined ? panelSize.height - FOLDED_INSPECTOR : undefined}
      />
    );
  const inspector = (
    <Inspector
      detection={result?.detection}
      source={source}
      factSource={faceView.factSource}
      calls={detection.state === 'not-sent' ? [] : shownCalls(config, session, picture, result?.imageReference)}
      exchange={exchange}
      fileName={`${withoutLastEnding(picture.name)}-faces.json`}
      {...(layout === 'halves' ? { fold } : {})}
    />
  );

  return layout !== 'halves' ? (
    <Tabs value={tab} onValueChange={setTab} className="h-full bg-panel">
      <TabBar label="Faces and inspector" tabs={TABS} className="flex-wrap px-4">
        <FaceSteps view={faceView} />
      </TabBar>
      <TabPanel value="faces" className="flex flex-col overflow-clip">
        {list}
        {layout === 'sheet' && (
          <UseForKolorsBar faces={result?.detection.faces ?? []} actions={actions} onFaceMenu={onFaceMenu} />
        )}
      </TabPanel>
      <TabPanel value="inspector" className="flex flex-col">
        {inspector}
      </TabPanel>
    </Tabs>
  ) : (
    // A short list takes what it needs and leaves the rest to the inspector; a long one goes up to where that needs it.
    <div
      ref={panel}
      className={clsx(
        'grid h-full grid-cols-[minmax(0,1fr)] bg-panel',
        fold.isOpen
          ? 'grid-rows-[fit-content(clamp(50%,100%-19rem,60%))_minmax(0,1fr)]'
          : 'grid-rows-[minmax(0,1fr)_auto]',
      )}
    >
      <div className="flex min-h-0 flex-col">{list}</div>
      <div className="flex min-h-0 flex-col border-t border-line">{inspector}</div>
    </div>
  );
}

/** The exchange whose reply is shown: the last that there was, also while another try is waited for. */
function shownExchange(detection: PictureDetection): Exchange | undefined {
  switch (detection.state) {
    case 'done':
      return detection.result.exchange;
    case 'failed':
      return detection.failure.exchange;
    case 'waiting':
    case 'detecting':
      return detection.retryingAfter?.exchange;
    case 'uploading':
    case 'cancelled':
    case 'not-sent':
      return undefined;
  }
}

/** Walking from face to face with the thumb, whatever the sheet shows and however low it is. */
function FaceSteps({ view: { shown, shownIds } }: { view: FaceView }) {
  if (shown.length < 2) return null;
  return (
    <div className="-mr-3 ml-auto flex">
      <IconButton
        icon={ChevronLeft}
        label="Previous face"
        className="size-11"
        onClick={() => walkFaces(shownIds, -1)}
      />
      <IconButton icon={ChevronRight} label="Next face" className="size-11" onClick={() => walkFaces(shownIds, 1)} />
    </div>
  );
}

/** The main thing to do with the primary face, under the thumb. */
function UseForKolorsBar({
  faces,
  actions,
  onFaceMenu,
}: {
  faces: readonly Face[];
  actions: readonly FaceAction[];
  onFaceMenu: OpenFaceMenu;
}) {
  const [look] = useListLook(faces.length);
  const primary = primaryOf(useSelection());
  const face = faces.find(({ id }) => id === primary);
  const action = actions.find(({ command }) => command === 'use-for-kolors');
  return face === undefined || action === undefined ? null : (
    <div className="flex items-center gap-2 border-t border-line p-3">
      <Button
        look="primary"
        className="min-h-12 min-w-0 flex-1 rounded-lg text-base font-semibold"
        onClick={() => action.onRun(face)}
      >
        {actionLabel(action, face)}
      </Button>
      <GenerationsButton className="min-h-12" />
      {/* A card has its actions on it, a tile no room for them. */}
      {look === 'grid' && <FaceToolbar face={face} actions={[]} onMenu={onFaceMenu} />}
    </div>
  );
}

/** The place of the list before there is one: card shapes while it is coming, quiet otherwise. */
function FacesToCome({
  isWaiting,
  isLow,
  note,
}: {
  isWaiting: boolean;
  /** Under tabs, of which one is called like this. */
  isLow: boolean;
  note: string | undefined;
}) {
  return (
    <section
      aria-label="Faces"
      aria-busy={isWaiting}
      className="flex min-h-0 flex-1 flex-col gap-5 overflow-hidden p-4"
    >
      <h2 className={isLow ? 'sr-only' : 'text-sm font-semibold'}>Faces</h2>
      {note !== undefined && <p className={clsx('text-[0.8125rem] text-ink-soft', !isLow && '-mt-3')}>{note}</p>}
      {isWaiting &&
        [1, 2, 3, 4].map((card) => (
          <div key={card} aria-hidden className="flex items-center gap-3 motion-safe:animate-pulse">
            <span className="size-6 rounded-sm bg-raised" />
            <span className="h-[70px] w-14 rounded bg-raised" />
            <span className="h-[70px] w-14 rounded bg-raised" />
            <span className="flex flex-1 flex-col gap-2">
              <span className="h-3 w-28 rounded-sm bg-raised" />
              <span className="h-3 w-20 rounded-sm bg-raised" />
            </span>
          </div>
        ))}
    </section>
  );
}
