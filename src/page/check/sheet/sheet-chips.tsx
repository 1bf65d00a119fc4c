import clsx from 'clsx';
import { Image } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { Fragment } from 'react';
import { createPreference } from '#page/platform/preference.ts';
import { GROUP_NAMES, SHEET_FILTERS, type SheetFilter } from '../model/sheet.ts';

/** Least widths of a crop, in CSS pixels. */
const SIZES = ['72', '96', '128'] as const;
const sizePreference = createPreference('facebound.sheet-size', ['96', '72', '128']);

/** How wide a crop is at least, in CSS pixels. */
export const useCropSide = (): number => Number(sizePreference.use());

const FILTER_NAMES: Readonly<Record<SheetFilter, string>> = {
  ...GROUP_NAMES,
  'to-check': 'To check',
  wrong: 'Wrong',
  missed: 'Missed',
  all: 'All',
};
export const filterName = (filter: SheetFilter): string => FILTER_NAMES[filter];

type SheetChipsProps = {
  readonly filter: SheetFilter;
  readonly counts: Readonly<Record<SheetFilter, number>>;
  /** Filters that nothing can be in: no engine tells scores, or only one was asked. */
  readonly without: readonly SheetFilter[];
  readonly onChoose: (filter: SheetFilter) => void;
};

/** Which faces the sheet shows, and how large. */
export function SheetChips({ filter, counts, without, onChoose }: SheetChipsProps) {
  return (
    <div className="flex h-13 shrink-0 items-center gap-3 bg-page px-6 max-md:px-3">
      <Toolbar.Root
        aria-label="Which faces"
        className="-mx-1 flex min-w-0 items-center gap-1.5 overflow-x-auto p-1 max-xl:gap-0.5 [scrollbar-width:none]"
      >
        {SHEET_FILTERS.filter((each) => each === filter || !without.includes(each)).map((each) => (
          <Fragment key={each}>
            {(each === 'engines-disagree' || each === 'wrong') && <Divider />}
            <Toolbar.Button
              aria-pressed={each === filter}
              onClick={() => onChoose(each)}
              className={clsx(
                'flex min-h-7.5 shrink-0 items-center gap-1.5 rounded-full border px-2.5 text-[0.8125rem] max-xl:px-2 whitespace-nowrap pointer-coarse:min-h-11',
                each === filter
                  ? 'border-accent bg-accent-soft font-semibold text-accent'
                  : 'border-transparent text-ink-soft hover:bg-raised hover:text-ink',
              )}
            >
              {FILTER_NAMES[each]}
              <span className={clsx('font-medium tabular-nums', each !== filter && 'text-ink-faint')}>
                {counts[each]}
              </span>
            </Toolbar.Button>
          </Fragment>
        ))}
      </Toolbar.Root>
      <CropSize />
    </div>
  );
}

const Divider = () => <span aria-hidden className="mx-1 max-xl:mx-0.5 h-4.5 w-px shrink-0 bg-line-strong" />;

function CropSize() {
  const size = sizePreference.use();
  return (
    <label className="ml-auto flex shrink-0 items-center gap-2 text-ink-faint">
      <span className="sr-only">Size of the crops</span>
      <Image aria-hidden className="size-3.5 max-sm:hidden" />
      <input
        type="range"
        min={0}
        max={SIZES.length - 1}
        step={1}
        value={SIZES.indexOf(size)}
        aria-valuetext={`${size} pixels`}
        onChange={(event) => sizePreference.set(SIZES[Number(event.target.value)] ?? '96')}
        className="h-6 w-18 accent-accent pointer-coarse:h-11"
      />
      <Image aria-hidden className="size-4.5 max-sm:hidden" />
    </label>
  );
}
