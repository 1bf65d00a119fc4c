import clsx from 'clsx';
import { faceColor } from '#shared/palette.ts';

type NumberBadgeProps = {
  readonly faceNo: number;
  readonly filled: boolean;
  /** Over a picture, on which it brings its own dark ground. */
  readonly onPicture?: boolean;
  readonly className?: string;
};

/** A face's number in its colour: outlined, or filled when the face is selected. The number itself is always legible. */
export function NumberBadge({ faceNo, filled, onPicture = false, className }: NumberBadgeProps) {
  const color = faceColor(faceNo);
  return (
    <span
      aria-hidden
      translate="no"
      className={clsx(
        'grid shrink-0 place-items-center rounded-sm text-xs leading-none font-semibold tabular-nums',
        onPicture ? 'h-5 min-w-5.5 border-[1.5px] px-0.5' : 'h-6 min-w-6 border-2 px-1',
        filled ? 'text-[#101114] forced-color-adjust-none' : onPicture ? 'bg-[#111318] text-white' : 'text-ink',
        className,
      )}
      style={filled ? { borderColor: color, backgroundColor: color } : { borderColor: color }}
    >
      {faceNo}
    </span>
  );
}
