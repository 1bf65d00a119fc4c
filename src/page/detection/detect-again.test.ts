import { beforeEach, describe, expect, test, vi } from 'vitest';
import { allowSending, scopeOf } from '#page/pictures/send-permissions.ts';
import { EMPTY_WORK, type Picture, type PictureOrigin, workStore } from '#page/pictures/work-store.ts';
import { dismissAllToasts, toastsNow } from '#page/platform/notices.ts';
import { createQueryClient } from '#page/platform/query-client.ts';
import { callApi } from '#page/session/api-client.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import type { Exchange, Failure } from '#shared/failure.ts';
import { err, ok } from '#shared/result.ts';
import { detectAgain, whyNotAgain } from './detect-again.ts';
import { type DetectionResult, detectFacesQuery } from './detect-faces.ts';
import type { PictureDetection } from './picture-detection.ts';
import { setUpload, uploadOf, uploads } from './upload-store.ts';
import { readPictureDetection } from './use-picture-detection.ts';

vi.mock('#page/session/api-client.ts', () => ({ callApi: vi.fn() }));

const api = vi.mocked(callApi);

const embedded: EngineSession = {
  engine: 'embedded',
  credentialId: 'server',
  email: undefined,
  needsAccount: false,
  canAsk: true,
};
const kling: EngineSession = { ...embedded, engine: 'kling' };
const pictureOf = (origin: PictureOrigin): Picture => ({
  id: 'a',
  order: 0,
  name: 'a.jpg',
  origin,
  blob: new Blob(['bytes'], { type: 'image/jpeg' }),
  url: '',
  thumbnail: new Blob(),
  thumbnailUrl: '',
  size: { width: 400, height: 300 },
  changes: [],
  orientation: 1,
  warnings: [],
  sha256: 'of the bytes',
});
const file = pictureOf({ kind: 'file', via: 'drop' });
const link = pictureOf({ kind: 'link', url: 'https://pictures.test/a.jpg' });

const exchange: Exchange = {
  method: 'POST',
  path: '/',
  status: 200,
  durationMs: 1,
  body: '{}',
  requestId: undefined,
};
const replyWith = (faces: number) => ({
  status: 0,
  message: '',
  faceItems: Array.from({ length: faces }, (_, index) => ({
    name: `face_${index}`,
    resources: [],
    arguments: [{ name: 'face_bound', value: JSON.stringify({ x: 10 + index * 50, y: 10, width: 40, height: 40 }) }],
  })),
  mediaInfo: { type: 'image', duration: 0, width: 400, height: 300 },
});
const answered = (json: unknown) => ok({ json, exchange });
const failure = (code: Failure['code']): Failure => ({
  code,
  detail: undefined,
  retryAfterMs: undefined,
  exchange: undefined,
});
const before: DetectionResult = {
  detection: {
    faces: [],
    unreadable: [],
    size: file.size,
    warnings: [],
    media: { type: undefined, duration: undefined },
  },
  exchange,
  imageReference: 'https://uploads.test/first.jpg',
};
const done: PictureDetection = { state: 'done', result: before };

beforeEach(() => {
  workStore.setState(EMPTY_WORK);
  dismissAllToasts();
  uploads.clear();
  api.mockReset();
});

describe('whether a picture can be detected again', () => {
  const allowed = (picture: Picture) => {
    allowSending([scopeOf(kling)], [picture.id]);
    return picture;
  };

  test('where the answer can differ: a live service, a link, an earlier visit, after a failure', () => {
    expect(whyNotAgain(kling, allowed(file), done)).toBeUndefined();
    expect(whyNotAgain(embedded, link, done)).toBeUndefined();
    expect(whyNotAgain(embedded, file, { state: 'done', result: { ...before, isRemembered: true } })).toBeUndefined();
    expect(whyNotAgain(embedded, file, { state: 'failed', failure: failure('server-fault') })).toBeUndefined();
    expect(whyNotAgain(embedded, file, { state: 'cancelled' })).toBeUndefined();
  });

  test('elsewhere it says why not', () => {
    expect(whyNotAgain(embedded, file, done)).toBe('same-answer');
    expect(whyNotAgain(kling, file, done)).toBe('not-sent');
    expect(whyNotAgain(kling, file, { state: 'not-sent' })).toBe('not-sent');
    expect(whyNotAgain({ ...kling, canAsk: false }, allowed(file), done)).toBe('token-required');
    expect(whyNotAgain(embedded, file, { state: 'uploading', progress: 0.5 })).toBe('under-way');
    expect(whyNotAgain(embedded, file, { ...done, isAskedAgain: true })).toBe('under-way');
    const saved = { ...before, engine: 'embedded', source: { kind: 'file', via: 'drop' }, crops: new Map() } as const;
    expect(whyNotAgain(embedded, pictureOf({ kind: 'replay', saved }), done)).toBe('saved-result');
  });
});

describe('detecting again', () => {
  const start = () => {
    const client = createQueryClient();
    allowSending([scopeOf(kling)], [file.id]);
    setUpload(kling, file, { state: 'done', address: before.imageReference });
    client.setQueryData(detectFacesQuery(kling, before.imageReference, file).queryKey, before);
    return { client, now: () => readPictureDetection(client, kling, file) };
  };
  const facesOf = (detection: PictureDetection) =>
    detection.state === 'done' ? detection.result.detection.faces.length : undefined;

  test('the old answer stays until the new one is there', async () => {
    const { client, now } = start();
    let answer: (reply: ReturnType<typeof answered>) => void = () => {};
    api.mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const again = detectAgain(client, kling, file, now());
    await vi.waitFor(() => expect(api).toHaveBeenCalledTimes(1));
    expect(now()).toEqual({ ...done, isAskedAgain: true });
    answer(answered(replyWith(2)));
    await again;
    expect(facesOf(now())).toBe(2);
  });

  test('a failure changes nothing and is told', async () => {
    const { client, now } = start();
    api.mockResolvedValueOnce(err(failure('refused-by-service')));
    await detectAgain(client, kling, file, now());
    expect(now()).toEqual(done);
    expect(toastsNow()).toMatchObject([{ title: 'a.jpg was not detected again' }]);
  });

  test('what the service no longer has is uploaded again, and the old answer is shown meanwhile', async () => {
    const { client, now } = start();
    const second = 'https://uploads.test/second.jpg';
    const shown: PictureDetection[] = [];
    api.mockImplementation(async ({ path, body }) => {
      shown.push(now());
      if (path.endsWith('/assets/')) return answered({ url: second });
      return String(body).includes(second) ? answered(replyWith(3)) : err(failure('result-gone'));
    });
    await detectAgain(client, kling, file, now());
    expect(shown.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(facesOf(now())).toBe(3);
    expect(uploadOf(kling, file)).toEqual({ state: 'done', address: second });
  });
});
