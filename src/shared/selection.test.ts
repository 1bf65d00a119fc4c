import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FaceId, faceId } from './face.ts';
import {
  emptySelection,
  extendTo,
  include,
  primaryOf,
  type Selection,
  selectAll,
  selectOnly,
  toggle,
} from './selection.ts';

const ids = (...numbers: number[]): FaceId[] => numbers.map(faceId);
const shown = ids(1, 2, 3, 4, 5, 6);
const anyId = fc.integer({ min: 1, max: 6 }).map(faceId);

describe('selection', () => {
  test('selecting one face leaves only that one', () => {
    expect(selectOnly(faceId(3)).ids).toEqual(ids(3));
  });

  test('the face toggled last is the primary one', () => {
    const both = toggle(selectOnly(faceId(1)), faceId(4));
    expect(both.ids).toEqual(ids(1, 4));
    expect(primaryOf(both)).toBe(faceId(4));
    expect(primaryOf(toggle(both, faceId(4)))).toBe(faceId(1));
  });

  test('including a face makes it the primary one and takes none away', () => {
    const both = include(selectOnly(faceId(1)), faceId(4));
    expect(both).toEqual({ ids: ids(1, 4), anchor: faceId(4) });
    expect(include(both, faceId(1))).toEqual({ ids: ids(4, 1), anchor: faceId(1) });
  });

  test('extending backwards makes the far end primary', () => {
    const range = extendTo(selectOnly(faceId(5)), faceId(2), shown);
    expect(range.ids).toEqual(ids(5, 4, 3, 2));
    expect(primaryOf(range)).toBe(faceId(2));
  });

  test('extending again goes from the same anchor', () => {
    const first = extendTo(selectOnly(faceId(3)), faceId(6), shown);
    expect(extendTo(first, faceId(2), shown).ids).toEqual(ids(3, 2));
  });

  test('extending from a face that is filtered away selects just the new one', () => {
    expect(extendTo(selectOnly(faceId(9)), faceId(2), shown).ids).toEqual(ids(2));
  });

  test('all that are shown can be selected; the primary one stays it while it is shown', () => {
    expect(selectAll(selectOnly(faceId(2)), ids(1, 2, 3))).toEqual({ ids: ids(1, 3, 2), anchor: faceId(2) });
    expect(primaryOf(selectAll(selectOnly(faceId(9)), ids(1, 2, 3)))).toBe(faceId(3));
    expect(selectAll(emptySelection, ids(1, 2))).toEqual({ ids: ids(1, 2), anchor: faceId(1) });
  });

  test('toggling twice gives back the same faces, and no face is ever there twice', () => {
    fc.assert(
      fc.property(fc.array(anyId), anyId, (toggled, id) => {
        const before = toggled.reduce((state: Selection, id) => toggle(state, id), emptySelection);
        expect(new Set(before.ids).size).toBe(before.ids.length);
        expect(new Set(toggle(toggle(before, id), id).ids)).toEqual(new Set(before.ids));
      }),
    );
  });
});
