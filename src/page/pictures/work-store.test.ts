import { beforeEach, describe, expect, test } from 'vitest';
import { addPicture, type Original, type Picture, removePicture, undoRemove, workStore } from './work-store.ts';

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

describe('the original of a picture', () => {
  beforeEach(() => workStore.setState({ pictures: [], openId: undefined, removed: undefined }));

  test('comes back when the same file is handed over again after a reload', () => {
    addPicture(pictureOf('restored'), true);
    addPicture(pictureOf('again', original), true);
    expect(workStore.getState().pictures).toEqual([pictureOf('restored', original)]);
  });

  test('stays when the same picture comes once more without one', () => {
    addPicture(pictureOf('held', original), true);
    addPicture(pictureOf('again'), true);
    expect(workStore.getState().pictures[0]?.original).toBe(original);
  });

  test('goes with the picture, and comes back with it', () => {
    addPicture(pictureOf('held', original), true);
    removePicture('held');
    expect(workStore.getState().pictures).toEqual([]);
    undoRemove();
    expect(workStore.getState().pictures[0]?.original).toBe(original);
  });
});
