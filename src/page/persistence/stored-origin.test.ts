import { describe, expect, test } from 'vitest';
import { parseDetection } from '#page/pictures/model/parse-detection.ts';
import type { PictureOrigin } from '#page/pictures/work-store.ts';
import type { Exchange } from '#shared/failure.ts';
import { storedPicture } from './records.ts';
import { fromStoredExchange, fromStoredOrigin, keyOf, toStoredExchange, toStoredOrigin } from './stored-origin.ts';

const size = { width: 640, height: 480 };
const body = JSON.stringify({
  status: 0,
  faceItems: [
    {
      name: 'face_0',
      resources: [],
      arguments: [{ name: 'face_bound', value: '{"x":10,"y":20,"width":30,"height":40}' }],
    },
  ],
  mediaInfo: { type: 'image', duration: 0, ...size },
});
const exchange: Exchange = {
  method: 'POST',
  path: '/engines/kling/v1/kling/images/recognize-faces',
  status: 200,
  durationMs: 412,
  body,
  requestId: undefined,
};

/** As a reload does it: written as a record, parsed, and made an origin again. */
function afterReload(origin: PictureOrigin): PictureOrigin {
  const record = storedPicture.parse({
    key: 'x',
    name: 'team.jpg',
    origin: toStoredOrigin(origin),
    size,
    notes: [],
    orientation: 1,
    concerns: [],
    sha256: 'a'.repeat(64),
    bytes: 1,
    thumbnail: new Blob([]),
    answerBytes: 0,
    openedAt: 1,
  });
  return fromStoredOrigin(record, undefined);
}

describe('where a picture came from, after a reload', () => {
  test('an exchange is the same, with and without what the service left out', () => {
    expect(fromStoredExchange(toStoredExchange(exchange))).toEqual(exchange);
    const full = { ...exchange, requestId: 'r-1', status: undefined };
    expect(fromStoredExchange(toStoredExchange(full))).toEqual(full);
  });

  test('a file and a link are the same', () => {
    for (const origin of [
      { kind: 'file', via: 'paste' },
      { kind: 'link', url: 'https://example.com/a.jpg' },
    ] as const) {
      expect(afterReload(origin)).toEqual(origin);
    }
  });

  test('a saved result brings its faces and the bytes of its crops along', async () => {
    const detection = parseDetection(JSON.parse(body), size);
    if (!detection.ok) throw new Error(detection.error.detail);
    const blob = new Blob(['crop']);
    const crop = 'https://cdn.example.com/crop.jpg';
    const origin = afterReload({
      kind: 'replay',
      saved: {
        engine: 'kling',
        detection: detection.value,
        exchange,
        imageReference: 'https://cdn.example.com/team.jpg',
        source: { kind: 'file', via: 'drop' },
        crops: new Map([[crop, { blob, url: 'blob:of-the-page-before' }]]),
      },
    });
    if (origin.kind !== 'replay') throw new Error(origin.kind);
    const { saved } = origin;
    expect(saved).toMatchObject({ engine: 'kling', exchange, source: { kind: 'file', via: 'drop' } });
    expect(saved.detection).toEqual(detection.value);
    // It stays under the key that it was written with, also where an earlier version made that otherwise.
    expect(keyOf({ origin, sha256: 'a'.repeat(64) })).toBe('x');
    const kept = saved.crops.get(crop);
    expect(await kept?.blob.text()).toBe('crop');
    expect(kept?.url).not.toBe('blob:of-the-page-before');
    if (kept !== undefined) URL.revokeObjectURL(kept.url);
  });
});
