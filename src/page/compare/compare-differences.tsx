import clsx from 'clsx';
import { ChevronDown, Plus, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { Button, buttonClass } from '#page/ui/button.tsx';
import { OwnCrop } from '#page/ui/own-crop.tsx';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { TONES } from './compare-marks.tsx';
import { selectBox } from './compare-place.ts';

/** A difference as a row of the list. */
export type DifferenceRow = {
  /** Of the box that shows it. */
  readonly id: string;
  readonly kind: 'false' | 'missed';
  /** "face 7"; undefined for a missed face. */
  readonly name: string | undefined;
  readonly sentence: string;
  /** In pixels of the file. */
  readonly bound: ImageRect;
};

type CompareDifferencesProps = {
  readonly rows: readonly DifferenceRow[];
  readonly pictureUrl: string;
  readonly fileSize: Size;
  readonly selected: string | undefined;
  /** "No faces in either" and the like, where there is no row. */
  readonly empty: string;
  /** How many pictures the menu's entry is about. */
  readonly pictures: number;
  /** Undefined while there is nothing to keep. */
  readonly onKeep: (() => void) | undefined;
  readonly onKeepAll: (() => void) | undefined;
};

/** The box with a little around it. */
const around = ({ x, y, width, height }: ImageRect): ImageRect =>
  imageRect(x - width * 0.15, y - height * 0.15, width * 1.3, height * 1.3);

/** What differs in the open picture, and the way to make verdicts of it. */
export function CompareDifferences({
  rows,
  pictureUrl,
  fileSize,
  selected,
  empty,
  pictures,
  onKeep,
  onKeepAll,
}: CompareDifferencesProps) {
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows what is selected
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const at = rows.findIndex(({ id }) => id === selected);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (next === undefined) return;
    selectBox(next.id);
    list.current?.querySelector<HTMLElement>(`[data-box="${next.id}"]`)?.focus({ preventScroll: true });
  };
  return (
    <section aria-label="Differences" className="flex min-h-0 flex-1 flex-col border-t border-line">
      <div className="flex min-h-11 shrink-0 items-center gap-2 pr-2 pl-4">
        <h2 className="text-[0.9375rem] font-semibold">
          Differences <span className="font-normal text-ink-faint tabular-nums">{rows.length}</span>
        </h2>
        <div className="ml-auto flex items-center">
          <Button
            look="quiet"
            disabled={onKeep === undefined}
            className="px-2 text-accent hover:text-accent"
            {...(onKeep === undefined ? {} : { onClick: onKeep })}
          >
            Keep as verdicts
          </Button>
          <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger
              aria-label="Keep more as verdicts"
              disabled={onKeepAll === undefined}
              className={buttonClass('quiet', 'size-8 text-accent pointer-coarse:size-11')}
            >
              <ChevronDown aria-hidden className="size-4" />
            </DropdownMenu.Trigger>
            <DropdownMenu.Content
              align="end"
              sideOffset={4}
              collisionPadding={8}
              className="z-50 min-w-44 rounded border border-line bg-panel p-1 text-[0.8125rem] text-ink shadow-float"
            >
              <MenuItem label="This picture" onSelect={onKeep} />
              <MenuItem label={`All ${pictures} pictures`} onSelect={onKeepAll} />
            </DropdownMenu.Content>
          </DropdownMenu.Root>
        </div>
      </div>
      {rows.length === 0 ? (
        <p className="px-4 pb-3 text-[0.8125rem] text-ink-faint">{empty}</p>
      ) : (
        <ul ref={list} onKeyDown={onKeyDown} className="min-h-0 overflow-y-auto px-2 pb-2">
          {rows.map(({ id, kind, name, sentence, bound }, index) => (
            <li key={id}>
              <button
                type="button"
                data-box={id}
                aria-current={id === selected}
                tabIndex={id === selected || (at === -1 && index === 0) ? 0 : -1}
                onClick={() => selectBox(id)}
                className={clsx(
                  'flex min-h-[58px] w-full items-center gap-3 rounded-[10px] px-2 text-left -outline-offset-2',
                  id === selected ? 'bg-accent-soft shadow-[inset_0_0_0_1.5px_var(--color-accent)]' : 'hover:bg-raised',
                )}
              >
                <DifferenceCrop pictureUrl={pictureUrl} size={fileSize} bound={bound} />
                <span className="min-w-0 flex-1 leading-snug">
                  <span className="block font-semibold">
                    {kind === 'false' ? 'False' : 'Missed'}
                    {name !== undefined && <span className="font-normal"> {name}</span>}
                  </span>
                  <span className="block text-xs text-ink-faint tabular-nums">{sentence}</span>
                </span>
                <span
                  aria-hidden
                  className="grid size-5.5 shrink-0 place-items-center rounded-sm text-[#0c0e12] forced-color-adjust-none"
                  style={{ backgroundColor: TONES[kind] }}
                >
                  {kind === 'false' ? <X className="size-3.5 stroke-3" /> : <Plus className="size-3.5 stroke-3" />}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function DifferenceCrop({
  pictureUrl,
  size,
  bound,
}: {
  readonly pictureUrl: string;
  readonly size: Size;
  readonly bound: ImageRect;
}) {
  const shown = useMemo(() => around(bound), [bound]);
  return (
    <OwnCrop
      pictureUrl={pictureUrl}
      size={size}
      bound={shown}
      maxSide={120}
      className="h-12 w-10 shrink-0 rounded-sm"
    />
  );
}

const MenuItem = ({ label, onSelect }: { readonly label: string; readonly onSelect: (() => void) | undefined }) => (
  <DropdownMenu.Item
    disabled={onSelect === undefined}
    {...(onSelect === undefined ? {} : { onSelect })}
    className="flex min-h-8 items-center rounded-sm px-3 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-accent-soft pointer-coarse:min-h-11"
  >
    {label}
  </DropdownMenu.Item>
);
