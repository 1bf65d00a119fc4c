import clsx from 'clsx';
import type { Face } from '#shared/face.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';

type BoxOverlayProps = {
  readonly pictureUrl: string;
  /** The size that all rectangles are measured in, in pixels. */
  readonly size: Size;
  /** The part of the picture to show. */
  readonly shown: ImageRect;
  /** The box that was chosen, drawn dashed. */
  readonly chosen: ImageRect;
  /** Boxes of the other engine, drawn solid with their numbers. */
  readonly faces: readonly Face[];
  readonly className?: string;
};

/** Two engines' boxes over one part of a picture. */
export function BoxOverlay({ pictureUrl, size, shown, chosen, faces, className }: BoxOverlayProps) {
  const line = Math.max(shown.width, shown.height) / 260;
  const { x, y, width, height } = shown;
  return (
    <svg
      viewBox={`${x} ${y} ${width} ${height}`}
      role="img"
      aria-label={`The chosen box beside ${faces.length === 1 ? 'the one' : `the ${faces.length}`} of Kling`}
      className={clsx('bg-mat', className)}
    >
      <image href={pictureUrl} width={size.width} height={size.height} preserveAspectRatio="none" />
      {faces.map(({ id, faceNo, bound }) => (
        <g key={id}>
          <rect {...plain(bound)} fill="none" stroke="#101114" strokeWidth={line * 2} />
          <rect {...plain(bound)} fill="none" stroke={faceColor(faceNo)} strokeWidth={line} />
          <text
            x={bound.x + line * 3}
            y={bound.y + line * 15}
            fontSize={line * 14}
            fontWeight={700}
            fill={faceColor(faceNo)}
            stroke="#101114"
            strokeWidth={line * 2}
            paintOrder="stroke"
          >
            {faceNo}
          </text>
        </g>
      ))}
      <rect {...plain(chosen)} fill="none" stroke="#101114" strokeWidth={line * 2.5} />
      <rect {...plain(chosen)} fill="none" stroke="#ffffff" strokeWidth={line * 1.25} strokeDasharray={line * 4} />
    </svg>
  );
}

const plain = ({ x, y, width, height }: ImageRect) => ({ x, y, width, height });
