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

describe('what is known of the file of a picture', () => {
  beforeEach(() => workStore.setState({ pictures: [], openId: undefined, removed: undefined }));
  const handedOver = { path: 'a/b.jpg', size: { width: 8, height: 6 }, orientation: 6, sha256: 'of the file' } as const;

  test('is told by the same bytes once more where an earlier version did not write it down', () => {
    addPicture(pictureOf('restored'), true);
    addPicture({ ...pictureOf('again'), handedOver }, true);
    expect(workStore.getState().pictures).toMatchObject([{ id: 'restored', handedOver }]);
  });

  test('stays as it was first told', () => {
    addPicture({ ...pictureOf('held'), handedOver }, true);
    addPicture({ ...pictureOf('again'), handedOver: { ...handedOver, path: 'c/d.jpg' } }, true);
    expect(workStore.getState().pictures).toMatchObject([{ id: 'held', handedOver }]);
  });
});

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
