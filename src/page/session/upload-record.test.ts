import { beforeEach, expect, test } from 'vitest';
import { FILE_LIFETIME_MS } from '#contract/limits.ts';
import { visitorStorage } from '#page/platform/browser-storage.ts';
import { filesLeft, noteSession, noteUpload, noteWiped } from './upload-record.ts';

const DAY = 24 * 60 * 60 * 1000;

beforeEach(() => {
  visitorStorage.remove('facebound.uploads');
  noteSession(undefined);
});

test('what earlier sessions uploaded is counted until it expires, and what is wiped of one session is not', () => {
  noteSession('first');
  noteUpload(1 * DAY);
  noteUpload(2 * DAY);
  noteSession('second');
  noteUpload(3 * DAY);
  expect(filesLeft(3 * DAY)).toEqual({ files: 3, until: 3 * DAY + FILE_LIFETIME_MS });
  noteWiped('second', 3 * DAY);
  expect(filesLeft(3 * DAY)).toEqual({ files: 2, until: 2 * DAY + FILE_LIFETIME_MS });
  expect(filesLeft(2 * DAY + FILE_LIFETIME_MS)).toBeUndefined();
});

test('nothing but numbers, times and marks is written down', () => {
  noteSession('0123456789abcdef');
  noteUpload(5);
  expect(visitorStorage.get('facebound.uploads')).toBe('[{"mark":"0123456789abcdef","files":1,"lastAt":5}]');
});

test.each(['no JSON', '{}', '[{"mark":"a","files":-1,"lastAt":0}]', '[{"files":"3"}]'])(
  'a record that says %j counts as none',
  (stored) => {
    visitorStorage.set('facebound.uploads', stored);
    expect(filesLeft(0)).toBeUndefined();
    noteUpload(0);
    expect(filesLeft(0)).toMatchObject({ files: 1 });
  },
);
