import { beforeEach, describe, expect, test } from 'vitest';
import { faceId } from '#shared/face.ts';
import { currentSelection, dropSelectionsOf, keepSelected, selectionScope, selectionStore } from './selection-store.ts';

const scope = selectionScope('a', 'embedded');
const selected = () => currentSelection(selectionStore.getState()).ids;

beforeEach(() => {
  selectionStore.setState({ selections: {} });
  const { openScope, select, toggle } = selectionStore.getState();
  openScope(scope);
  select(faceId(1));
  toggle(faceId(3));
});

describe('a selection', () => {
  test('loses the faces that another answer about the same picture does not have', () => {
    keepSelected(scope, [faceId(1), faceId(2)]);
    expect(selected()).toEqual(['face-1']);
    expect(currentSelection(selectionStore.getState()).anchor).toBe('face-1');
  });

  test('stays the same object while all its faces are there, so that nobody draws anew', () => {
    const before = selectionStore.getState();
    keepSelected(scope, [faceId(1), faceId(2), faceId(3)]);
    keepSelected('nobody embedded', []);
    expect(selectionStore.getState()).toBe(before);
  });

  test('goes with its picture, for every engine, and no other does', () => {
    for (const other of [selectionScope('a', 'kling'), selectionScope('ab', 'embedded')]) {
      selectionStore.getState().openScope(other);
      selectionStore.getState().select(faceId(2));
    }
    dropSelectionsOf('a');
    expect(Object.keys(selectionStore.getState().selections)).toEqual([selectionScope('ab', 'embedded')]);
  });
});
