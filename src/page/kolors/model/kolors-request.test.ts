import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASPECT_RATIOS, kolorsFaceRequest } from '#contract/kolors.ts';
import { requestSnippet } from '#page/requests/model/index.ts';
import { costInCredits, DEFAULT_SETTINGS, kolorsRequest, shownKolorsCall } from './kolors-request.ts';

const face = { imageReference: 'https://s21-kling.klingai.com/upload/abc.jpg', faceNo: 3 };
const settings = { ...DEFAULT_SETTINGS, prompt: 'A lighthouse keeper at dusk' };

describe('the Kolors request', () => {
  it('names the face reference, the version that has one, and Kling’s own number', () => {
    expect(kolorsRequest(settings, face, undefined)).toEqual({
      ok: true,
      value: {
        prompt: 'A lighthouse keeper at dusk',
        reference: 'face',
        imageReference: 'https://s21-kling.klingai.com/upload/abc.jpg',
        faceNo: 3,
        faceStrength: 65,
        aspect_ratio: '16:9',
        imageCount: 1,
        version: 'kling-v2-1',
      },
    });
  });

  it('carries no number for a crop of one face', () => {
    const request = kolorsRequest(settings, { imageReference: face.imageReference }, undefined);
    expect(request.ok && 'faceNo' in request.value).toBe(false);
    expect(request).toMatchObject({ value: { reference: 'face', imageReference: face.imageReference } });
  });

  it('carries the account when one was chosen, and no field for it otherwise', () => {
    expect(kolorsRequest(settings, face, 'a@b.c')).toMatchObject({ value: { email: 'a@b.c' } });
    const without = kolorsRequest(settings, face, undefined);
    expect(without.ok && 'email' in without.value).toBe(false);
  });

  it.each([
    ['an empty prompt', { prompt: '' }, 'prompt-missing'],
    ['a prompt of blanks', { prompt: ' \n ' }, 'prompt-missing'],
    ['2,501 characters', { prompt: 'x'.repeat(2501) }, 'prompt-too-long'],
    ['no strength', { faceStrength: 0 }, 'setting-out-of-range'],
    ['a strength beyond 100', { faceStrength: 101 }, 'setting-out-of-range'],
    ['no picture', { imageCount: 0 }, 'setting-out-of-range'],
    ['ten pictures', { imageCount: 10 }, 'setting-out-of-range'],
    ['half a picture', { imageCount: 1.5 }, 'setting-out-of-range'],
  ])('is not made with %s', (_, change, problem) => {
    expect(kolorsRequest({ ...settings, ...change }, face, undefined)).toEqual({ ok: false, error: [problem] });
  });

  it('takes 2,500 characters', () => {
    expect(kolorsRequest({ ...settings, prompt: 'x'.repeat(2500) }, face, undefined).ok).toBe(true);
  });

  it.each(['/files/abc.jpg', 'blob:http://127.0.0.1/abc', 'data:image/png;base64,', 'file:///home/me.jpg', ''])(
    'never carries an address that no service can fetch: %s',
    (imageReference) => {
      expect(kolorsRequest(settings, { ...face, imageReference }, undefined)).toEqual({
        ok: false,
        error: ['picture-not-at-kling'],
      });
    },
  );

  it('tells everything that is in the way, each once', () => {
    const result = kolorsRequest({ ...settings, prompt: '', faceStrength: 0, imageCount: 0 }, face, undefined);
    expect(result).toEqual({ ok: false, error: ['prompt-missing', 'setting-out-of-range'] });
  });

  it('costs one credit a picture', () => {
    expect(costInCredits({ imageCount: 4 })).toBe(4);
  });

  it('is shown as exactly what is sent, whatever was written', () => {
    const anySettings = fc.record({
      prompt: fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }).filter((prompt) => prompt.trim() !== ''),
      faceStrength: fc.integer({ min: 1, max: 100 }),
      aspectRatio: fc.constantFrom(...ASPECT_RATIOS),
      imageCount: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(anySettings, fc.integer({ min: 1, max: 99 }), (any, faceNo) => {
        const request = kolorsRequest(any, { ...face, faceNo }, undefined);
        if (!request.ok) throw new Error(request.error.join());
        const shown = requestSnippet(shownKolorsCall('https://api.useapi.net/v1/kling', request.value), 'json');
        const parsed: unknown = JSON.parse(shown);
        expect(parsed).toEqual(JSON.parse(JSON.stringify(request.value)));
        expect(kolorsFaceRequest.safeParse(parsed).success).toBe(true);
      }),
    );
  });
});
