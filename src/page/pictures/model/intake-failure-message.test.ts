import { describe, expect, test } from 'vitest';
import type { OtherKind, PictureFormat } from '#shared/formats/format.ts';
import type { IntakeFailure, IntakeFailureCode } from './intake-failure.ts';
import { intakeFailureMessage, titleAfterName } from './intake-failure-message.ts';

const KINDS: readonly OtherKind[] = [
  'svg',
  'pdf',
  'html',
  'text',
  'zip',
  'archive',
  'video',
  'audio',
  'photoshop',
  'camera-raw',
  'big-tiff',
  'unknown',
];
const FORMATS: readonly PictureFormat[] = ['jpeg', 'png', 'webp', 'avif', 'gif', 'bmp', 'tiff', 'heic', 'jxl', 'jp2'];
const size = { width: 12_000, height: 200 };

/** Every failure there is, by code: a new code does not build until it is here. */
const EXAMPLES: Readonly<Record<IntakeFailureCode, readonly IntakeFailure[]>> = {
  'not-a-picture': KINDS.map((what) => ({ code: 'not-a-picture', what })),
  empty: [{ code: 'empty' }],
  truncated: FORMATS.flatMap((format) =>
    [true, false].map((isUsable) => ({ code: 'truncated', format, isUsable }) as const),
  ),
  broken: FORMATS.map((format) => ({ code: 'broken', format })),
  'too-many-bytes': [{ code: 'too-many-bytes', bytes: 150 * 1024 * 1024 }],
  'too-many-pixels': [{ code: 'too-many-pixels', ...size }],
  'too-small': [{ code: 'too-small', ...size }],
  'too-narrow': [{ code: 'too-narrow', ...size }],
  'not-decodable': FORMATS.map((format) => ({ code: 'not-decodable', format })),
  'unreadable-file': [{ code: 'unreadable-file' }],
  'nothing-to-load': [
    { code: 'nothing-to-load', via: 'drop' },
    { code: 'nothing-to-load', via: 'paste' },
  ],
  'sample-unreachable': [{ code: 'sample-unreachable' }],
  'preparation-failed': [{ code: 'preparation-failed' }],
  unexpected: [{ code: 'unexpected', message: 'x is not a function' }],
  'code-missing': [{ code: 'code-missing' }],
  cancelled: [{ code: 'cancelled' }],
};
const ALL = Object.values(EXAMPLES).flat();

describe('the words for what did not come in', () => {
  test.each(ALL.map((failure) => [JSON.stringify(failure), failure] as const))('%s', (_name, failure) => {
    const { title, cause, cure } = intakeFailureMessage(failure);
    expect(title).toMatch(/^\p{Lu}[^.]*$/u);
    expect(cause).toMatch(/^\p{Lu}.*\.$/u);
    expect(cure).toMatch(/^\p{Lu}.*\.$/u);
    expect(`${title} ${cause} ${cure}`).not.toMatch(/\b(?:invalid|error|failed|illegal|wrong|undefined|NaN)\b/i);
  });

  test('no two failures share a title and a cause', () => {
    const texts = ALL.filter(({ code }) => code !== 'not-decodable' && code !== 'truncated' && code !== 'broken')
      .map(intakeFailureMessage)
      .map(({ title, cause }) => `${title} ${cause}`);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test.each(FORMATS)('behind a file’s name %s is written as ever', (format) => {
    const { title } = intakeFailureMessage({ code: 'not-decodable', format });
    expect(titleAfterName('a file', title)).toBe(`a file: ${title}`);
  });

  test('behind a file’s name a sentence goes on', () => {
    expect(titleAfterName('a.jpg', 'This picture is damaged')).toBe('a.jpg: this picture is damaged');
    expect(titleAfterName('a.jpg', 'Cancelled')).toBe('a.jpg: cancelled');
  });

  test('numbers carry their units', () => {
    expect(intakeFailureMessage({ code: 'too-many-bytes', bytes: 150 * 1024 * 1024 }).cause).toBe(
      'It has 150 MB; up to 100 MB can be read here.',
    );
    expect(intakeFailureMessage({ code: 'too-many-pixels', width: 20_000, height: 20_000 }).cause).toBe(
      'It is 20,000 × 20,000 pixels (400 megapixels); up to 100 megapixels can be opened safely.',
    );
    expect(intakeFailureMessage({ code: 'too-small', width: 100, height: 100 }).cause).toBe(
      'It is 100 × 100 pixels; the service needs at least 300 pixels on each side.',
    );
  });
});
