import clsx from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { MAX_SHOWN, shorten } from '#shared/shorten.ts';
import type { JsonLine } from './json-lines.ts';

/** Height of one line of text in rem, as the row's class says. */
const ROW_REM = { mouse: 1.25, finger: 1.75 } as const;

/** Height of one line of text in CSS pixels, larger where the reader has larger text or points with a finger. */
export const lineHeight = (): number => {
  const rem = matchMedia('(pointer: coarse)').matches ? ROW_REM.finger : ROW_REM.mouse;
  return rem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
};

const COLOR: Readonly<Record<JsonLine['kind'], string>> = {
  text: 'text-good',
  number: 'text-ink',
  word: 'text-accent',
  open: 'text-ink-soft',
  close: 'text-ink-soft',
};

type JsonRowProps = {
  readonly id: string;
  readonly line: JsonLine;
  readonly index: number;
  readonly isFolded: boolean;
  readonly isActive: boolean;
  /** Belongs to a selected face, or to the one that is pointed at. */
  readonly mark: 'selected' | 'hovered' | undefined;
  /** What is searched for, and whether this row is the match that stands in view. */
  readonly query: string;
  readonly isCurrentMatch: boolean;
  /** Distance from the top of the tree in CSS pixels. */
  readonly top: number;
  /** Place among the rows that are not folded away, by which `measure` knows it. */
  readonly place: number;
  /** Learns the height that the wrapped text really takes. */
  readonly measure: (row: HTMLElement | null) => void;
};

/** One line of the reply: an item of the tree, or a closing bracket that only the eye needs. */
export const JsonRow = memo(function JsonRow(props: JsonRowProps) {
  const { id, line, index, isFolded, isActive, mark, query, isCurrentMatch, top, place, measure } = props;
  const item =
    line.kind === 'close'
      ? ({ 'aria-hidden': true } as const)
      : ({
          role: 'treeitem',
          'aria-level': line.depth + 1,
          'aria-posinset': line.place,
          'aria-setsize': line.siblings,
          'aria-expanded': line.kind === 'open' ? !isFolded : undefined,
          'aria-selected': mark === 'selected',
        } as const);
  const Chevron = isFolded ? ChevronRight : ChevronDown;
  return (
    <div
      ref={measure}
      id={id}
      data-index={place}
      data-line={index}
      data-active={isActive || undefined}
      {...item}
      className={clsx(
        'absolute inset-x-0 top-0 flex border-l-2 pr-3 pl-1 leading-5 outline-offset-[-2px] pointer-coarse:leading-7',
        'group-focus-visible/tree:data-active:outline-2 group-focus-visible/tree:data-active:outline-accent',
        mark === 'selected'
          ? 'border-accent bg-accent-soft forced-colors:border-[Highlight]'
          : 'border-transparent forced-colors:border-[Canvas]',
        mark === 'hovered' && 'bg-raised',
        isCurrentMatch && 'bg-warn-soft!',
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span style={{ width: `${line.depth * 2}ch` }} className="shrink-0" />
      <span
        data-fold={line.kind === 'open' ? index : undefined}
        className="grid h-5 w-4 shrink-0 place-items-center text-ink-faint pointer-coarse:h-7 pointer-coarse:w-7"
      >
        {line.kind === 'open' && <Chevron aria-hidden className="size-3" />}
      </span>
      <span className="min-w-0 flex-1 break-all whitespace-pre-wrap">
        {line.name !== undefined && (
          <>
            <span className="text-ink-faint">
              <Marked text={shorten(line.name)} query={query} />
            </span>
            {': '}
          </>
        )}
        <span className={COLOR[line.kind]}>
          <Marked text={shorten(line.text)} query={query} />
        </span>
        {isFolded && (
          <span className="text-ink-faint">
            {' … '}
            {line.childCount} {line.text === '[' ? ']' : '}'}
          </span>
        )}
        {line.hasComma && (line.kind !== 'open' || isFolded) && ','}
      </span>
    </div>
  );
});

/** The text with what is searched for marked in it. */
function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  const at = query === '' ? -1 : text.toLowerCase().indexOf(query.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-[2px] bg-warn text-panel">{text.slice(at, at + query.length)}</mark>
      {text.slice(at + query.length)}
    </>
  );
}

/** Width of a character in rem: the text is 0.75 rem of JetBrains Mono, whose advance is 0.6 em. */
const CHARACTER_REM = 0.75 * 0.6;
/** Characters that fold mark, edges and what stands around a value take beside it. */
const AROUND = 7;

/** How many characters stand side by side in a tree so wide, in CSS pixels. */
export const columnsOf = (treeWidth: number): number =>
  treeWidth / (CHARACTER_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize));

/** How many lines of text a row will take in so many columns: near enough until it is measured. */
export function estimatedLines(line: JsonLine, columns: number): number {
  const room = Math.max(1, columns - line.depth * 2 - AROUND);
  return Math.max(
    1,
    Math.ceil((Math.min(line.name?.length ?? 0, MAX_SHOWN) + Math.min(line.text.length, MAX_SHOWN)) / room),
  );
}
