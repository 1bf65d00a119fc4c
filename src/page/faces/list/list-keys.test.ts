import { describe, expect, it } from 'vitest';
import { faceId } from '#shared/face.ts';
import { listCommand } from './list-keys.ts';

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const shown = ['face-3', 'face-1', 'face-2'] as const;
const press = (
  key: string,
  modifiers: { ctrlKey?: boolean; metaKey?: boolean; shiftKey?: boolean; altKey?: boolean } = {},
) => listCommand({ key, ...none, ...modifiers }, shown, 'face-1', 1);

describe('a key in the face list', () => {
  it.each([
    ['ArrowDown', 'face-2'],
    ['ArrowRight', 'face-2'],
    ['ArrowUp', 'face-3'],
    ['ArrowLeft', 'face-3'],
    ['Home', 'face-3'],
    ['End', 'face-2'],
    ['PageDown', 'face-2'],
    ['PageUp', 'face-3'],
  ])('%s moves in the shown order and selects', (key, id) => {
    expect(press(key)).toEqual({ kind: 'select', id });
  });

  it.each([{ ctrlKey: true }, { metaKey: true }])('with %j moves only', (modifier) => {
    expect(press('ArrowDown', modifier)).toEqual({ kind: 'move', id: 'face-2' });
  });

  it('with Shift extends', () => {
    expect(press('ArrowUp', { shiftKey: true })).toEqual({ kind: 'extend', id: 'face-3' });
    expect(press('End', { shiftKey: true })).toEqual({ kind: 'extend', id: 'face-2' });
  });

  it('Space toggles where the keyboard stands', () => {
    expect(press(' ')).toEqual({ kind: 'toggle', id: 'face-1' });
    expect(press(' ', { ctrlKey: true })).toEqual({ kind: 'toggle', id: 'face-1' });
  });

  it('a digit goes to a number, but not with Ctrl: those are the browser’s tabs', () => {
    expect(press('7')).toEqual({ kind: 'digit', digit: '7' });
    expect(press('7', { ctrlKey: true })).toBeUndefined();
  });

  it.each(['Enter', 'Escape', 'Tab', 'z', 'h'])('%s is not the list’s', (key) => {
    expect(press(key)).toBeUndefined();
  });

  it('with Alt is the browser’s', () => {
    expect(press('ArrowLeft', { altKey: true })).toBeUndefined();
  });

  it('does nothing in an empty list', () => {
    expect(listCommand({ key: 'ArrowDown', ...none }, [], undefined, 1)).toBeUndefined();
    expect(listCommand({ key: 'Home', ...none }, [], undefined, 1)).toBeUndefined();
    expect(listCommand({ key: ' ', ...none }, [], undefined, 1)).toBeUndefined();
  });
});

describe('a key in a grid of three columns', () => {
  /** 1 2 3 / 4 5 6 / 7 8 */
  const grid = [1, 2, 3, 4, 5, 6, 7, 8].map(faceId);
  const from = (faceNo: number, key: string) => {
    const command = listCommand({ key, ...none }, grid, faceId(faceNo), 3);
    return command !== undefined && 'id' in command ? Number(command.id.replace('face-', '')) : undefined;
  };

  it.each([
    ['ArrowDown', 2, 5],
    ['ArrowUp', 5, 2],
    ['ArrowRight', 3, 4],
    ['ArrowLeft', 4, 3],
    ['ArrowUp', 2, 2],
    ['ArrowDown', 8, 8],
    ['ArrowDown', 6, 8],
    ['PageDown', 2, 8],
    ['PageDown', 3, 8],
    ['PageUp', 8, 2],
    ['Home', 6, 1],
    ['End', 2, 8],
  ])('%s goes from face %i to face %i', (key, at, to) => {
    expect(from(at, key)).toBe(to);
  });
});
