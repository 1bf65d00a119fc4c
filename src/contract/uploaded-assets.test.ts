import { describe, expect, test } from 'vitest';
import { freePlacesReply } from './free-places.ts';
import { deletedTaskReply } from './tasks.ts';
import { assetIds, deletedAssetsReply, uploadedAssetsReply } from './uploaded-assets.ts';

const entry = {
  id: '869218167527833688',
  name: 'a.jpg',
  resource: { resource: 'https://s21-kling.klingai.com/a.jpg' },
};

describe('the list of uploads', () => {
  test('gives those that tell which they are, and loses no other for one that does not', () => {
    const odd = [null, 'x', 7, [], {}, { ...entry, id: null }, { ...entry, name: 3 }, { ...entry, resource: {} }];
    const { uploadAssetsList } = uploadedAssetsReply.parse({ uploadAssetsList: [...odd, entry, { ...entry, id: 12 }] });
    expect(uploadAssetsList.listed).toBe(10);
    expect(uploadAssetsList.assets.map(({ id }) => id)).toEqual(['869218167527833688', '12']);
  });

  test.each([null, [], {}, { uploadAssetsList: null }, { uploadAssetsList: {} }, { error: 'no' }])(
    'is no list in %j',
    (reply) => {
      expect(uploadedAssetsReply.safeParse(reply).success).toBe(false);
    },
  );

  test('takes no number for an id that a number cannot hold', () => {
    // 869218167527833688 as JSON's number is another one when it is read.
    const [first] = uploadedAssetsReply.parse({
      uploadAssetsList: [{ ...entry, id: JSON.parse('869218167527833688') }],
    }).uploadAssetsList.assets;
    expect(first).toBeUndefined();
  });
});

describe('what confirms a removal', () => {
  test.each([
    [{ deleted: 2, ids: ['1', '2'] }, ['1', '2']],
    [{ deleted: 1, ids: [3] }, ['3']],
    [{ ids: [] }, []],
  ])('are the ids of %j', (reply, ids) => {
    expect(deletedAssetsReply.parse(reply).ids).toEqual(ids);
  });

  test.each([{ deleted: 2 }, { deleted: 2, ids: null }, { message: 'ok' }, 'ok', null])('is nothing in %j', (reply) => {
    expect(deletedAssetsReply.safeParse(reply).success).toBe(false);
  });

  test.each([
    [{ deleted: 1, workIds: ['1'] }, true],
    [{ deleted: true }, true],
    [{ deleted: '2' }, true],
    [{ deleted: 0, workIds: [] }, false],
    [{ deleted: false }, false],
    [{}, false],
    [null, false],
  ])('of a task is a count above nothing: %j', (reply, isConfirmed) => {
    expect(deletedTaskReply.safeParse(reply).success).toBe(isConfirmed);
  });
});

test('ids are numbers with commas between them, ten at most', () => {
  expect(assetIds.safeParse('1,22,869218167527833688').success).toBe(true);
  for (const ids of ['', ',', '1,', '1;2', '1 ,2', 'all', '1,2,3,4,5,6,7,8,9,10,11', '9'.repeat(41)])
    expect(assetIds.safeParse(ids).success, ids).toBe(false);
});

test('free places are told by account, and one that says nothing costs itself alone', () => {
  const reply = { executing: 7, available: [{ email: 'a@b.c', available: 2, maxJobs: null }, { email: 'x' }, null] };
  expect(freePlacesReply.parse(reply).available).toMatchObject([{ email: 'a@b.c', available: 2 }]);
  expect(freePlacesReply.safeParse({ available: 4 }).success).toBe(false);
});
