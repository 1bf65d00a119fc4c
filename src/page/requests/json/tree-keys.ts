import type { JsonLine } from './json-lines.ts';

/** What a key press means in the tree of the reply. */
export type TreeCommand = { readonly kind: 'move' | 'fold' | 'unfold'; readonly line: number };

type Tree = {
  readonly lines: readonly JsonLine[];
  /** Lines that show, closing ones too. */
  readonly visible: readonly number[];
  readonly folded: ReadonlySet<number>;
  readonly active: number;
};

/**
 * Reads a key press as WAI-ARIA's tree pattern has it: ↑ ↓ Home End walk, → unfolds or goes in, ← folds or goes out,
 * Enter and Space fold and unfold. Undefined for every other key.
 */
export function treeCommand(key: string, { lines, visible, folded, active }: Tree): TreeCommand | undefined {
  const line = lines[active];
  if (line === undefined) return undefined;
  const walk = (steps: number): TreeCommand => ({ kind: 'move', line: itemAfter(lines, visible, active, steps) });
  const isOpen = line.kind === 'open' && !folded.has(active);
  switch (key) {
    case 'ArrowDown':
      return walk(1);
    case 'ArrowUp':
      return walk(-1);
    case 'PageDown':
      return walk(12);
    case 'PageUp':
      return walk(-12);
    case 'Home':
      return { kind: 'move', line: 0 };
    case 'End':
      return walk(visible.length);
    case 'ArrowRight':
      if (isOpen) return walk(1);
      return line.kind === 'open' ? { kind: 'unfold', line: active } : undefined;
    case 'ArrowLeft':
      if (isOpen) return { kind: 'fold', line: active };
      return line.parent < 0 ? undefined : { kind: 'move', line: line.parent };
    case 'Enter':
    case ' ':
      return line.kind === 'open' ? { kind: isOpen ? 'fold' : 'unfold', line: active } : undefined;
    default:
      return undefined;
  }
}

/** The item `steps` items further among those that show; closing lines are no items. Stops at the ends. */
function itemAfter(lines: readonly JsonLine[], visible: readonly number[], from: number, steps: number): number {
  const items = visible.filter((index) => lines[index]?.kind !== 'close');
  const at = Math.max(0, items.indexOf(from));
  return items[Math.min(Math.max(at + steps, 0), items.length - 1)] ?? 0;
}
