import { beforeEach, describe, expect, test } from 'vitest';
import { currentSelection, selectionStore } from '#page/pictures/selection-store.ts';
import { EMPTY_WORK, type Picture, withPictures, workStore } from '#page/pictures/work-store.ts';
import { faceId } from '#shared/face.ts';
import { walkFaces, walkOn } from './walk-faces.ts';

const shown = [faceId(1), faceId(2)];
const press = { repeat: false };
const held = { repeat: true };
const selected = () => currentSelection(selectionStore.getState()).ids;
const opened = () => workStore.getState().openId;

const pictureOf = (id: string): Picture => ({
  id,
  order: 0,
  name: id,
  origin: { kind: 'file', via: 'drop' },
  blob: new Blob(),
  url: '',
  thumbnail: new Blob(),
  thumbnailUrl: '',
  size: { width: 1, height: 1 },
  changes: [],
  orientation: 1,
  warnings: [],
  sha256: id,
});

function open(id: string): void {
  workStore.setState({ openId: id });
  selectionStore.getState().openScope(id);
}

beforeEach(() => {
  workStore.setState(withPictures(EMPTY_WORK, [pictureOf('a'), pictureOf('b')]));
  selectionStore.setState({ selections: {} });
  open('a');
});

describe('walking on', () => {
  test('goes from face to face, held or not', () => {
    walkOn(shown, press);
    expect(selected()).toEqual([faceId(1)]);
    walkOn(shown, held);
    expect(selected()).toEqual([faceId(2)]);
  });

  test('after the last face asks first, and goes to the next picture with a second press', () => {
    selectionStore.getState().select(faceId(2));
    walkOn(shown, press);
    expect(opened()).toBe('a');
    walkOn(shown, press);
    expect(opened()).toBe('b');
  });

  test('a key that is still held never leaves the picture', () => {
    for (let count = 0; count < 20; count++) walkOn(shown, held);
    expect(opened()).toBe('a');
    walkOn(shown, press);
    walkOn(shown, held);
    expect(opened()).toBe('a');
  });

  test('asks again when something else was selected in between', () => {
    selectionStore.getState().select(faceId(2));
    walkOn(shown, press);
    walkFaces(shown, -1);
    walkOn(shown, press);
    walkOn(shown, press);
    expect(opened()).toBe('a');
    walkOn(shown, press);
    expect(opened()).toBe('b');
  });

  test('leaves a picture without faces the same way', () => {
    walkOn([], press);
    expect(opened()).toBe('a');
    walkOn([], press);
    expect(opened()).toBe('b');
  });

  test('stays at the last face of the last picture', () => {
    open('b');
    selectionStore.getState().select(faceId(2));
    for (let count = 0; count < 3; count++) walkOn(shown, press);
    expect(opened()).toBe('b');
    expect(selected()).toEqual([faceId(2)]);
  });
});
