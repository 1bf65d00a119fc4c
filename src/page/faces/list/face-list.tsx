import { useId, useMemo } from 'react';
import type { CropSource } from '#page/ui/crop-source.ts';
import type { Face, UnreadableFace } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import type { FaceAction, OpenFaceMenu } from './face-actions.tsx';
import type { CardLayout } from './face-card.tsx';
import { smallFacesMessage } from './face-labels.ts';
import { FaceListHeader } from './face-list-header.tsx';
import { NoFaces, NoneShown, UnreadableFaces } from './face-list-notes.tsx';
import { FaceListbox } from './face-listbox.tsx';
import type { FaceView } from './face-view.ts';
import { useListLook } from './list-look.ts';
import type { SelectionAction } from './selection-bar.tsx';

type FaceListProps = {
  readonly faces: readonly Face[];
  readonly unreadable: readonly UnreadableFace[];
  /** The size that bounds are measured in, in pixels. */
  readonly size: Size;
  /** From `useFaceView(faces)`; the page walks by key through the same view. */
  readonly view: FaceView;
  readonly source: CropSource;
  /** What can be done with a face; its card shows the quick ones. */
  readonly actions: readonly FaceAction[];
  /** What can be done with several at once. */
  readonly selectionActions: readonly SelectionAction[];
  /** Opens the menu of all actions (`FaceMenu`). */
  readonly onMenu: OpenFaceMenu;
  /** `roomy` in a sheet on a phone. */
  readonly layout?: CardLayout;
  /** True where there is little height, and the list's title stands elsewhere. */
  readonly isLow?: boolean;
  /** False where the page says elsewhere what a grid says of its primary face. */
  readonly showsPrimary?: boolean;
  /** Height of the list while nothing is selected, in CSS pixels: a grid shows as many faces as fit in it. */
  readonly room?: number | undefined;
};

/**
 * The faces of one picture, the page's primary control for choosing one. Selection and hover are the page's own
 * (`#page/pictures/selection-store.ts`). Fills a flex column whose height the parent sets, and scrolls inside it.
 */
export function FaceList({
  faces,
  unreadable,
  size,
  view,
  source,
  actions,
  selectionActions,
  onMenu,
  layout = 'compact',
  isLow = false,
  showsPrimary = true,
  room,
}: FaceListProps) {
  const headingId = useId();
  const { pictureUrl, cropHref } = source;
  // Cards are redrawn when their props change; a source that says the same is the same.
  const stableSource = useMemo(() => ({ pictureUrl, cropHref }), [pictureUrl, cropHref]);
  const [look, setLook] = useListLook(faces.length);
  const smallMessage = useMemo(() => smallFacesMessage(faces, view.factsOf), [faces, view.factsOf]);
  return (
    <section aria-labelledby={headingId} className="@container flex min-h-0 flex-1 flex-col">
      <FaceListHeader
        headingId={headingId}
        view={view}
        look={look}
        onLook={setLook}
        selectionActions={selectionActions}
        isLow={isLow}
      />
      <UnreadableFaces faces={unreadable} />
      {view.shown.length > 0 ? (
        <FaceListbox
          view={view}
          size={size}
          source={stableSource}
          layout={layout}
          look={look}
          room={room}
          smallMessage={smallMessage}
          showsPrimary={showsPrimary}
          isLow={isLow}
          actions={actions}
          onMenu={onMenu}
        />
      ) : faces.length > 0 ? (
        <NoneShown onShowAll={() => view.setFilter('all')} />
      ) : unreadable.length === 0 ? (
        <NoFaces />
      ) : null}
    </section>
  );
}
