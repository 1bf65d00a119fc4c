import {
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from 'react';
import {
  pointToImage,
  Stage,
  type StageBox,
  type StageHandle,
  type StageView,
  type Viewport,
} from '#face-canvas/index.ts';
import { shownName } from '#page/pictures/model/picture-name.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { bareStageLayout } from '#page/ui/stage-layout.ts';
import type { Face, FaceId } from '#shared/face.ts';
import { type ImageRect, imageRect, type Size, stagePoint } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';
import { checkSelection, noteViewport, setDraft, stageViewport } from './check-place.ts';
import type { Draft } from './check-state.ts';
import { drawnBox } from './model/placing.ts';
import { type MissedFace, REASON_NAMES, type Verdict } from './model/verdict.ts';
import { missedBoxId, overStage, PlacedBox } from './placed-box.tsx';
import { StageTools } from './stage-tools.tsx';
import type { UnplacedVerdict } from './unplaced-verdicts.tsx';

/** A press that wanders less, in stage pixels, draws no box. */
const DRAWN_FROM = 6;

/** How long the view rests before what it shows counts as seen, in milliseconds. */
const SEEN_AFTER_MS = 150;

/** Faces lower than this on the stage, in its pixels, were not looked at. */
const SEEN_HEIGHT = 12;

type CheckStageProps = {
  readonly picture: Picture;
  readonly place: string | undefined;
  readonly size: Size;
  readonly faces: readonly Face[];
  readonly verdicts: ReadonlyMap<FaceId, Verdict>;
  readonly current: Face | undefined;
  readonly missed: readonly MissedFace[];
  readonly draft: Draft | undefined;
  /** Verdicts without a face whose boxes are shown. */
  readonly unplaced: readonly UnplacedVerdict[];
  readonly hasAnswer: boolean;
  /** For a thumb: two buttons instead of a toolbar. */
  readonly isPhone: boolean;
  readonly stage: RefObject<StageHandle | null>;
  readonly labelsShown: boolean;
  readonly onLabelsShown: (shown: boolean) => void;
  readonly boxesHidden: boolean;
  readonly onBoxesHidden: (hidden: boolean) => void;
  readonly onSeen: (ids: readonly FaceId[]) => void;
  readonly onMissed: (id: number | undefined, bound: ImageRect | undefined) => void;
  /** Takes a missed face, by its place, to Kolors; undefined while that is not to be had. */
  readonly onUseMissed: ((place: number) => void) | undefined;
  readonly onKeepDraft: (bound: ImageRect) => void;
  readonly onCancelDraft: () => void;
  /** What lies over the stage while there is no answer. */
  readonly children: ReactNode;
};

/** Faces as boxes of the stage, with what is said of them in line and badge. */
const boxesOf = (faces: readonly Face[], verdicts: ReadonlyMap<FaceId, Verdict>): readonly StageBox[] =>
  faces.map(({ id, bound, faceNo }) => {
    const verdict = verdicts.get(id);
    return {
      id,
      bound,
      label: `${faceNo}${verdict === undefined ? '' : verdict.kind === 'right' ? ' ✓' : ` ✗ ${wrongBadge(verdict)}`}`,
      tone: faceColor(faceNo),
      kind: verdict?.kind ?? 'found',
    };
  });

const wrongBadge = (verdict: Extract<Verdict, { kind: 'wrong' }>): string =>
  verdict.reason === undefined ? 'Wrong' : REASON_NAMES[verdict.reason];

/** The picture with its found and missed faces, the one that is judged in the light. */
export function CheckStage({
  picture,
  place,
  size,
  faces,
  verdicts,
  current,
  missed,
  draft,
  unplaced,
  hasAnswer,
  isPhone,
  stage,
  labelsShown,
  onLabelsShown,
  boxesHidden,
  onBoxesHidden,
  onSeen,
  onMissed,
  onUseMissed,
  onKeepDraft,
  onCancelDraft,
  children,
}: CheckStageProps) {
  const overlay = useRef<HTMLDivElement>(null);
  const section = useRef<HTMLElement>(null);
  const isReady = useRef(false);
  const seenTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [view, setView] = useState<StageView>({ scale: 1, isFit: true, longSide: undefined, isFilled: false });
  const [lit, setLit] = useState<ImageRect>();
  const [drawing, setDrawing] = useState<ImageRect>();
  const boxes = useMemo(() => boxesOf(faces, verdicts), [faces, verdicts]);

  const look = useEffectEvent((how: 'flight' | 'at-once') => {
    // A face that was missed may be anywhere.
    if (current !== undefined && draft?.of !== 'missed') stage.current?.lookAt(current.bound, how);
  });
  const tellSeen = useEffectEvent(() => {
    const { scale, x, y } = stageViewport();
    const { clientWidth = 0, clientHeight = 0 } = section.current ?? {};
    const isOnStage = ({ bound }: Face) =>
      bound.height * scale >= SEEN_HEIGHT &&
      bound.x * scale + x >= 0 &&
      bound.y * scale + y >= 0 &&
      (bound.x + bound.width) * scale + x <= clientWidth &&
      (bound.y + bound.height) * scale + y <= clientHeight;
    onSeen(faces.filter(isOnStage).map(({ id }) => id));
  });
  const currentId = current?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks at the face whenever it is another one
  useEffect(() => {
    if (isReady.current) look('flight');
  }, [currentId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer that comes is seen where it is
  useEffect(() => {
    seenTimer.current = setTimeout(() => tellSeen(), SEEN_AFTER_MS);
    return () => clearTimeout(seenTimer.current);
  }, [faces]);

  const onViewport = (now: Viewport) => {
    noteViewport(now);
    const { style } = overlay.current ?? {};
    style?.setProperty('--view-scale', String(now.scale));
    style?.setProperty('--view-x', String(now.x));
    style?.setProperty('--view-y', String(now.y));
    style?.setProperty('--stage-width', String(section.current?.clientWidth ?? 0));
    style?.setProperty('--stage-height', String(section.current?.clientHeight ?? 0));
    clearTimeout(seenTimer.current);
    seenTimer.current = setTimeout(() => tellSeen(), SEEN_AFTER_MS);
    if (isReady.current) return;
    isReady.current = true;
    // After the stage has its size, which it is being given just now.
    queueMicrotask(() => look('at-once'));
  };

  const imagePointAt = (clientX: number, clientY: number) => {
    const { left = 0, top = 0 } = section.current?.getBoundingClientRect() ?? {};
    return pointToImage(stageViewport(), stagePoint(clientX - left, clientY - top));
  };
  const draw = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const { clientX, clientY, pointerId, pointerType } = event;
    const from = imagePointAt(clientX, clientY);
    let latest: ImageRect | undefined;
    const abort = new AbortController();
    const { signal } = abort;
    window.addEventListener(
      'pointermove',
      (now) => {
        if (now.pointerId !== pointerId) return;
        const to = imagePointAt(now.clientX, now.clientY);
        const isDrag = Math.hypot(now.clientX - clientX, now.clientY - clientY) >= DRAWN_FROM;
        latest = isDrag ? drawnBox(imageRect(from.x, from.y, to.x - from.x, to.y - from.y), size) : undefined;
        setDrawing(latest);
      },
      { signal },
    );
    const end = (isKept: boolean) => {
      abort.abort();
      setDrawing(undefined);
      if (!isKept || latest === undefined) return;
      if (draft === undefined) onMissed(undefined, latest);
      // A finger covers what it draws: it is looked at before it is kept.
      else if (pointerType === 'touch') setDraft({ ...draft, bound: latest });
      else onKeepDraft(latest);
    };
    window.addEventListener('pointerup', (now) => now.pointerId === pointerId && end(true), { signal });
    window.addEventListener('pointercancel', (now) => now.pointerId === pointerId && end(false), { signal });
  };

  const light = lit ?? draft?.bound ?? current?.bound;
  const faceCount = faces.length === 1 ? '1 face' : `${faces.length} faces`;
  const label = [
    'Stage',
    hasAnswer ? `${faceCount}${missed.length > 0 ? `, ${missed.length} missed` : ''}` : undefined,
    current === undefined ? undefined : `face ${current.faceNo} in view`,
  ].filter((part) => part !== undefined);
  return (
    <section
      ref={section}
      id="stage"
      tabIndex={-1}
      aria-label={label.join(' ').replace('Stage ', 'Stage, ')}
      onPointerDownCapture={(event) => {
        if (event.shiftKey && event.button === 0 && hasAnswer && draft === undefined) draw(event);
      }}
      className="absolute inset-0 overflow-hidden bg-mat -outline-offset-2"
    >
      <Stage
        key={picture.id}
        ref={stage}
        pictureBlob={picture.blob}
        pictureName={picture.name}
        size={size}
        boxes={boxes}
        hasAnswer={hasAnswer}
        selection={checkSelection}
        layout={bareStageLayout}
        dimOthers={false}
        labelsShown={labelsShown}
        boxesHidden={boxesHidden}
        onViewChange={setView}
        onViewport={onViewport}
      />
      <div ref={overlay} className="pointer-events-none absolute inset-0 overflow-hidden [container-type:size]">
        {!isPhone && !view.isFit && <StageMap picture={picture} size={size} />}
        {!boxesHidden && hasAnswer && (
          <>
            {light !== undefined && <Veil light={light} picture={size} />}
            {draft !== undefined && (
              <div
                aria-hidden
                onPointerDown={draw}
                className="pointer-events-auto absolute inset-0 cursor-crosshair touch-none"
              />
            )}
            {unplaced.map(({ key, bound, judged: { faceNo } }) => (
              <span key={key} aria-hidden className="absolute" style={overStage(bound)}>
                <span className="absolute -inset-0.5 border-4 border-[#0c0e12]/80" />
                <span className="absolute -inset-px border-2 border-white border-dotted" />
                <span className="absolute bottom-full left-0 mb-1 rounded-[5px] border border-[#0c0e12] bg-white px-1.5 text-xs leading-5 font-semibold whitespace-nowrap text-[#0c0e12]">
                  Was {faceNo}
                </span>
              </span>
            ))}
            {missed.map(({ id, bound }, index) => (
              <PlacedBox
                key={id}
                id={missedBoxId(id)}
                name={`Missed face ${index + 1}`}
                badge="Missed"
                bound={bound}
                picture={size}
                onChange={(next) => onMissed(id, next)}
                onDelete={() => onMissed(id, undefined)}
                onUse={onUseMissed === undefined ? undefined : () => onUseMissed(index)}
                onLit={setLit}
              />
            ))}
            {drawing !== undefined && (
              <span className="absolute border-2 border-[#ffc14d] border-dashed" style={overStage(drawing)} />
            )}
            {draft !== undefined && drawing === undefined && (
              <PlacedBox
                name={draft.of === 'missed' ? 'New missed face' : 'Where the face is'}
                badge={draft.of === 'missed' ? 'Missed' : 'Here it is'}
                bound={draft.bound}
                picture={size}
                draft={{ onKeep: onKeepDraft, onCancel: onCancelDraft }}
                onChange={(bound) => setDraft({ ...draft, bound })}
                onDelete={onCancelDraft}
                onLit={() => undefined}
              />
            )}
          </>
        )}
      </div>
      {!isPhone && (
        <p className="pointer-events-none absolute top-3 left-4 flex max-w-[calc(100%-2rem)] items-center gap-2 rounded-[10px] border border-line bg-panel/90 px-3 py-1.5 text-[0.8125rem] short:top-1.5 short:left-2 short:px-2 short:py-0.5 short:text-xs">
          <bdi className="truncate font-semibold">{shownName(picture.name)}</bdi>
          {place !== undefined && <span className="shrink-0 text-ink-faint tabular-nums">{place}</span>}
        </p>
      )}
      {isPhone && draft !== undefined && drawing === undefined && (
        <p className="pointer-events-none absolute top-2 left-1/2 w-max max-w-[calc(100%-1rem)] -translate-x-1/2 rounded-full border border-line bg-panel px-3 py-1 text-center text-[0.8125rem] shadow-float">
          Draw the face with one finger
        </p>
      )}
      {hasAnswer && !(isPhone && draft !== undefined) && (
        <StageTools
          stage={stage}
          view={view}
          canZoomToFace={current !== undefined}
          onZoomToFace={() => {
            if (current !== undefined) stage.current?.zoomToBox(current.id);
          }}
          labelsShown={labelsShown}
          onLabelsShown={onLabelsShown}
          boxesHidden={boxesHidden}
          onBoxesHidden={onBoxesHidden}
        />
      )}
      {children}
    </section>
  );
}

/** Darkens all of the picture but the face that is judged. The hole follows the view without a render. */
function Veil({ light: { x, y, width, height }, picture }: { readonly light: ImageRect; readonly picture: Size }) {
  const across = `calc(${width * 0.95}px * var(--view-scale) + 16px)`;
  const down = `calc(${height * 0.9}px * var(--view-scale) + 16px)`;
  const middleX = `calc(${x + width / 2}px * var(--view-scale))`;
  const middleY = `calc(${y + height / 2}px * var(--view-scale))`;
  const hole = `radial-gradient(ellipse ${across} ${down} at ${middleX} ${middleY}, transparent 68%, black 100%)`;
  const place = overStage(imageRect(0, 0, picture.width, picture.height));
  return <div className="absolute bg-[#05060a]/36" style={{ ...place, maskImage: hole, WebkitMaskImage: hole }} />;
}

/** The longer side of the map of the picture, in rem. */
const MAP_SIDE = 7.5;

/** Where the part that is seen lies in the picture: a small copy of it with a frame, which follows the view by itself. */
function StageMap({ picture, size: { width, height } }: { readonly picture: Picture; readonly size: Size }) {
  const rem = MAP_SIDE / Math.max(width, height);
  return (
    <span
      aria-hidden
      className="absolute right-4 bottom-4 z-10 overflow-hidden rounded-md border border-line-strong bg-mat shadow-float @max-[44rem]:hidden"
      style={{ width: `${width * rem}rem`, height: `${height * rem}rem` }}
    >
      <img src={picture.thumbnailUrl} alt="" className="size-full object-fill" />
      <span
        className="absolute border-2 border-white shadow-[0_0_0_60rem_#05060a99]"
        style={{
          left: `calc(-100% * var(--view-x) / (var(--view-scale) * ${width}))`,
          top: `calc(-100% * var(--view-y) / (var(--view-scale) * ${height}))`,
          width: `calc(100% * var(--stage-width) / (var(--view-scale) * ${width}))`,
          height: `calc(100% * var(--stage-height) / (var(--view-scale) * ${height}))`,
        }}
      />
    </span>
  );
}
