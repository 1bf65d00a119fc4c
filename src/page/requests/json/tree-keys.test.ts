import { describe, expect, it } from 'vitest';
import { jsonLines, visibleLines } from './json-lines.ts';
import { treeCommand } from './tree-keys.ts';

// 0 {  1 "a": {  2 "b": 1  3 }  4 "c": []  5 }
const lines = jsonLines({ a: { b: 1 }, c: [] });
const press = (key: string, active: number, folded: readonly number[] = []) => {
  const set = new Set(folded);
  return treeCommand(key, { lines, visible: visibleLines(lines, set), folded: set, active });
};

describe('a key in the tree of the reply', () => {
  it('walks over items and never onto a closing bracket', () => {
    expect(press('ArrowDown', 2)).toEqual({ kind: 'move', line: 4 });
    expect(press('ArrowUp', 4)).toEqual({ kind: 'move', line: 2 });
    expect(press('ArrowDown', 4)).toEqual({ kind: 'move', line: 4 });
    expect(press('Home', 4)).toEqual({ kind: 'move', line: 0 });
    expect(press('End', 0)).toEqual({ kind: 'move', line: 4 });
  });

  it('skips what is folded', () => {
    expect(press('ArrowDown', 1, [1])).toEqual({ kind: 'move', line: 4 });
  });

  it('→ unfolds, then goes in', () => {
    expect(press('ArrowRight', 1, [1])).toEqual({ kind: 'unfold', line: 1 });
    expect(press('ArrowRight', 1)).toEqual({ kind: 'move', line: 2 });
    expect(press('ArrowRight', 2)).toBeUndefined();
  });

  it('← folds, or goes out', () => {
    expect(press('ArrowLeft', 1)).toEqual({ kind: 'fold', line: 1 });
    expect(press('ArrowLeft', 1, [1])).toEqual({ kind: 'move', line: 0 });
    expect(press('ArrowLeft', 2)).toEqual({ kind: 'move', line: 1 });
  });

  it('Enter and Space fold and unfold', () => {
    expect(press('Enter', 1)).toEqual({ kind: 'fold', line: 1 });
    expect(press(' ', 1, [1])).toEqual({ kind: 'unfold', line: 1 });
    expect(press('Enter', 2)).toBeUndefined();
  });

  it('leaves every other key alone', () => {
    expect(press('a', 1)).toBeUndefined();
    expect(press('Escape', 1)).toBeUndefined();
  });
});
