import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Picture } from '#page/pictures/work-store.ts';

type PictureRowProps = {
  readonly picture: Picture;
  /** As it is shown. */
  readonly name: string;
  /** All of it for a screen reader. */
  readonly label: string;
  readonly isOpen: boolean;
  /** Whether Tab comes here. */
  readonly isStop: boolean;
  /** With name and summary beside the thumbnail; else the thumbnail and its mark alone. */
  readonly isColumn: boolean;
  readonly onClick: () => void;
  readonly summary: ReactNode;
  /** What stands at the right, or in the corner of the thumbnail. */
  readonly children: ReactNode;
};

/** A picture in the list of those that are checked or compared. */
export function PictureRow(props: PictureRowProps) {
  const { picture, name, label, isOpen, isStop, isColumn, onClick, summary, children } = props;
  return (
    <button
      type="button"
      data-picture={picture.id}
      tabIndex={isStop ? 0 : -1}
      aria-current={isOpen}
      aria-label={label}
      onClick={onClick}
      className={clsx(
        'flex items-center gap-2.5 rounded-[10px] text-left -outline-offset-2 [content-visibility:auto]',
        isColumn ? 'h-[54px] w-full px-2' : 'relative p-1',
        isOpen ? 'bg-accent-soft shadow-[inset_0_0_0_1.5px_var(--color-accent)]' : 'hover:bg-raised',
      )}
    >
      <img
        src={picture.thumbnailUrl}
        alt=""
        decoding="async"
        className={clsx('shrink-0 rounded object-cover', isColumn ? 'size-10' : 'size-14')}
      />
      {isColumn && (
        <span className="flex min-w-0 flex-1 flex-col leading-snug">
          <bdi className={clsx('truncate text-[0.8125rem]', isOpen && 'font-semibold')}>{name}</bdi>
          <span className="truncate text-xs text-ink-faint tabular-nums">{summary}</span>
        </span>
      )}
      {children}
    </button>
  );
}
