import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerId,
  fileId,
  isOutdated,
  memoryKey,
  type StoredAnswer,
  type StoredPicture,
  storedAnswer,
  storedFile,
  storedPicture,
} from './records.ts';

const picture: StoredPicture = {
  key: 'file x',
  name: 'team.jpg',
  origin: { kind: 'file', via: 'drop' },
  size: { width: 1600, height: 1000 },
  notes: ['turned upright'],
  orientation: 1,
  concerns: [],
  sha256: 'a'.repeat(64),
  bytes: 1234,
  thumbnail: new Blob(['x']),
  faces: 7,
  answerBytes: 0,
  openedAt: 1,
};
const whose = { picture: 'file x', engine: 'kling', credential: 'own', email: 'a@example.com' } as const;
const answer: StoredAnswer = {
  ...whose,
  id: answerId(whose),
  imageReference: 'https://example.com/a.jpg',
  exchange: { method: 'POST', path: '/x', status: 200, durationMs: 12.5, body: '{}', requestId: 'r' },
  at: 2,
};

describe('what is remembered', () => {
  test('reads back as it was written', () => {
    expect(storedPicture.parse(picture)).toEqual(picture);
    expect(storedAnswer.parse(answer)).toEqual(answer);
  });

  test('what is known of a file reads back, in a folder or not, and nobody takes it for an answer', () => {
    const known = { size: { width: 3000, height: 4000 }, orientation: 6, sha256: 'b'.repeat(64) } as const;
    for (const path of ['holiday/a.jpg', undefined]) {
      const file = { id: fileId('file x'), picture: 'file x', handedOver: { path, ...known } };
      expect(storedFile.parse(file)).toEqual(file);
      expect(storedAnswer.safeParse(file).success).toBe(false);
    }
    expect(storedFile.safeParse(answer).success).toBe(false);
    expect(fileId('file x')).not.toBe(answerId(whose));
  });

  test('a link under its address alone was written by an earlier version', () => {
    const origin = { kind: 'link', url: 'https://example.com/a.jpg' } as const;
    expect(isOutdated({ ...picture, origin, key: `link ${origin.url}` })).toBe(true);
    expect(isOutdated({ ...picture, origin, key: memoryKey(origin, picture.sha256) })).toBe(false);
    expect(isOutdated(picture)).toBe(false);
  });

  test.each([
    ['a name that is none', { name: 1 }],
    ['a side of nothing', { size: { width: 0, height: 10 } }],
    ['a thumbnail that is text', { thumbnail: 'data:image/png;base64,' }],
    ['another hash', { sha256: 'abc' }],
    ['a link that runs a script', { origin: { kind: 'link', url: 'javascript:alert(1)' } }],
    ['an origin of a later version', { origin: { kind: 'camera' } }],
  ])('is refused with %s', (_name, wrong) => {
    expect(storedPicture.safeParse({ ...picture, ...wrong }).success).toBe(false);
  });

  test('anything at all is either a record or refused, never an exception', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(typeof storedPicture.safeParse(value).success).toBe('boolean');
        expect(typeof storedAnswer.safeParse(value).success).toBe('boolean');
      }),
    );
  });

  test('drops what a record has too much, such as a token that somebody once put there', () => {
    const parsed = storedAnswer.parse({ ...answer, token: 'user:1234-secret' });
    expect(JSON.stringify(parsed)).not.toContain('secret');
  });

  test('files are the same by their bytes, links by their address as well, answers by who was asked as whom', () => {
    const { origin, sha256 } = picture;
    if (origin.kind !== 'file') throw new Error('This picture came as a file');
    expect(memoryKey(origin, sha256)).toBe(memoryKey({ kind: 'file' }, sha256));
    expect(memoryKey(origin, sha256)).not.toBe(memoryKey(origin, 'b'.repeat(64)));
    const link = { kind: 'link', url: 'https://example.com/a.jpg' } as const;
    expect(memoryKey(link, sha256)).not.toBe(memoryKey(link, 'b'.repeat(64)));
    expect(memoryKey(link, sha256)).not.toBe(memoryKey({ ...link, url: 'https://example.com/b.jpg' }, sha256));
    const saved = { kind: 'replay', engine: 'embedded', exchange: { body: '{}' } } as const;
    expect(memoryKey(saved, sha256)).not.toBe(memoryKey({ ...saved, engine: 'kling' }, sha256));
    expect(memoryKey(saved, sha256)).not.toBe(
      memoryKey({ ...saved, exchange: { readFrom: 'yolo', body: '{}' } }, sha256),
    );
    // Yesterday's answer of an engine and today's are two.
    expect(memoryKey(saved, sha256)).not.toBe(memoryKey({ ...saved, exchange: { body: '{"a":1}' } }, sha256));
    expect(memoryKey(saved, sha256)).toBe(memoryKey({ ...saved, exchange: { body: '{}' } }, sha256));
    expect(answerId(whose)).not.toBe(answerId({ ...whose, credential: 'server' }));
    expect(answerId(whose)).not.toBe(answerId({ ...whose, email: 'b@example.com' }));
  });
});
