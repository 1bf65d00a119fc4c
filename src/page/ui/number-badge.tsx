import clsx from 'clsx';
import { faceColor } from '#shared/palette.ts';

type NumberBadgeProps = { readonly faceNo: number; readonly filled: boolean; readonly className?: string };

/** A face's number in its colour: outlined, or filled when the face is selected. The number itself is always legible. */
export function NumberBadge({ faceNo, filled, className }: NumberBadgeProps) {
  const color = faceColor(faceNo);
  return (
    <span
      aria-hidden
      translate="no"
      className={clsx(
        'grid h-6 min-w-6 shrink-0 place-items-center rounded-sm border-2 px-1 text-xs leading-none font-semibold tabular-nums',
        filled ? 'text-[#101114] forced-color-adjust-none' : 'text-ink',
        className,
      )}
      style={filled ? { borderColor: color, backgroundColor: color } : { borderColor: color }}
    >
      {faceNo}
    </span>
  );
}
