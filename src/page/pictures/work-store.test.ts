import { beforeEach, describe, expect, test, vi } from 'vitest';
import { bringBackOffered, forgetRemoved, removePicture, stopOffering } from './removed-pictures.ts';
import { redoStep, undoStep } from './undo-stack.ts';
import {
  addPendingImports,
  addPicture,
  EMPTY_WORK,
  type Original,
  type Picture,
  picturesOf,
  removePendingImport,
  updatePendingImport,
  withPictures,
  workStore,
} from './work-store.ts';

const pictureOf = (id: string, original?: Original): Picture => ({
  id,
  order: 0,
  name: `${id}.jpg`,
  origin: { kind: 'file', via: 'drop' },
  blob: new Blob(['sent']),
  url: '',
  thumbnail: new Blob(),
  thumbnailUrl: '',
  size: { width: 400, height: 300 },
  changes: [],
  orientation: 1,
  warnings: [],
  sha256: 'of what is sent',
  original,
});

const original: Original = { file: new Blob(['handed over']), size: { width: 8000, height: 6000 } };

describe('what is known of the file of a picture', () => {
  beforeEach(() => workStore.setState(EMPTY_WORK));
  const handedOver = { path: 'a/b.jpg', size: { width: 8, height: 6 }, orientation: 6, sha256: 'of the file' } as const;

  test('is told by the same bytes once more where an earlier version did not write it down', () => {
    addPicture(pictureOf('restored'), true);
    addPicture({ ...pictureOf('again'), handedOver }, true);
    expect(picturesOf(workStore.getState())).toMatchObject([{ id: 'restored', handedOver }]);
  });

  test('stays as it was first told', () => {
    addPicture({ ...pictureOf('held'), handedOver }, true);
    addPicture({ ...pictureOf('again'), handedOver: { ...handedOver, path: 'c/d.jpg' } }, true);
    expect(picturesOf(workStore.getState())).toMatchObject([{ id: 'held', handedOver }]);
  });
});

describe('the original of a picture', () => {
  beforeEach(() => workStore.setState(EMPTY_WORK));

  test('comes back when the same file is handed over again after a reload', () => {
    addPicture(pictureOf('restored'), true);
    addPicture(pictureOf('again', original), true);
    expect(picturesOf(workStore.getState())).toEqual([pictureOf('restored', original)]);
  });

  test('stays when the same picture comes once more without one', () => {
    addPicture(pictureOf('held', original), true);
    addPicture(pictureOf('again'), true);
    expect(picturesOf(workStore.getState())[0]?.original).toBe(original);
  });

  test('goes with the picture, and comes back with it', () => {
    addPicture(pictureOf('held', original), true);
    removePicture('held');
    expect(picturesOf(workStore.getState())).toEqual([]);
    undoStep();
    expect(picturesOf(workStore.getState())[0]?.original).toBe(original);
  });
});

describe('the work', () => {
  beforeEach(() => workStore.setState(EMPTY_WORK));
  const inOrder = (id: string, order: number): Picture => ({ ...pictureOf(id), sha256: id, order });
  const names = () => picturesOf(workStore.getState()).map(({ id }) => id);

  test('keeps the order in which pictures were handed over, however they become ready', () => {
    for (const order of [3, 1, 4, 2]) addPicture(inOrder(`${order}`, order), false);
    expect(names()).toEqual(['1', '2', '3', '4']);
    workStore.setState((state) => withPictures(state, [inOrder('5', 5), inOrder('0', 0)]));
    expect(names()).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  test('opens the neighbour of what is removed, and is empty after the last', () => {
    for (const order of [1, 2, 3]) addPicture(inOrder(`${order}`, order), true);
    removePicture('3');
    expect(workStore.getState().openId).toBe('2');
    removePicture('2');
    removePicture('1');
    expect(workStore.getState()).toMatchObject({ order: [], openId: undefined });
    undoStep();
    expect(names()).toEqual(['1']);
  });

  test('gets back all that was removed, one after another, to its place and open', () => {
    for (const order of [1, 2, 3, 4]) addPicture(inOrder(`${order}`, order), true);
    for (const id of ['4', '1', '3']) removePicture(id);
    undoStep();
    expect(workStore.getState()).toMatchObject({ order: ['2', '3'], openId: '3' });
    undoStep();
    undoStep();
    expect(names()).toEqual(['1', '2', '3', '4']);
    redoStep();
    expect(names()).toEqual(['1', '2', '3']);
  });

  test('gets back at once what is offered, and later what is not any more', () => {
    for (const order of [1, 2, 3, 4]) addPicture(inOrder(`${order}`, order), true);
    removePicture('2');
    stopOffering();
    removePicture('3');
    removePicture('4');
    bringBackOffered();
    // The last one was open when the first of these went.
    expect(workStore.getState()).toMatchObject({ order: ['1', '3', '4'], openId: '4', offered: [] });
    // Told as what they were offered as, not as the last of several steps.
    expect(workStore.getState().undo.taken).toMatchObject({ what: 'undone', label: '2 pictures removed' });
    redoStep();
    redoStep();
    expect(workStore.getState()).toMatchObject({ order: ['1'], offered: ['3', '4'] });
    undoStep();
    undoStep();
    undoStep();
    expect(names()).toEqual(['1', '2', '3', '4']);
  });

  test('holds what was removed twice once, and gives it up with its step', () => {
    for (const order of [1, 2]) addPicture(inOrder(`${order}`, order), true);
    removePicture('2');
    undoStep();
    removePicture('2');
    expect(workStore.getState().removed).toHaveLength(1);
    undoStep();
    expect(names()).toEqual(['1', '2']);
    removePicture('1');
    forgetRemoved(['1']);
    undoStep();
    expect(workStore.getState()).toMatchObject({ order: ['2'], removed: [] });
  });

  test('hears nothing of how far an arrival is, which only who shows it has to hear', () => {
    addPendingImports([{ id: 'a', name: 'a.jpg', cancel: () => {}, step: 'Reading the file', progress: 0 }]);
    const woken = vi.fn();
    const stop = workStore.subscribe(woken);
    updatePendingImport('a', { progress: 0.5 });
    expect(woken).not.toHaveBeenCalled();
    removePendingImport('a');
    expect(woken).toHaveBeenCalledTimes(1);
    expect(workStore.getState().pendingImports.size).toBe(0);
    stop();
  });

  test('is one and the same list for as long as no picture comes or goes', () => {
    addPicture(inOrder('1', 1), true);
    const before = picturesOf(workStore.getState());
    workStore.setState({ openId: undefined });
    expect(picturesOf(workStore.getState())).toBe(before);
  });
});
