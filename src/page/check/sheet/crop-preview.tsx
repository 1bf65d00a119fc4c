import clsx from 'clsx';
import { TriangleAlert } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { shownName } from '#page/pictures/model/picture-name.ts';
import { Button } from '#page/ui/button.tsx';
import { NumberBadge } from '#page/ui/number-badge.tsx';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';
import { Key } from '../check-bar.tsx';
import type { SheetItem } from '../model/sheet.ts';
import { placeBeside } from '../model/sheet-layout.ts';
import { REASON_NAMES, REASONS, type Reason, type Verdict } from '../model/verdict.ts';
import type { CheckedPicture } from '../use-checked-pictures.ts';

/** Width of the card, and most of the picture in it; what stands around the picture, at a guess. In CSS pixels. */
const CARD_WIDTH = 360;
const PICTURE: Size = { width: 334, height: 300 };
const AROUND = 140;

type CropPreviewProps = {
  readonly item: SheetItem;
  readonly checked: CheckedPicture;
  readonly verdict: Verdict | undefined;
  /** The crop, and what the card stays inside of, in CSS pixels of the latter. */
  readonly crop: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly area: Size;
  /** It stays until it is put away, and can be pressed; else it goes as the pointer does. */
  readonly isHeld: boolean;
  readonly onWrong: () => void;
  readonly onRight: () => void;
  readonly onReason: (reason: Reason) => void;
  readonly onOpen: () => void;
};

/** The whole picture beside one of its crops, with that face in the light. */
export function CropPreview({
  item,
  checked,
  verdict,
  crop,
  area,
  isHeld,
  onWrong,
  onRight,
  onReason,
  onOpen,
}: CropPreviewProps) {
  const card = useRef<HTMLElement>(null);
  const width = Math.min(CARD_WIDTH, area.width - 24);
  const shown = fitted(item.size, { width: width - 26, height: Math.min(PICTURE.height, area.height - AROUND - 24) });
  const [height, setHeight] = useState(shown.height + AROUND);
  useLayoutEffect(() => {
    const now = card.current?.offsetHeight ?? 0;
    if (now > 0 && now !== height) setHeight(now);
  });
  const faces = checked.detection.state === 'done' ? checked.detection.result.detection.faces : [];
  const name = shownName(checked.picture.name);
  const { x, y } = placeBeside(crop, { width, height }, area);
  const isFound = item.kind === 'found';
  const isWrong = verdict?.kind === 'wrong';
  return (
    <section
      ref={card}
      aria-label={`Preview of ${isFound ? `face ${item.face.faceNo}` : 'a missed face'} of ${name}`}
      className={clsx(
        'absolute top-0 left-0 z-10 rounded-2xl border border-line bg-panel p-3 text-[0.8125rem] shadow-float',
        !isHeld && 'pointer-events-none',
      )}
      style={{ width, transform: `translate(${x}px, ${y}px)` }}
    >
      <h2 className="mb-2.5 flex items-center gap-2 text-sm">
        {isFound && <NumberBadge faceNo={item.face.faceNo} filled />}
        <bdi className="min-w-0 truncate font-semibold">{name}</bdi>
        <span className="shrink-0 text-ink-faint tabular-nums">
          {isFound ? `face ${item.face.faceNo} of ${faces.length}` : 'missed face'}
        </span>
      </h2>
      <div
        className="relative mx-auto overflow-hidden rounded-lg bg-mat bg-cover"
        style={{ ...shown, backgroundImage: `url("${checked.picture.thumbnailUrl}")` }}
      >
        <img src={checked.picture.url} alt="" decoding="async" className="absolute inset-0 size-full" />
        <Boxes
          size={item.size}
          scale={shown.width / item.size.width}
          others={faces.filter((face) => !isFound || face.id !== item.face.id)}
          lit={item.bound}
          tone={isFound ? faceColor(item.face.faceNo) : '#ffc14d'}
          isDashed={!isFound}
        />
      </div>
      {isFound && item.doubt !== undefined && (
        <p className="mt-2.5 flex items-center gap-2 text-warn tabular-nums">
          <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
          {item.doubt}
        </p>
      )}
      {isHeld ? (
        <div className="mt-2.5 flex flex-wrap gap-1.5 border-t border-line pt-2.5">
          {isFound && (
            <>
              <Button aria-pressed={isWrong} className={clsx(isWrong && 'border-bad text-bad')} onClick={onWrong}>
                Wrong
              </Button>
              <Button
                aria-pressed={verdict?.kind === 'right'}
                className={clsx(verdict?.kind === 'right' && 'border-good text-good')}
                onClick={onRight}
              >
                Right
              </Button>
            </>
          )}
          <Button className="ml-auto" onClick={onOpen}>
            Open picture
          </Button>
          {isWrong && (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset has a border of its own and no flex in some browsers
            <div role="group" aria-label="What is wrong" className="flex w-full flex-wrap gap-1">
              {REASONS.map((reason) => (
                <Button
                  key={reason}
                  aria-pressed={verdict.reason === reason}
                  className={clsx('px-2 text-xs', verdict.reason === reason && 'border-bad text-bad')}
                  onClick={() => onReason(reason)}
                >
                  {REASON_NAMES[reason]}
                </Button>
              ))}
            </div>
          )}
        </div>
      ) : (
        <p
          aria-hidden
          className="mt-2.5 flex items-center gap-4 border-t border-line pt-2.5 text-xs text-ink-faint pointer-coarse:hidden"
        >
          {isFound && (
            <>
              <Hint keyName="W">wrong</Hint>
              <Hint keyName="1–5">why</Hint>
            </>
          )}
          <Hint keyName="Enter">open picture</Hint>
        </p>
      )}
    </section>
  );
}

const Hint = ({ keyName, children }: { readonly keyName: string; readonly children: string }) => (
  <span className="flex items-center gap-1.5">
    <Key>{keyName}</Key>
    {children}
  </span>
);

/** The largest size of this shape inside a room. */
function fitted({ width, height }: Size, room: Size): Size {
  const scale = Math.min(room.width / width, Math.max(40, room.height) / height);
  return { width: width * scale, height: height * scale };
}

type BoxesProps = {
  readonly size: Size;
  /** CSS pixels for a pixel of `size`. */
  readonly scale: number;
  readonly others: readonly { readonly faceNo: number; readonly bound: ImageRect }[];
  readonly lit: ImageRect;
  readonly tone: string;
  readonly isDashed: boolean;
};

/** Light around the lit box, in CSS pixels. */
const LIGHT = 8;

/** The other boxes thin under a veil, and the one that it is about. Lines are as wide at every scale. */
function Boxes({ size: { width, height }, scale, others, lit, tone, isDashed }: BoxesProps) {
  const [x, y] = [lit.x * scale, lit.y * scale];
  const [wide, high] = [lit.width * scale, lit.height * scale];
  const hole = `M${x - LIGHT} ${y - LIGHT}h${wide + 2 * LIGHT}v${high + 2 * LIGHT}h${-wide - 2 * LIGHT}z`;
  const box = { x, y, width: wide, height: high };
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${width * scale} ${height * scale}`}
      className="absolute inset-0 size-full"
      fill="none"
    >
      {others.map(({ faceNo, bound }) => {
        const other = {
          x: bound.x * scale,
          y: bound.y * scale,
          width: bound.width * scale,
          height: bound.height * scale,
        };
        return (
          <g key={faceNo} opacity={0.75}>
            <rect {...other} stroke="#0c0e12" strokeWidth={3.25} />
            <rect {...other} stroke={faceColor(faceNo)} strokeWidth={1.25} />
          </g>
        );
      })}
      <path
        fill="#05060a"
        fillOpacity={0.36}
        fillRule="evenodd"
        d={`M0 0H${width * scale}V${height * scale}H0Z${hole}`}
      />
      <rect {...box} stroke="#0c0e12" strokeWidth={4.5} />
      <rect {...box} stroke={tone} strokeWidth={2.5} {...(isDashed ? { strokeDasharray: '6 4' } : {})} />
    </svg>
  );
}
