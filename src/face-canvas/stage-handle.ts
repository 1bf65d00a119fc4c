import type { ImageRect, StagePoint } from '#shared/geometry/spaces.ts';
import { stagePoint } from '#shared/geometry/spaces.ts';
import { primaryOf } from '#shared/selection.ts';
import {
  centerOn,
  type Framing,
  filled,
  fitted,
  panBy,
  pointToImage,
  type Viewport,
  zoomAt,
} from './model/viewport.ts';
import type { SelectionSource } from './selection-source.ts';
import type { BoxId } from './stage-box.ts';
import type { StageScene } from './stage-scene.ts';

/** What buttons and keys do to the view. Faces are gone to by a short motion; all else is there at once. */
export type StageHandle = {
  fit(): void;
  /** The picture with its short side filling the stage, from its beginning on. */
  fill(): void;
  /** One picture pixel a stage pixel, around the primary box or else the middle of what is seen. */
  oneToOne(): void;
  /** Zooms around the middle of the stage. */
  zoomBy(factor: number): void;
  /** Goes to a box, or from there back to where it was gone from. */
  zoomToBox(id: BoxId): void;
  /** Moves the picture by stage pixels. */
  panBy(dx: number, dy: number): void;
  /** Shows the picture as another stage of the same size does. */
  show(viewport: Viewport): void;
  /** Brings a part of the picture (in its pixels) into view, large enough to judge; moves nothing where it is already. */
  lookAt(bound: ImageRect, how: 'flight' | 'at-once'): void;
  /** Ends a motion at once, where it was going: what is put into the middle of the view is there then. */
  arrive(): void;
};

/** The handle of a stage; it does nothing while there is no scene or nothing to show. */
export function handleOf(scene: StageScene | undefined, source: SelectionSource): StageHandle {
  const change = (edit: (viewport: Viewport, framing: Framing) => Viewport | undefined) => {
    if (scene?.framing === undefined) return;
    const next = edit(scene.viewport, scene.framing);
    if (next !== undefined && next !== scene.viewport) scene.show(next);
  };
  const boundOf = (id: BoxId | undefined) => (id === undefined ? undefined : scene?.box(id)?.bound);
  return {
    fit: () => change((_, framing) => fitted(framing)),
    fill: () => change((_, framing) => filled(framing)),
    oneToOne: () =>
      change((viewport, framing) => {
        const bound = boundOf(primaryOf(source.get().selection));
        const middle =
          bound === undefined
            ? pointToImage(viewport, middleOf(framing))
            : { x: bound.x + bound.width / 2, y: bound.y + bound.height / 2 };
        return centerOn(middle, 1, framing);
      }),
    zoomBy: (factor) => change((viewport, framing) => zoomAt(viewport, factor, middleOf(framing), framing)),
    zoomToBox: (id) => scene?.zoomToBox(id),
    show: (viewport) => change(() => viewport),
    lookAt: (bound, how) => scene?.lookAt(bound, how),
    arrive: () => scene?.arrive(),
    panBy: (dx, dy) => change((viewport, framing) => panBy(viewport, dx, dy, framing)),
  };
}

const middleOf = ({ room }: Framing): StagePoint => stagePoint(room.x + room.width / 2, room.y + room.height / 2);
