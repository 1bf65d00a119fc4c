import { iou } from './rect.ts';
import type { ImageRect } from './spaces.ts';

/** Two boxes that belong together, by their places in the lists that were matched. */
export type BoxPair = { readonly a: number; readonly b: number; readonly iou: number };

/** Every box of both lists is in exactly one of the three; places ascend (of pairs, those in `a`). */
export type BoxMatch = {
  readonly pairs: readonly BoxPair[];
  readonly onlyA: readonly number[];
  readonly onlyB: readonly number[];
};

type Edge = BoxPair & { readonly weight: number };

/** IoU in whole steps of this size, so that equal sums are equal to the last digit and ties are known as ties. */
const STEPS = 1e8;

/**
 * The one matcher of boxes, both lists in pixels of the same picture: Kolors' match, verdicts that follow, truth and the
 * bench use it. A box has at most one partner, and partners have an IoU of at least `from` (above 0, at most 1).
 *
 * Of all ways to pair them it takes the one with the most pairs, of those the one with the largest sum of IoU, of those
 * the one whose pairs lie first by position (left before right, then top before bottom). So the result depends neither
 * on which list is called `a` nor on the order in them, but for boxes that are equal. Works by groups of boxes that
 * touch, each in cubic time.
 */
export function matchBoxes(a: readonly ImageRect[], b: readonly ImageRect[], from: number): BoxMatch {
  const pairs = groupsOf(edgesBetween(a, b, from))
    .flatMap((group) => (group.length === 1 ? group : bestPairs(group, a, b)))
    .map(({ weight: _, ...pair }) => pair)
    .sort((one, other) => one.a - other.a);
  const pairedA = new Set(pairs.map((pair) => pair.a));
  const pairedB = new Set(pairs.map((pair) => pair.b));
  return {
    pairs,
    onlyA: [...a.keys()].filter((index) => !pairedA.has(index)),
    onlyB: [...b.keys()].filter((index) => !pairedB.has(index)),
  };
}

/** Every two boxes that may be partners. Sweeps from left to right, so that thousands apart cost no more than a sort. */
function edgesBetween(a: readonly ImageRect[], b: readonly ImageRect[], from: number): readonly Edge[] {
  const byLeft = [...b.entries()].sort(([, one], [, other]) => one.x - other.x);
  const widest = b.reduce((most, { width }) => Math.max(most, width), 0);
  const edges: Edge[] = [];
  for (const [index, box] of a.entries()) {
    for (let at = firstFrom(byLeft, box.x - widest); at < byLeft.length; at += 1) {
      const entry = byLeft[at];
      if (entry === undefined || entry[1].x > box.x + box.width) break;
      const overlap = iou(box, entry[1]);
      if (overlap > 0 && overlap >= from) {
        edges.push({ a: index, b: entry[0], iou: overlap, weight: Math.round(overlap * STEPS) });
      }
    }
  }
  return edges;
}

/** Place of the first box whose left edge is at `left` or right of it. */
function firstFrom(byLeft: readonly (readonly [number, ImageRect])[], left: number): number {
  let low = 0;
  let high = byLeft.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = byLeft[middle];
    if (entry !== undefined && entry[1].x < left) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The edges by connected groups: what is paired in one changes nothing in another. */
function groupsOf(edges: readonly Edge[]): readonly (readonly Edge[])[] {
  const parent = new Map<string, string>();
  const rootOf = (node: string): string => {
    let at = node;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    // Later walks from here are short.
    for (let step = node; step !== at; ) {
      const up = parent.get(step) ?? at;
      parent.set(step, at);
      step = up;
    }
    return at;
  };
  for (const edge of edges) {
    const [one, other] = [rootOf(`a${edge.a}`), rootOf(`b${edge.b}`)];
    if (one !== other) parent.set(one, other);
  }
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const root = rootOf(`a${edge.a}`);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [edge]);
    else group.push(edge);
  }
  return [...groups.values()];
}

/**
 * The best pairs of one group, as an assignment problem: rows are its boxes of `a`, columns those of `b`, filled up to a
 * square. A pair is worth more than all the IoU there can be, so that more pairs always win.
 */
function bestPairs(group: readonly Edge[], a: readonly ImageRect[], b: readonly ImageRect[]): readonly Edge[] {
  const rows = indexBy(group.map((edge) => edge.a));
  const columns = indexBy(group.map((edge) => edge.b));
  const side = Math.max(rows.size, columns.size);
  const aPair = (side + 1) * STEPS;
  const worth = new Float64Array(side * side);
  const placed = group
    .toSorted(byPosition(a, b))
    .map((edge) => ({ edge, row: rows.get(edge.a) ?? 0, column: columns.get(edge.b) ?? 0 }));
  for (const { edge, row, column } of placed) worth[row * side + column] = aPair + edge.weight;

  const solved = assign(worth, side);
  const settled = new Uint8Array(side);
  // Every optimum uses tight cells only: the first pair by position that some optimum has is taken, then the next.
  for (const { row, column } of placed) {
    if (settled[row] === 0 && solved.isTight(row, column) && putIn(solved, settled, row, column)) settled[row] = 1;
  }
  return placed.filter(({ row, column }) => solved.columnOf[row] === column).map(({ edge }) => edge);
}

const indexBy = (values: readonly number[]): ReadonlyMap<number, number> =>
  new Map([...new Set(values)].map((value, index) => [value, index]));

/** Pairs from left to right, then from top to bottom, whichever list a box is of. */
function byPosition(a: readonly ImageRect[], b: readonly ImageRect[]): (one: Edge, other: Edge) => number {
  const keysOf = ({ a: first, b: second }: Edge): readonly number[] => {
    const [one, other] = [a[first], b[second]];
    if (one === undefined || other === undefined) return [];
    return [
      one.x + other.x,
      one.y + other.y,
      one.width + other.width,
      one.height + other.height,
      Math.min(one.x, other.x),
      Math.min(one.y, other.y),
      Math.min(one.width, other.width),
      Math.min(one.height, other.height),
      first,
      second,
    ];
  };
  return (one, other) => {
    const theirs = keysOf(other);
    for (const [index, key] of keysOf(one).entries()) {
      const difference = key - (theirs[index] ?? key);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

type Assignment = {
  readonly side: number;
  /** Column of each row, and row of each column: every row has one. */
  readonly columnOf: Int32Array;
  readonly rowOf: Int32Array;
  /** True for the cells that an optimal assignment may use; one made of nothing else is optimal. */
  readonly isTight: (row: number, column: number) => boolean;
};

/**
 * The assignment of rows to columns that is worth most: the Hungarian method by shortest augmenting paths (Jonker and
 * Volgenant, 1987). Whole numbers throughout, so nothing is rounded.
 */
function assign(worth: Float64Array, side: number): Assignment {
  const rowPrice = new Float64Array(side + 1);
  const columnPrice = new Float64Array(side + 1);
  // Counted from 1; 0 is the column that the row to be placed starts from.
  const rowAt = new Int32Array(side + 1);
  const cost = (row: number, column: number) => -(worth[(row - 1) * side + column - 1] ?? 0);
  for (let row = 1; row <= side; row += 1) {
    rowAt[0] = row;
    const reach = new Float64Array(side + 1).fill(Number.POSITIVE_INFINITY);
    const via = new Int32Array(side + 1);
    const isDone = new Uint8Array(side + 1);
    let column = 0;
    do {
      isDone[column] = 1;
      const from = rowAt[column] ?? 0;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let other = 1; other <= side; other += 1) {
        if (isDone[other] === 1) continue;
        const reduced = cost(from, other) - (rowPrice[from] ?? 0) - (columnPrice[other] ?? 0);
        if (reduced < (reach[other] ?? 0)) {
          reach[other] = reduced;
          via[other] = column;
        }
        if ((reach[other] ?? 0) < step) {
          step = reach[other] ?? 0;
          next = other;
        }
      }
      for (let other = 0; other <= side; other += 1) {
        if (isDone[other] === 1) {
          const placed = rowAt[other] ?? 0;
          rowPrice[placed] = (rowPrice[placed] ?? 0) + step;
          columnPrice[other] = (columnPrice[other] ?? 0) - step;
        } else reach[other] = (reach[other] ?? 0) - step;
      }
      column = next;
    } while (rowAt[column] !== 0);
    while (column !== 0) {
      const before = via[column] ?? 0;
      rowAt[column] = rowAt[before] ?? 0;
      column = before;
    }
  }
  const columnOf = new Int32Array(side);
  const rowOf = new Int32Array(side);
  for (let column = 1; column <= side; column += 1) {
    const row = (rowAt[column] ?? 0) - 1;
    rowOf[column - 1] = row;
    columnOf[row] = column - 1;
  }
  return {
    side,
    columnOf,
    rowOf,
    isTight: (row, column) =>
      cost(row + 1, column + 1) - (rowPrice[row + 1] ?? 0) - (columnPrice[column + 1] ?? 0) === 0,
  };
}

/**
 * Changes an optimal assignment into one that has this tight cell and all settled rows as they are. False, and nothing
 * changed, when there is none.
 */
function putIn(solved: Assignment, settled: Uint8Array, row: number, column: number): boolean {
  const { side, columnOf, rowOf, isTight } = solved;
  const [freed, displaced] = [columnOf[row] ?? 0, rowOf[column] ?? 0];
  if (freed === column) return true;
  if (settled[displaced] === 1) return false;
  // The displaced row moves to a column whose row moves on, until one takes the column that was freed.
  const cameFrom = new Int32Array(side).fill(-1);
  const isSeen = new Uint8Array(side);
  isSeen[column] = 1;
  const queue = [displaced];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (let next = 0; next < side; next += 1) {
      if (isSeen[next] === 1 || !isTight(at, next)) continue;
      const holder = rowOf[next] ?? 0;
      if (next !== freed && settled[holder] === 1) continue;
      isSeen[next] = 1;
      cameFrom[next] = at;
      if (next !== freed) {
        queue.push(holder);
        continue;
      }
      let to = freed;
      for (;;) {
        const mover = cameFrom[to] ?? 0;
        const left = columnOf[mover] ?? 0;
        columnOf[mover] = to;
        rowOf[to] = mover;
        if (mover === displaced) break;
        to = left;
      }
      columnOf[row] = column;
      rowOf[column] = row;
      return true;
    }
  }
  return false;
}
