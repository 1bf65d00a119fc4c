import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCheckFile } from '#page/check/model/check-file.ts';
import type { CheckRecord } from '#page/check/model/verdict.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { findFiles } from './find-files.ts';
import { readTruths } from './read-truth.ts';

const never = new AbortController().signal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'facebound-truth-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
}
async function read(typed: readonly string[], kinds: readonly string[] = []) {
  const files = await findFiles(typed, folder, never);
  if (!files.ok) throw new Error(files.error);
  return readTruths(files.value, kinds);
}
async function told(typed: readonly string[], kinds?: readonly string[]) {
  const truths = await read(typed, kinds);
  if (!truths.ok) throw new Error(truths.error);
  return truths.value;
}

const record: CheckRecord = {
  set: '0'.repeat(32),
  file: 'a'.repeat(64),
  sent: 'a'.repeat(64),
  engine: 'embedded',
  version: '1',
  name: 'team.jpg',
  size: { width: 100, height: 100 },
  faces: [{ faceNo: 1, bound: imageRect(1, 2, 3, 4), verdict: { kind: 'right' } }],
  missed: [],
  note: '',
  done: false,
  changedAt: 1,
};

describe('a truth', () => {
  test('may be labels in folders, with the classes that lie above them', async () => {
    await put({
      'yolo/a/data.yaml': 'names: [dog, face]\n',
      'yolo/a/labels/1.txt': '1 .5 .5 .2 .2\n0 .5 .5 .2 .2\n',
      'yolo/b/classes.txt': 'face\n',
      'yolo/b/2.txt': '0 .5 .5 .2 .2\n',
      'yolo/readme.md': 'Nothing.',
    });
    const { pictures, isCompared, notes } = await told(['yolo']);
    expect(pictures.map(({ fileName, annotated }) => [fileName, annotated.boxes.map(({ kind }) => kind)])).toEqual([
      ['yolo/a/labels/1.txt', ['face', 'dog']],
      ['yolo/b/2.txt', ['face']],
    ]);
    expect([isCompared('face'), isCompared('dog'), isCompared(undefined)]).toEqual([true, false, true]);
    expect(notes).toEqual(['1 box of other kinds in the truth left out; compared with: face.']);
  });

  test('is refused with a question where nothing is called a face, until somebody says what is', async () => {
    await put({ 'dogs.csv': 'filename,class,x,y,width,height\na.jpg,dog,1,2,3,4\n' });
    expect(await read(['dogs.csv'])).toEqual({
      ok: false,
      error: 'Nothing in the truth is called a face. Say which of its boxes are with --kind: dog',
    });
    expect((await told(['dogs.csv'], ['dog'])).isCompared('dog')).toBe(true);
    expect(await read(['dogs.csv'], ['cat'])).toEqual({
      ok: false,
      error: 'The truth has no boxes called cat. It has: dog',
    });
  });

  test('may be a check; of two people the later word about a picture counts, and that is said', async () => {
    const other = {
      ...record,
      set: '1'.repeat(32),
      faces: [],
      missed: [{ id: 1, bound: imageRect(5, 6, 7, 8) }],
      changedAt: 2,
    };
    await put({ 'a.facebound-check.json': writeCheckFile({ sets: [], records: [record, other] }) });
    const { pictures, notes } = await told(['a.facebound-check.json']);
    expect(pictures).toHaveLength(1);
    expect(pictures[0]).toMatchObject({ sha256: record.file, pictureName: 'team.jpg' });
    expect(pictures[0]?.annotated.boxes.map(({ bound }) => bound)).toEqual([imageRect(5, 6, 7, 8)]);
    expect(notes).toEqual(['1 picture checked by several people: the latest check counts.']);
  });

  test('that says something else is refused where it was named, and passed over in a folder', async () => {
    await put({
      'mixed/about.json': '{"hello":1}',
      'mixed/a.xml': '<annotation><filename>a.jpg</filename></annotation>',
    });
    expect(await read(['mixed/about.json'])).toMatchObject({
      ok: false,
      error: expect.stringContaining('holds no boxes'),
    });
    expect((await told(['mixed'])).pictures.map(({ pictureName }) => pictureName)).toEqual(['a.jpg']);
  });
});
