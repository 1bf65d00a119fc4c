import type { Layer as LayerNode } from 'konva/lib/Layer.js';
// Importing it for its type alone would leave it unknown to react-konva, which finds nodes by name.
import 'konva/lib/shapes/Image.js';
import type { Image as ImageNode } from 'konva/lib/shapes/Image.js';
import { type Ref, useEffectEvent, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Image as KonvaImage, Stage as KonvaStage, Layer } from 'react-konva/lib/ReactKonvaCore.js';
import type { Size } from '#shared/geometry/spaces.ts';
import { followSelection } from './follow-selection.ts';
import { atFirst, fitted, type Viewport } from './model/viewport.ts';
import { PictureFailure, PictureFrame } from './picture-frame.tsx';
import { roomOn, type StageLayout } from './room.ts';
import type { SelectionSource } from './selection-source.ts';
import type { BoxId, StageBox } from './stage-box.ts';
import { StageGestures } from './stage-gestures.ts';
import { handleOf, type StageHandle } from './stage-handle.ts';
import { StageScene } from './stage-scene.ts';
import { usePictureBitmaps } from './use-picture-bitmaps.ts';
import { useStageSize } from './use-stage-size.ts';
import { type StageView, useViewReport } from './use-view-report.ts';

export type StageProps = {
  /** The picture's bytes; what is drawn from them can be read back. */
  readonly pictureBlob: Blob;
  readonly pictureName: string;
  /** The picture as the service measured it, in pixels: the space of the boxes, whatever the file decodes to. */
  readonly size: Size;
  /** All boxes in the order that Shift extends along. A new array makes new nodes. */
  readonly boxes: readonly StageBox[];
  /** False while nobody knows whether there are faces: then the stage does not say that there are none. */
  readonly hasAnswer?: boolean;
  /** Must stay the same for as long as the stage is mounted, as must `layout`. */
  readonly selection: SelectionSource;
  /** How the page around the stage is laid out now: asked for whenever the stage's size changes. */
  readonly layout: () => StageLayout;
  /** Paints the other boxes fainter while one is selected. */
  readonly dimOthers: boolean;
  readonly labelsShown: boolean;
  readonly boxesHidden: boolean;
  /** The boxes that a list beside the stage shows, all when left out: the others are fainter. */
  readonly listed?: readonly BoxId[];
  /** Hears of a changed scale, at most about ten times a second while zooming, and never of a pan. */
  readonly onViewChange: (view: StageView) => void;
  /** Hears of every change of the view, in the frame that shows it: for what is laid over the stage, never for a render. */
  readonly onViewport?: (viewport: Viewport) => void;
  /** Hears of a right click on a box, at a point of the window in CSS pixels. The browser's own menu stays away then. */
  readonly onBoxMenu?: (id: BoxId, at: { readonly x: number; readonly y: number }) => void;
  /** Hears of a wheel without Ctrl while the whole picture is shown: it moves the page, and perhaps should zoom. */
  readonly onPlainWheel?: () => void;
  readonly ref?: Ref<StageHandle>;
};

/**
 * The picture on its mat, one Konva rectangle a box, badges and highlights. It fills its parent,
 * which must be positioned. Selection and hover come from `selection` and go there.
 */
export function Stage({
  pictureBlob,
  pictureName,
  size,
  boxes,
  hasAnswer = true,
  selection,
  layout: layoutNow,
  dimOthers,
  labelsShown,
  boxesHidden,
  listed,
  onViewChange,
  onViewport,
  onBoxMenu,
  onPlainWheel,
  ref,
}: StageProps) {
  const container = useRef<HTMLDivElement>(null);
  const pictureLayer = useRef<LayerNode>(null);
  const picture = useRef<ImageNode>(null);
  const boxLayer = useRef<LayerNode>(null);
  const highlightLayer = useRef<LayerNode>(null);
  const [scene, setScene] = useState<StageScene>();
  const [numbersHidden, setNumbersHidden] = useState(false);
  const { stage, pixelRatio, layout, textScale } = useStageSize(container, layoutNow);
  const report = useViewReport(onViewChange);
  const openMenu = useEffectEvent((id: BoxId, at: { readonly x: number; readonly y: number }) => onBoxMenu?.(id, at));
  const tellPlainWheel = useEffectEvent(() => onPlainWheel?.());
  const tellViewport = useEffectEvent((viewport: Viewport) => onViewport?.(viewport));

  useLayoutEffect(() => {
    const nodes = {
      pictureLayer: pictureLayer.current,
      picture: picture.current,
      boxLayer: boxLayer.current,
      highlightLayer: highlightLayer.current,
    };
    const element = container.current;
    if (!(nodes.pictureLayer && nodes.picture && nodes.boxLayer && nodes.highlightLayer && element)) return;
    const { pictureLayer: lowest, picture: image, boxLayer: middle, highlightLayer: top } = nodes;
    let gestures: StageGestures | undefined;
    const made = new StageScene(
      { pictureLayer: lowest, picture: image, boxLayer: middle, highlightLayer: top },
      (viewport) => {
        report({ scale: viewport.scale, isFit: made.isFit, longSide: made.longSide, isFilled: made.isFilled });
        gestures?.viewChanged();
        tellViewport(viewport);
      },
      setNumbersHidden,
    );
    gestures = new StageGestures(element, made, selection, {
      onMenu: (id, at) => openMenu(id, at),
      onPlainWheel: () => tellPlainWheel(),
    });
    const stopFollowing = followSelection(made, selection);
    setScene(made);
    return () => {
      stopFollowing();
      gestures.dispose();
      made.dispose();
      setScene(undefined);
    };
  }, [report, selection]);

  // By its numbers, so that a caller may pass a new object of the same size every time.
  const { width, height } = size;
  const framing = useMemo(
    () => ({ picture: { width, height }, room: roomOn(stage, layout, textScale) }),
    [width, height, stage, layout, textScale],
  );
  useLayoutEffect(() => {
    if (scene === undefined || stage.width === 0 || stage.height === 0) return;
    scene.setFrame(stage, pixelRatio, textScale, framing);
  }, [scene, stage, pixelRatio, textScale, framing]);
  useLayoutEffect(() => scene?.setBoxes(boxes), [scene, boxes]);
  const listedSet = useMemo(
    () => (listed === undefined || listed.length === boxes.length ? undefined : new Set(listed)),
    [listed, boxes],
  );
  const pictureState = usePictureBitmaps(scene, pictureBlob, size);
  // Boxes on an empty plate would be boxes on nothing.
  const hidden = boxesHidden || pictureState === 'loading';
  const namesShown = layout !== 'phone' && layout !== 'small';
  useLayoutEffect(
    () => scene?.setOptions({ labelsShown, boxesHidden: hidden, dimOthers, namesShown, listed: listedSet }),
    [scene, labelsShown, hidden, dimOthers, namesShown, listedSet],
  );
  useImperativeHandle(ref, () => handleOf(scene, selection), [scene, selection]);

  const problem = pictureState === 'loading' || pictureState === 'shown' ? undefined : pictureState;
  // Its shadow lies where the whole picture does; what is not there yet is expected where it will be shown.
  const place = pictureState === 'shown' ? fitted(framing) : atFirst(framing);
  const { room } = framing;
  return (
    <>
      <div
        ref={container}
        role="img"
        aria-label={hasAnswer ? accessibleName(pictureName, boxes.length) : pictureName}
        aria-busy={pictureState === 'loading'}
        className="absolute inset-0 overflow-hidden overscroll-contain bg-mat select-none [-webkit-touch-callout:none]"
      >
        {problem === undefined && <PictureFrame place={place} size={size} isLoading={pictureState === 'loading'} />}
        <KonvaStage
          width={stage.width}
          height={stage.height}
          listening={false}
          className="pointer-events-none absolute inset-0"
        >
          <Layer ref={pictureLayer} listening={false}>
            <KonvaImage ref={picture} image={undefined} name="picture" listening={false} perfectDrawEnabled={false} />
          </Layer>
          <Layer ref={boxLayer} name="boxes" listening={false} />
          <Layer ref={highlightLayer} name="highlights" listening={false} />
        </KonvaStage>
      </div>
      {numbersHidden && problem === undefined && <NumbersHidden above={stage.height - room.y - room.height} />}
      {problem !== undefined && <PictureFailure problem={problem} place={place} size={size} />}
    </>
  );
}

/** Tells that a number which is missing is not a face that is missing; `above` what floats at the bottom, in stage pixels. */
const NumbersHidden = ({ above }: { readonly above: number }) => (
  <p
    className="pointer-events-none absolute left-1/2 w-max max-w-[calc(100%-1rem)] -translate-x-1/2 rounded-full border border-line bg-panel/90 px-2.5 py-0.5 text-xs text-ink-soft"
    style={{ bottom: above }}
  >
    Some numbers are hidden: zoom in
  </p>
);

const accessibleName = (pictureName: string, faceCount: number): string => {
  const faces = faceCount === 0 ? 'no faces' : faceCount === 1 ? '1 face' : `${faceCount} faces`;
  return `${pictureName}, ${faces}`;
};
