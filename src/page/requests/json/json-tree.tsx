import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type SyntheticEvent,
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { selectionStore, useHovered, useRevealCount, useSelection } from '#page/pictures/selection-store.ts';
import { isSelected, primaryOf } from '#shared/selection.ts';
import { type JsonLine, lineOfFace, unfoldTo, visibleLines } from './json-lines.ts';
import { columnsOf, estimatedLines, JsonRow, lineHeight } from './json-row.tsx';
import { treeCommand } from './tree-keys.ts';

type JsonTreeProps = {
  readonly lines: readonly JsonLine[];
  readonly folded: ReadonlySet<number>;
  readonly onFold: (folded: ReadonlySet<number>) => void;
  readonly active: number;
  readonly onActivate: (line: number) => void;
  readonly query: string;
  /** The match that stands in view. */
  readonly match: number | undefined;
};

/**
 * The reply as a tree of lines, of which only those near the visible area are in the document. The parts of selected
 * faces are marked, and the primary one's comes into view when it is selected elsewhere.
 */
export function JsonTree(props: JsonTreeProps) {
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  return (
    <div
      ref={setFrame}
      className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto font-mono text-xs [font-variant-ligatures:none]"
    >
      {frame !== null && <Rows frame={frame} {...props} />}
    </div>
  );
}

type RowsProps = JsonTreeProps & {
  /** What scrolls. Its width tells beforehand how many lines a row takes. */
  readonly frame: HTMLDivElement;
};

function Rows({ frame, lines, folded, onFold, active, onActivate, query, match }: RowsProps) {
  const prefix = useId();
  const rowId = (line: number) => `${prefix}${line}`;
  const selection = useSelection();
  const hovered = useHovered();
  const revealCount = useRevealCount();
  const visible = useMemo(() => visibleLines(lines, folded), [lines, folded]);
  const activeRow = visible.indexOf(active);
  const [{ height, columns }] = useState(() => ({ height: lineHeight(), columns: columnsOf(frame.clientWidth) }));

  // biome-ignore lint/nursery/useReactCompiler: the library's object changes in place; nothing here is compiled
  const virtualizer = useVirtualizer({
    count: visible.length,
    getScrollElement: () => frame,
    // A row keeps its height when others fold.
    getItemKey: useCallback((row: number) => visible[row] ?? row, [visible]),
    estimateSize: (row) => {
      const line = lines[visible[row] ?? -1];
      return line === undefined ? height : height * estimatedLines(line, columns);
    },
    overscan: 20,
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), ...(activeRow < 0 ? [] : [activeRow])])].toSorted((a, b) => a - b),
  });

  /** Line to bring into view as soon as what hid it is unfolded. */
  const wanted = useRef<{ readonly line: number; readonly align: 'auto' | 'start' }>(undefined);
  const bring = (line: number, align: 'auto' | 'start') => {
    wanted.current = { line, align };
    onFold(unfoldTo(lines, folded, line));
  };
  const revealPrimary = useEffectEvent(() => {
    const primary = primaryOf(selection);
    const line = primary === undefined ? -1 : lineOfFace(lines, primary);
    if (line < 0) return;
    // The keyboard comes to where the eye is.
    if (lines[active]?.face !== primary) onActivate(line);
    const start = virtualizer.measurementsCache[visible.indexOf(line)]?.start;
    const top = start === undefined ? -1 : start - frame.scrollTop;
    const isInView = top >= 0 && top + height * 4 <= frame.clientHeight;
    if (!isInView) bring(line, 'start');
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: every selection made on purpose is a reason to scroll
  useEffect(() => revealPrimary(), [revealCount, lines]);

  const showLine = useEffectEvent((line: number) => bring(line, 'auto'));
  useEffect(() => {
    if (match !== undefined) showLine(match);
  }, [match]);

  const settle = useEffectEvent(() => {
    if (wanted.current === undefined) return;
    const row = visible.indexOf(wanted.current.line);
    if (row < 0) return;
    virtualizer.scrollToIndex(row, { align: wanted.current.align });
    wanted.current = undefined;
  });
  // Last of the effects: what the others want is done at once where nothing has to be unfolded for it.
  useEffect(() => settle());

  const lineAt = (event: SyntheticEvent): number | undefined => {
    const row = event.target instanceof Element ? event.target.closest('[data-line]') : null;
    const line = Number(row?.getAttribute('data-line') ?? Number.NaN);
    return Number.isNaN(line) ? undefined : line;
  };
  const toggleFold = (line: number) => {
    const next = new Set(folded);
    if (!next.delete(line)) next.add(line);
    onFold(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const command = treeCommand(event.key, { lines, visible, folded, active });
    if (command === undefined) return;
    event.preventDefault();
    if (command.kind !== 'move') return toggleFold(command.line);
    onActivate(command.line);
    bring(command.line, 'auto');
  };
  const onClick = (event: MouseEvent) => {
    const line = lineAt(event);
    if (line === undefined) return;
    onActivate(line);
    if (event.target instanceof Element && event.target.closest('[data-fold]') !== null) return toggleFold(line);
    const face = lines[line]?.face;
    // Someone who marks text to copy it does not mean to select the face.
    if (face !== undefined && getSelection()?.isCollapsed !== false) selectionStore.getState().select(face);
  };
  const onPointerOver = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    selectionStore.getState().hover(lines[lineAt(event) ?? -1]?.face);
  };

  return (
    <div
      role="tree"
      translate="no"
      aria-label="Response"
      aria-multiselectable
      aria-activedescendant={activeRow < 0 ? undefined : rowId(active)}
      tabIndex={0}
      className="group/tree relative outline-none"
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={onKeyDown}
      onFocus={({ currentTarget }) => {
        // Who comes by keyboard sees where it stands; a click scrolls nothing.
        if (activeRow >= 0 && currentTarget.matches(':focus-visible')) virtualizer.scrollToIndex(activeRow);
      }}
      onClick={onClick}
      onPointerOver={onPointerOver}
      onPointerLeave={() => selectionStore.getState().hover(undefined)}
    >
      {virtualizer.getVirtualItems().map((row) => {
        const index = visible[row.index];
        const line = index === undefined ? undefined : lines[index];
        if (index === undefined || line === undefined) return null;
        const { face } = line;
        return (
          <JsonRow
            key={index}
            id={rowId(index)}
            line={line}
            index={index}
            isFolded={folded.has(index)}
            isActive={index === active}
            mark={
              face === undefined
                ? undefined
                : isSelected(selection, face)
                  ? 'selected'
                  : face === hovered
                    ? 'hovered'
                    : undefined
            }
            query={query}
            isCurrentMatch={index === match}
            top={row.start}
            place={row.index}
            measure={virtualizer.measureElement}
          />
        );
      })}
    </div>
  );
}
