import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asksForAccount, wordsOf, wordsOfText } from './service-words.ts';

describe('a service’s own words', () => {
  const SENTENCE = 'Image is not reachable';
  test.each<[string, unknown]>([
    ['error', { error: SENTENCE }],
    ['error with a code as text', { error: SENTENCE, code: '400' }],
    ['error.message', { error: { code: 'BAD', message: SENTENCE } }],
    ['error.message with a status', { error: { code: 400, message: SENTENCE, status: 'INVALID_ARGUMENT' } }],
    ['error.error', { error: { error: SENTENCE } }],
    ['message', { message: SENTENCE, code: '400' }],
    ['message beside an error without words', { error: true, message: SENTENCE }],
    ['message beside an error that is a number', { error: 400, message: SENTENCE }],
    ['message beside an empty error', { error: '', message: SENTENCE }],
    ['a list of errors', { errors: [{ message: SENTENCE }, { message: 'And more' }] }],
    ['a list of sentences', { error: [SENTENCE] }],
    ['detail', { detail: [{ loc: ['body'], msg: SENTENCE }] }],
    ['JSON in a text', { error: JSON.stringify({ message: SENTENCE }) }],
    ['a text alone', SENTENCE],
    ['a list alone', [{ error: { message: `  ${SENTENCE}\n` } }]],
    ['a web page in a text', { error: `<html><title>${SENTENCE}</title></html>` }],
  ])('are found in %s', (_, body) => {
    expect(wordsOf(body)).toBe(SENTENCE);
    expect(wordsOfText(JSON.stringify(body))).toBe(SENTENCE);
  });

  test('are at least the name of the fault', () => {
    expect(wordsOf({ error: { code: 'BAD_REFERENCE' } })).toBe('BAD_REFERENCE');
    expect(wordsOf({ error: { code: '400' } })).toBeUndefined();
  });

  test.each([
    '{}',
    '[]',
    '{"a":1}',
    '{"error":{"x":[1]}}',
    '{"error":',
    '[{"error"',
    '{"error":"{\\"x\\":1}"}',
    '""',
    ' ',
  ])('are never raw JSON: %s', (text) => {
    expect(wordsOfText(text)).toBeUndefined();
  });

  test('may begin like a list and be a sentence', () => {
    expect(wordsOfText('[Kling] no such picture')).toBe('[Kling] no such picture');
  });

  test('are short, and of nothing too deep', () => {
    expect(wordsOf({ error: 'overloaded '.repeat(20_000) })?.length).toBeLessThanOrEqual(1000);
    let deep: unknown = 'far down';
    for (let level = 0; level < 100_000; level += 1) deep = { error: deep };
    expect(wordsOf(deep)).toBeUndefined();
  });

  test('are found or not, and nothing throws', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        const words = wordsOf(body);
        if (words !== undefined) expect(words).toBe(words.trim());
      }),
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(wordsOfText(text) ?? '').not.toMatch(/^\s*[{[]\s*"/);
      }),
    );
  });
});

describe('the question for an account', () => {
  test.each([
    'Parameter email is required',
    'email required: several accounts are configured',
    'Required parameter (email) is missing',
    'EMAIL_REQUIRED',
  ])('is heard in %j', (words) => expect(asksForAccount(words)).toBe(true));

  test.each([undefined, '', 'Parameter imageReference is required', 'emailing is not required', 'The email is wrong'])(
    'is not heard in %j',
    (words) => expect(asksForAccount(words)).toBe(false),
  );
});
