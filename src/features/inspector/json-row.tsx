import clsx from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import type { JsonLine } from './json-lines.ts';

/** Height of a row in rem, as its class says; rows never wrap, so that a reply of any length scrolls quickly. */
const ROW_REM = { mouse: 1.25, finger: 1.75 } as const;

/** Height of a row in CSS pixels, larger where the reader has larger text or points with a finger. */
export const rowHeight = (): number => {
  const rem = matchMedia('(pointer: coarse)').matches ? ROW_REM.finger : ROW_REM.mouse;
  return rem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
};

/** Longest value that is shown whole, in characters. Copy and save always give all of it. */
const MAX_SHOWN = 2000;

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
};

/** One line of the reply: an item of the tree, or a closing bracket that only the eye needs. */
export const JsonRow = memo(function JsonRow(props: JsonRowProps) {
  const { id, line, index, isFolded, isActive, mark, query, isCurrentMatch, top } = props;
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
      id={id}
      data-line={index}
      data-active={isActive || undefined}
      {...item}
      className={clsx(
        'absolute inset-x-0 top-0 flex h-5 pointer-coarse:h-7 items-center border-l-2 pr-3 pl-1 whitespace-pre outline-offset-[-2px]',
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
      {line.name !== undefined && (
        <>
          <span className="text-ink-faint">
            <Marked text={line.name} query={query} />
          </span>
          {': '}
        </>
      )}
      <span className={COLOR[line.kind]}>
        <Marked text={shortened(line.text)} query={query} />
      </span>
      {isFolded && (
        <span className="text-ink-faint">
          {' … '}
          {line.childCount} {line.text === '[' ? ']' : '}'}
        </span>
      )}
      {line.hasComma && (line.kind !== 'open' || isFolded) && ','}
    </div>
  );
});

const shortened = (text: string): string =>
  text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)} … ${text.length} characters`;

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

/** Width of a line in characters, as far as it is shown. */
export const widthOf = (line: JsonLine): number =>
  line.depth * 2 + (line.name?.length ?? 0) + Math.min(line.text.length, MAX_SHOWN + 24) + 12;
