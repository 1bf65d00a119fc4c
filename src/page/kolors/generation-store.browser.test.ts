import { deleteDB, openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { pageDatabase } from '#page/platform/page-database.ts';
import {
  claimGeneration,
  forgetGeneration,
  forgetGenerations,
  noteGeneration,
  rememberedGenerations,
  type StoredGeneration,
} from './generation-store.ts';

const sending = (id: string, prompt = 'A lighthouse keeper'): StoredGeneration => ({
  id,
  createdAt: 1,
  request: {
    prompt,
    reference: 'face',
    imageReference: 'https://s21-kling.klingai.com/a.jpg',
    faceNo: 1,
    faceStrength: 65,
    aspect_ratio: '16:9',
    imageCount: 1,
    version: 'kling-v2-1',
  },
  credential: 'server',
  pictureName: 'team.jpg',
  pictureSha256: 'aa',
  faceName: 'Face 1',
  phase: { kind: 'sending' },
  crop: new Blob(['a face'], { type: 'image/jpeg' }),
});

const listed = () => rememberedGenerations.now().value;
const phaseOf = (id: string) => listed().find((entry) => entry.id === id)?.phase;

/** Ends and forgets everything that an earlier test left. */
beforeEach(async () => {
  const leave = rememberedGenerations.hear();
  await expect.poll(() => rememberedGenerations.now().status).toBe('ready');
  for (const { id } of listed()) {
    await noteGeneration(id, { kind: 'task-made', taskId: '1' });
    await noteGeneration(id, { kind: 'not-there', why: 'not-found' });
    await forgetGeneration(id);
  }
  expect(listed()).toEqual([]);
  return leave;
});

describe('what is remembered of paid requests', () => {
  it('lets one of many claims for the same request through, whoever comes at once', async () => {
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((id) => claimGeneration(sending(id), undefined)));
    expect(claims.filter((claim) => claim.ok)).toHaveLength(1);
    expect(listed()).toHaveLength(1);
  });

  it('lets a confirmation through once', async () => {
    const claims = await Promise.all([
      claimGeneration(sending('a'), undefined),
      claimGeneration(sending('a'), undefined),
    ]);
    expect(claims.map((claim) => claim.ok).toSorted()).toEqual([false, true]);
  });

  it('keeps the crop, and what happened', async () => {
    await claimGeneration(sending('a'), undefined);
    await noteGeneration('a', { kind: 'task-made', taskId: '7' });
    expect(phaseOf('a')).toEqual({ kind: 'running', taskId: '7' });
    expect(await listed()[0]?.crop?.text()).toBe('a face');
  });

  it('gives the same crop after every reading, so that who shows it has nothing to load again', async () => {
    await claimGeneration(sending('a'), undefined);
    const crop = listed()[0]?.crop;
    expect(crop).toBeInstanceOf(Blob);
    await noteGeneration('a', { kind: 'task-made', taskId: '7' });
    expect(listed()[0]?.crop).toBe(crop);
  });

  it('keeps what is not over when everything is forgotten, and goes on holding the same request back', async () => {
    for (const id of ['over', 'running', 'unknown', 'sending']) await claimGeneration(sending(id, id), undefined);
    await noteGeneration('over', { kind: 'refused', failure: { code: 'bad-request' } });
    await noteGeneration('running', { kind: 'task-made', taskId: '7' });
    await noteGeneration('unknown', { kind: 'no-answer', detail: undefined });
    const ids = () => listed().map(({ id }) => id);

    expect(await forgetGenerations(new Set())).toBe(3);
    expect(ids().toSorted()).toEqual(['running', 'sending', 'unknown']);
    expect((await claimGeneration(sending('again', 'unknown'), undefined)).ok).toBe(false);

    expect(await forgetGenerations(new Set(['unknown', 'running'])), 'those that a person named').toBe(1);
    expect(ids()).toEqual(['sending']);
    expect((await claimGeneration(sending('again', 'unknown'), undefined)).ok).toBe(true);
  });

  it('forgets nothing that may still be paid for', async () => {
    await claimGeneration(sending('a'), undefined);
    await forgetGeneration('a');
    expect(listed()).toHaveLength(1);
    await noteGeneration('a', { kind: 'refused', failure: { code: 'at-capacity' } });
    await forgetGeneration('a');
    expect(listed()).toEqual([]);
  });

  it('lets an unknown outcome be repeated once, and says so at the first', async () => {
    await claimGeneration(sending('a'), undefined);
    await noteGeneration('a', { kind: 'no-answer', detail: undefined });
    const again = await Promise.all([claimGeneration(sending('b'), 'a'), claimGeneration(sending('c'), 'a')]);
    expect(again.filter((claim) => claim.ok)).toHaveLength(1);
    expect(listed().find(({ id }) => id === 'a')?.sentAgainAs).toMatch(/^[bc]$/);
  });

  it('is one list with an old page in another tab: what that one claimed is not claimed again, and it claims no more', async () => {
    await pageDatabase.close();
    await deleteDB('facebound');
    // As pages did that kept generations alone.
    const openOldPage = () =>
      openDB('facebound', 1, {
        upgrade: (db) => void db.createObjectStore('generations', { keyPath: 'id' }),
        blocking: (_current, _blocked, event) => {
          if (event.target instanceof IDBDatabase) event.target.close();
        },
      });
    const oldPage = await openOldPage();
    await oldPage.add('generations', sending('old'));

    const claim = await claimGeneration(sending('new'), undefined);
    expect(claim.ok).toBe(false);
    expect(listed().map(({ id }) => id)).toEqual(['old']);
    await expect(oldPage.add('generations', sending('older'))).rejects.toThrow();
    await expect(openOldPage()).rejects.toThrow(/version/);
  });

  it('tells other tabs', async () => {
    const otherTab = new BroadcastChannel('facebound.memory');
    const told = new Promise((resolve) => otherTab.addEventListener('message', resolve, { once: true }));
    await claimGeneration(sending('a'), undefined);
    await told;
    otherTab.close();
  });
});
