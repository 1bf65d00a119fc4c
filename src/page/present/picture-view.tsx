import clsx from 'clsx';
import { useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { fitScale, rectToStage } from '#face-canvas/model/viewport.ts';
import type { Face } from '#shared/face.ts';
import { imageRect, type Size, stageRect } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';
import { CutOut } from './cut-out.tsx';
import { isTold, type NumberPlace, placeNumbers, plateSize } from './model/number-places.ts';
import type { ShowPlan } from './model/show-plan.ts';
import { ShowScene } from './show-scene.ts';

type PictureViewProps = {
  /** Identity of the picture: another one is there at once, without a flight. */
  readonly pictureId: string;
  /** The space of the boxes, in pixels. */
  readonly size: Size;
  readonly pixels: OffscreenCanvas | undefined;
  /** By their numbers. */
  readonly faces: readonly Face[];
  readonly current: Face | undefined;
  readonly plan: ShowPlan;
  /** In CSS pixels, with the height at its bottom that is kept for words and controls. */
  readonly screen: Size;
  readonly caption: number;
  /** Accessible name of the picture. */
  readonly label: string;
};

/** Longest sides of the small picture that shows where one is, in CSS pixels. */
const MAP = { width: 176, height: 132 };
/** From this much beyond the whole picture on, one may not know where one is. */
const MAP_FROM = 1.15;

/**
 * The picture with its frames, the light on the face, the numbers of all of them, the face beside it where it is small,
 * and where in the picture one is. All but the picture are for the eye only: the caption says the same.
 */
export function PictureView({
  pictureId,
  size,
  pixels,
  faces,
  current,
  plan,
  screen,
  caption,
  label,
}: PictureViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frames = useRef<HTMLDivElement>(null);
  const light = useRef<HTMLDivElement>(null);
  const mapView = useRef<HTMLDivElement>(null);
  const [scene, setScene] = useState<ShowScene>();
  const [arrivedAt, setArrivedAt] = useState<ShowPlan>();
  const shownBefore = useRef<{ readonly pictureId: string; readonly screen: Size }>(undefined);

  useLayoutEffect(() => {
    if (!(canvas.current && frames.current && light.current && mapView.current)) return;
    const layers = { canvas: canvas.current, frames: frames.current, light: light.current, mapView: mapView.current };
    const made = new ShowScene(layers, setArrivedAt);
    setScene(made);
    return () => made.dispose();
  }, []);
  useLayoutEffect(() => scene?.setScreen(screen), [scene, screen]);
  useLayoutEffect(() => scene?.setPicture(size, pixels), [scene, size, pixels]);
  useLayoutEffect(
    () => scene?.setFaces(new Map(faces.map(({ faceNo, bound }) => [String(faceNo), bound])), current?.bound),
    [scene, faces, current],
  );
  const show = useEffectEvent((to: ShowPlan) => {
    const before = shownBefore.current;
    scene?.goTo(to, before?.pictureId === pictureId && before.screen === screen ? 'fly' : 'jump');
    if (scene !== undefined) shownBefore.current = { pictureId, screen };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scene shows the same plan anew
  useLayoutEffect(() => show(plan), [scene, plan]);

  const isZoomed = plan.viewport.scale > MAP_FROM * fitScale(plan.framing);
  const hasArrived = arrivedAt === plan;
  return (
    <div className="absolute inset-0 overflow-hidden">
      <canvas ref={canvas} role="img" aria-label={label} width={1} height={1} className="absolute inset-0 size-full" />
      <div aria-hidden className={clsx('pointer-events-none', pixels === undefined && 'opacity-0')}>
        <div
          ref={light}
          className={clsx(
            'absolute inset-0 bg-[radial-gradient(var(--light,0px_0px_at_50%_50%),transparent_62%,rgb(4_5_7/0.34)_84%,rgb(4_5_7/0.66)_100%)] transition-opacity duration-500',
            current === undefined && 'opacity-0',
          )}
        />
        <div ref={frames}>
          {faces.map(({ id, faceNo }) => (
            <Frame key={id} faceNo={faceNo} isCurrent={id === current?.id} isDimmed={current !== undefined} />
          ))}
        </div>
        {current === undefined && hasArrived && <Numbers faces={faces} plan={plan} screen={screen} caption={caption} />}
        {plan.crop !== undefined && current !== undefined && pixels !== undefined && (
          <div
            key={current.id}
            className="absolute overflow-hidden rounded-xl border-[3px] shadow-[0_0_0_1.5px_#0c0e12,0_24px_80px_rgb(0_0_0/0.6)] motion-safe:animate-[present-beside_500ms_cubic-bezier(0.2,0.9,0.3,1)]"
            style={{
              left: plan.crop.place.x,
              top: plan.crop.place.y,
              width: plan.crop.place.width,
              height: plan.crop.place.height,
              borderColor: faceColor(current.faceNo),
            }}
          >
            <CutOut pixels={pixels} picture={size} bound={plan.crop.bound} shown={plan.crop.place} />
          </div>
        )}
        <div
          className={clsx(
            'absolute top-6 right-6 overflow-hidden rounded-lg border border-white/40 shadow-[0_8px_40px_rgb(0_0_0/0.5)] transition-opacity duration-300 max-md:hidden',
            // Beside a part of a long picture the words say which it is; here it could hide a number.
            !(isZoomed && plan.crop === undefined && current !== undefined) && 'opacity-0',
          )}
        >
          {pixels !== undefined && (
            <CutOut pixels={pixels} picture={size} bound={wholeOf(size)} shown={mapSize(size)} className="block" />
          )}
          <div
            ref={mapView}
            className="absolute min-h-2 min-w-2 rounded-[3px] border-2 border-white shadow-[0_0_0_200px_rgb(4_5_7/0.5)]"
          />
        </div>
      </div>
    </div>
  );
}

const wholeOf = ({ width, height }: Size) => imageRect(0, 0, width, height);

function mapSize({ width, height }: Size): Size {
  const scale = Math.min(MAP.width / width, MAP.height / height);
  return { width: width * scale, height: height * scale };
}

type FrameProps = {
  readonly faceNo: number;
  readonly isCurrent: boolean;
  /** True while one is current. */
  readonly isDimmed: boolean;
};

/** The scene places it. */
const Frame = ({ faceNo, isCurrent, isDimmed }: FrameProps) => (
  <div
    data-face={faceNo}
    data-current={isCurrent}
    style={{ borderColor: isDimmed && !isCurrent ? 'rgb(255 255 255 / 0.4)' : faceColor(faceNo) }}
    className={clsx(
      'absolute top-0 left-0 -m-(--line) box-content border-(length:--line) transition-[border-color,border-width,border-radius] duration-300',
      isCurrent && 'z-10 rounded-[10px] [--line:clamp(3px,0.6vmin,6px)]',
      !isCurrent &&
        (isDimmed
          ? 'rounded-[3px] [--line:1.5px]'
          : 'rounded-[6px] [--line:clamp(2px,0.35vmin,4px)] data-small:rounded-[4px] data-small:[--line:1.5px]'),
      (isCurrent || !isDimmed) && 'shadow-[0_0_0_1.5px_#0c0e12,inset_0_0_0_1.5px_#0c0e12]',
      // A double edge as thick as on a large face would be a third of a small one.
      !(isCurrent || isDimmed) && 'data-small:shadow-[0_0_0_1px_#0c0e12]',
    )}
  />
);

/** The numbers of all faces in sight at once, where the stage's own layout has them. */
function Numbers({ faces, plan, screen, caption }: Pick<PictureViewProps, 'faces' | 'plan' | 'screen' | 'caption'>) {
  const { told, font, places } = useMemo(() => {
    const bounds = stageRect(0, 0, screen.width, Math.max(1, screen.height - caption));
    const boxOf = ({ bound }: Face) => rectToStage(plan.viewport, bound);
    // Of a long picture one part is seen.
    const inSight = faces.filter((face) => isTold(boxOf(face), bounds));
    const others = faces.filter((face) => !inSight.includes(face)).map(boxOf);
    const requests = inSight.map((face) => ({ box: boxOf(face), label: String(face.faceNo) }));
    return { told: inSight, ...placeNumbers(requests, bounds, others) };
  }, [faces, plan, screen, caption]);
  return (
    <>
      <svg aria-hidden className="absolute inset-0 size-full">
        {places.map(({ line }, index) =>
          line === undefined ? null : <Leader key={told[index]?.id} line={line} color={colorAt(told, index)} />,
        )}
      </svg>
      {told.map(({ id, faceNo }, index) => {
        const badge = places[index]?.badge;
        if (badge === undefined) return null;
        const { height } = plateSize(String(faceNo), font);
        return (
          <span
            key={id}
            data-number={faceNo}
            translate="no"
            className="absolute grid place-items-center font-bold text-[#0c0e12] tabular-nums shadow-[0_0_0_1.5px_#0c0e12] motion-safe:animate-[present-in_350ms_cubic-bezier(0.2,0.9,0.3,1)]"
            style={{
              left: badge.x,
              top: badge.y,
              width: badge.width,
              height: badge.height,
              fontSize: font,
              lineHeight: 1,
              borderRadius: height * 0.24,
              backgroundColor: faceColor(faceNo),
            }}
          >
            {faceNo}
          </span>
        );
      })}
    </>
  );
}

const colorAt = (faces: readonly Face[], index: number): string => faceColor(faces[index]?.faceNo ?? 1);

const Leader = ({ line: { from, to }, color }: { line: NonNullable<NumberPlace['line']>; color: string }) => (
  <>
    <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} stroke="#0c0e12" strokeWidth={3.5} opacity={0.6} />
    <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} stroke={color} strokeWidth={1.25} />
  </>
);
