import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENGINE_NAMES } from '#contract/routes.ts';
import { MAX_FRAGMENT_LENGTH, parseShareFragment, shareFragment } from './share-address.ts';

const webLink = fc
  .webUrl({ withQueryParameters: true, withFragments: true })
  .map((url) => new URL(url).href)
  .filter((url) => url.length < 2_000);
const share = fc.record({
  link: webLink,
  engine: fc.constantFrom(...ENGINE_NAMES),
  faceNo: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
});

describe('a shared address', () => {
  test('comes back as it was, with or without its #', () => {
    fc.assert(
      fc.property(share, fc.constantFrom('', '#'), (shared, mark) => {
        expect(parseShareFragment(mark + (shareFragment(shared) ?? ''))).toEqual({ ok: true, value: shared });
      }),
    );
  });

  test('never has anything in it that would end the fragment or break a line', () => {
    fc.assert(
      fc.property(share, (shared) => {
        expect(shareFragment(shared)).toMatch(/^[\w%.*+&=-]+$/);
      }),
    );
  });

  test('is not made when it would be cut on its way', () => {
    const link = `https://example.com/${'a'.repeat(MAX_FRAGMENT_LENGTH)}`;
    expect(shareFragment({ link, engine: 'embedded', faceNo: 1 })).toBeUndefined();
  });

  test('whatever a stranger writes gives a plain http(s) link or nothing, and never throws', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string().map((text) => `link=${text}`),
      fc.string().map((text) => `link=${encodeURIComponent(text)}&engine=kling&face=${text}`),
      fc
        .tuple(fc.constantFrom('javascript:', 'data:', 'file://', 'blob:', 'https://', 'HTTP://'), fc.string())
        .map(([scheme, rest]) => `#link=${encodeURIComponent(scheme + rest)}`),
    );
    fc.assert(
      fc.property(hostile, (fragment) => {
        const parsed = parseShareFragment(fragment);
        if (!parsed.ok) return;
        const url = new URL(parsed.value.link);
        expect(['http:', 'https:']).toContain(url.protocol);
        expect([url.username, url.password]).toEqual(['', '']);
        expect(ENGINE_NAMES).toContain(parsed.value.engine);
        const { faceNo } = parsed.value;
        expect(faceNo === undefined || (Number.isInteger(faceNo) && faceNo >= 1 && faceNo <= 100_000)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['no fragment', '', 'none'],
    ['an empty fragment', '#', 'none'],
    ['a place on a page', '#top', 'none'],
    ['an engine without a link', '#engine=kling', 'none'],
    ['an empty link', '#link=', 'unusable'],
    ['a script', '#link=javascript:alert(1)', 'unusable'],
    ['data', '#link=data:image/png;base64,AAAA', 'unusable'],
    ['a password', '#link=https://user:secret@example.com/a.jpg', 'unusable'],
    ['an unknown engine', '#link=https://example.com/a.jpg&engine=evil', 'unusable'],
    ['an endless link', `#link=https://example.com/${'a'.repeat(MAX_FRAGMENT_LENGTH)}`, 'unusable'],
  ])('with %s is nothing that can be opened', (_name, fragment, problem) => {
    expect(parseShareFragment(fragment)).toEqual({ ok: false, error: problem });
  });

  test.each([
    ['0', undefined],
    ['01', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['999999', undefined],
    ['7', 7],
  ])('face %s reads as %s', (face, faceNo) => {
    expect(parseShareFragment(`#link=https://example.com/a.jpg&face=${face}`)).toEqual({
      ok: true,
      value: { link: 'https://example.com/a.jpg', engine: 'embedded', faceNo },
    });
  });
});
