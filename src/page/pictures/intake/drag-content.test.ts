import { describe, expect, test } from 'vitest';
import { dragContent, dropMessage } from './drag-content.ts';

const files = (...types: string[]) => ({ types: ['Files'], items: types.map((type) => ({ kind: 'file', type })) });
const text = (...types: string[]) => ({ types, items: types.map((type) => ({ kind: 'string', type })) });

describe('what is being dragged', () => {
  test.each([
    [
      'files, counted by kind',
      files('image/jpeg', '', 'text/plain'),
      { kind: 'files', pictures: 1, unknown: 1, others: 1 },
    ],
    [
      'a drawing, which is not a picture here',
      files('image/svg+xml'),
      { kind: 'files', pictures: 0, unknown: 0, others: 1 },
    ],
    [
      'files that the browser does not list',
      { types: ['Files'], items: [] },
      { kind: 'files', pictures: 0, unknown: 0, others: 0 },
    ],
    ['a picture from a page', text('text/uri-list', 'text/html'), { kind: 'address' }],
    [
      'a picture from a page that comes as a file as well',
      { types: ['text/html', 'Files'], items: [{ kind: 'file', type: 'image/png' }] },
      { kind: 'files', pictures: 1, unknown: 0, others: 0 },
    ],
    ['words, which may be an address', text('text/plain'), { kind: 'address' }],
    ['what another program knows alone', text('application/x-shape'), undefined],
    ['nothing', text(), undefined],
  ])('%s', (_name, data, expected) => expect(dragContent(data)).toEqual(expected));
});

describe('what dropping it will do', () => {
  const titleOf = (pictures: number, others: number, unknown: number) =>
    dropMessage({ kind: 'files', pictures, others, unknown }, false).title;

  test.each([
    [1, 0, 0, 'Drop to find the faces'],
    [3, 0, 0, 'Drop 3 pictures to find their faces'],
    [2, 1, 0, 'Drop 2 pictures to find their faces'],
    [0, 0, 1, 'Drop to look for pictures'],
    [2, 0, 1, 'Drop 3 files and folders to find their faces'],
    [0, 0, 0, 'Drop to find the faces'],
    [0, 1, 0, 'This is not a picture'],
    [0, 2, 0, 'These are not pictures'],
  ])('%i pictures, %i others, %i unknown: %s', (pictures, others, unknown, title) => {
    expect(titleOf(pictures, others, unknown)).toBe(title);
  });

  test('only what holds no picture at all is unwelcome', () => {
    expect(dropMessage({ kind: 'files', pictures: 0, others: 2, unknown: 0 }, false).welcome).toBe(false);
    expect(dropMessage({ kind: 'files', pictures: 1, others: 2, unknown: 0 }, false)).toMatchObject({
      welcome: true,
      detail: '2 files are not pictures and will be left out.',
    });
    expect(dropMessage({ kind: 'files', pictures: 1, others: 1, unknown: 0 }, false).detail).toBe(
      'One file is not a picture and will be left out.',
    );
    expect(dropMessage({ kind: 'address' }, false).welcome).toBe(true);
  });

  test('while Kling is chosen it says that what is dropped is sent there, and what is no picture is not', () => {
    const toKling = (pictures: number, others: number, unknown: number) =>
      dropMessage({ kind: 'files', pictures, others, unknown }, true);
    expect(toKling(1, 0, 0).title).toBe('Drop to send this picture to Kling');
    expect(toKling(3, 0, 0).title).toBe('Drop to send 3 pictures to Kling');
    expect(toKling(2, 1, 1).title).toBe('Drop to send the pictures to Kling');
    expect(toKling(2, 1, 1).detail).toMatch(/and sent\..*One file is not a picture/);
    expect(toKling(0, 2, 0)).toMatchObject({ title: 'These are not pictures', welcome: false });
    expect(dropMessage({ kind: 'address' }, true).title).toBe('Drop to send this link to Kling');
  });
});
