import { afterEach, describe, expect, it } from 'vitest';
import { createNumberPreference, createPreference } from './preference.ts';

const KEY = 'test.preference';
const COLOURS = ['red', 'green'] as const;

describe('a preference', () => {
  afterEach(() => localStorage.removeItem(KEY));

  it('is the usual one until somebody chooses, and nothing is kept of that', () => {
    expect(createPreference(KEY, COLOURS).get()).toBe('red');
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('is kept as the plain word that earlier versions wrote and read', () => {
    createPreference(KEY, COLOURS).set('green');
    expect(localStorage.getItem(KEY)).toBe('green');
    expect(createPreference(KEY, COLOURS).get()).toBe('green');
  });

  it('is the usual one where another word is kept, which stays until somebody chooses', () => {
    localStorage.setItem(KEY, 'mauve');
    expect(createPreference(KEY, COLOURS).get()).toBe('red');
    expect(localStorage.getItem(KEY)).toBe('mauve');
  });
});

describe('a preference that is a number', () => {
  afterEach(() => localStorage.removeItem(KEY));

  it('is undefined until somebody chooses, and again when the choice is taken back', () => {
    const width = createNumberPreference(KEY, 320);
    expect(width.get()).toBeUndefined();
    width.set(480);
    expect(localStorage.getItem(KEY)).toBe('480');
    expect(createNumberPreference(KEY, 320).get()).toBe(480);
    width.set(undefined);
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it.each(['12', '-400', '4e9', '480px', ''])('is not chosen where %j is kept', (word) => {
    localStorage.setItem(KEY, word);
    expect(createNumberPreference(KEY, 320).get()).toBeUndefined();
  });
});
