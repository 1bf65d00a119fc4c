import type { ReactNode } from 'react';
import {
  type Figures,
  figuresOf,
  formatIou,
  formatShare,
  type SizeClass,
  type Tally,
} from '#page/annotations/index.ts';
import { shownName } from '#page/pictures/model/picture-name.ts';
import { MarkLine } from './compare-marks.tsx';
import type { Counted, SizeRow } from './model/compared.ts';

/** What a number counts: a click goes there. */
export type Counts = 'matched' | 'missed' | 'false' | 'difference';

type CompareFiguresProps = {
  readonly name: string;
  /** The open picture; undefined where it has no answer or no truth. */
  readonly here: Counted | undefined;
  /** "12 found, 12 in the truth", or why there is nothing to count. */
  readonly sentence: string;
  readonly total: Tally;
  /** How many pictures count. */
  readonly pictures: number;
  readonly sizes: readonly SizeRow[];
  /** A column for each figure instead of a line. */
  readonly isAcross?: boolean;
  readonly onHere: (what: Counts) => void;
  readonly onAll: (what: Counts) => void;
  readonly onSize: (size: SizeClass) => void;
};

const SHARES: readonly { readonly key: keyof Figures; readonly label: string; readonly goes: Counts }[] = [
  { key: 'precision', label: 'Precision', goes: 'false' },
  { key: 'recall', label: 'Recall', goes: 'missed' },
  { key: 'f1', label: 'F1', goes: 'difference' },
  { key: 'meanIou', label: 'Mean IoU', goes: 'matched' },
];

const COUNTS = [
  { mark: 'matched', label: 'Matched', of: ({ right }: Tally) => right },
  { mark: 'missed', label: 'Missed', of: ({ missed }: Tally) => missed },
  { mark: 'false', label: 'False', of: ({ wrong }: Tally) => wrong },
] as const;

const GOES: Readonly<Record<Counts, string>> = {
  matched: 'go to matched faces',
  missed: 'go to missed faces',
  false: 'go to false boxes',
  difference: 'go to differences',
};

const CELL = 'border-t border-line py-[5px] pl-2 text-right tabular-nums pointer-coarse:py-0';

/** A figure with its name, of the open picture and of all. */
type Line = { readonly key: string; readonly name: ReactNode; readonly here: FigureProps; readonly all: FigureProps };

/** Precision, recall, F1 and mean IoU of the open picture and of all, what they are made of, and faces by size. */
export function CompareFigures({
  name,
  here,
  sentence,
  total,
  pictures,
  sizes,
  isAcross = false,
  onHere,
  onAll,
  onSize,
}: CompareFiguresProps) {
  const all = figuresOf(total);
  const format = (key: keyof Figures, figures: Figures | undefined) =>
    figures === undefined ? '–' : key === 'meanIou' ? formatIou(figures.meanIou) : formatShare(figures[key]);
  const shares = SHARES.map(
    ({ key, label, goes }): Line => ({
      key,
      name: label,
      here: {
        text: format(key, here?.figures),
        label: `${label} of this picture, ${GOES[goes]}`,
        isPlain: true,
        onPress: here === undefined ? undefined : () => onHere(goes),
      },
      all: {
        text: format(key, all),
        label: `${label} of all, ${GOES[goes]}`,
        isPlain: true,
        onPress: pictures === 0 ? undefined : () => onAll(goes),
      },
    }),
  );
  const counts = COUNTS.map(
    ({ mark, label, of }): Line => ({
      key: mark,
      name: (
        <span className="inline-flex items-center gap-2.5">
          <MarkLine mark={mark} />
          {label}
        </span>
      ),
      here: {
        text: here === undefined ? '–' : String(of(here.tally)),
        label: `${label} in this picture, ${GOES[mark]}`,
        onPress: here === undefined || of(here.tally) === 0 ? undefined : () => onHere(mark),
      },
      all: {
        text: pictures === 0 ? '–' : String(of(total)),
        label: `${label} in all pictures, ${GOES[mark]}`,
        onPress: of(total) === 0 ? undefined : () => onAll(mark),
      },
    }),
  );
  return (
    <>
      <div className="flex min-h-12.5 flex-wrap items-baseline gap-x-2 px-4 pt-3.5 pb-2 phone:min-h-0 phone:pt-2 phone:pb-0">
        {/* On a phone the name stands at the top. */}
        <h2 className="min-w-0 truncate text-[0.9375rem] font-semibold phone:sr-only">
          <bdi>{shownName(name)}</bdi>
        </h2>
        <span className="text-ink-faint tabular-nums">{sentence}</span>
      </div>
      <div className="px-4 pb-4">
        {isAcross ? (
          <>
            <AcrossTable lines={shares} pictures={pictures} />
            <AcrossTable lines={counts} pictures={pictures} />
          </>
        ) : (
          <DownTable lines={[...shares, ...counts]} pictures={pictures} />
        )}
      </div>
      {sizes.length > 0 && (
        <div className="px-4 pb-4">
          <h3 className="mb-2.5 flex items-baseline justify-between text-[0.8125rem] font-semibold">
            Found by size
            <span className="text-xs font-normal text-ink-faint">all {pictures}, shorter side</span>
          </h3>
          <ul className="flex flex-col gap-1 text-xs">
            {sizes.map(({ name: size, found, truth }) => (
              <li key={size}>
                <button
                  type="button"
                  onClick={() => onSize(size)}
                  className="grid min-h-6 w-full grid-cols-[minmax(4rem,6.75rem)_minmax(1rem,1fr)_4rem] items-center gap-2 rounded-sm text-left text-ink-soft hover:text-ink pointer-coarse:min-h-11"
                >
                  <span>{size}</span>
                  <SizeBar found={found} truth={truth} />
                  <span className="text-right tabular-nums">
                    {found} of {truth}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** The share of the true faces of a size that was found; what is missing is hatched. */
const SizeBar = ({ found, truth }: { readonly found: number; readonly truth: number }) => (
  <span aria-hidden className="flex h-2.5 overflow-hidden rounded-[3px] bg-raised forced-color-adjust-none">
    {found > 0 && <span className="bg-accent" style={{ flex: found }} />}
    {truth > found && (
      <span
        className="ml-px min-w-1.5"
        style={{
          flex: truth - found,
          background: 'repeating-linear-gradient(45deg, var(--color-warn) 0 2px, transparent 2px 4.5px)',
        }}
      />
    )}
  </span>
);

type TableProps = { readonly lines: readonly Line[]; readonly pictures: number };

/** A line for each figure. */
const DownTable = ({ lines, pictures }: TableProps) => (
  <table className="w-full border-collapse text-[0.84375rem]">
    <thead>
      <tr className="text-xs text-ink-faint">
        <td />
        <th scope="col" className="w-24 pb-1.5 text-right font-medium phone:w-auto short:w-auto">
          This picture
        </th>
        <th scope="col" className="w-21 pb-1.5 text-right font-medium phone:w-auto short:w-auto">
          All {pictures}
        </th>
      </tr>
    </thead>
    <tbody>
      {lines.map(({ key, name, here, all }) => (
        <tr key={key}>
          <th scope="row" className="border-t border-line py-[5px] text-left font-normal text-ink-soft">
            {name}
          </th>
          <td className={`${CELL} font-semibold`}>
            <Figure {...here} />
          </td>
          <td className={CELL}>
            <Figure {...all} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** A column for each figure, where there is little height. */
const AcrossTable = ({ lines, pictures }: TableProps) => (
  <table className="w-full table-fixed border-collapse text-[0.84375rem]">
    <thead>
      <tr className="text-xs text-ink-faint">
        <td className="w-[18%]" />
        {lines.map(({ key, name }) => (
          <th key={key} scope="col" className="pt-1.5 text-right font-medium">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      <tr>
        <th scope="row" className="text-left text-xs leading-tight font-normal text-ink-soft">
          This picture
        </th>
        {lines.map(({ key, here }) => (
          <td key={key} className="text-right font-semibold tabular-nums">
            <Figure {...here} />
          </td>
        ))}
      </tr>
      <tr className="border-t border-line">
        <th scope="row" className="text-left text-xs font-normal text-ink-soft">
          All {pictures}
        </th>
        {lines.map(({ key, all }) => (
          <td key={key} className="text-right tabular-nums">
            <Figure {...all} />
          </td>
        ))}
      </tr>
    </tbody>
  </table>
);

type FigureProps = {
  readonly text: string;
  /** Where it goes, behind what it is. */
  readonly label: string;
  /** Looks like text until it is pointed at. */
  readonly isPlain?: boolean;
  /** Undefined where there is nothing to go to. */
  readonly onPress: (() => void) | undefined;
};

function Figure({ text, label, isPlain = false, onPress }: FigureProps) {
  if (onPress === undefined) return text;
  const line = isPlain ? 'hover:underline' : 'underline';
  return (
    <button
      type="button"
      aria-label={`${text}, ${label}`}
      onClick={onPress}
      className={`rounded-sm decoration-line-strong underline-offset-[3px] hover:decoration-current pointer-coarse:min-h-11 pointer-coarse:min-w-11 pointer-coarse:text-right ${line}`}
    >
      {text}
    </button>
  );
}
