import { describe, expect, test } from 'vitest';
import { uploadAssetReplyLenient } from './assets.ts';

const URL = 'https://s21-kling.klingai.com/a.jpg';

describe('an upload’s reply', () => {
  test.each([
    { status: 3, url: URL, message: null, fileName: 'a.jpg' },
    { status: null, url: URL, message: '', fileName: null },
    { status: '3', url: URL, message: 0, fileName: 7 },
    { status: 'ok', url: ` ${URL}\n`, message: { text: 'done' }, fileName: ['a.jpg'] },
    { status: {}, url: URL, message: [], fileName: false, extra: null },
    { url: URL },
  ])('gives its address whatever else it says: %j', (reply) => {
    expect(uploadAssetReplyLenient.parse(reply).url).toBe(URL);
  });

  test.each([null, 'x', [], {}, { url: null }, { url: '' }, { url: 'javascript:alert(1)' }, { url: 7 }])(
    'gives none in %j',
    (reply) => {
      expect(uploadAssetReplyLenient.safeParse(reply).success).toBe(false);
    },
  );
});
