import { afterEach, describe, expect, it } from 'vitest';
import { createPreference } from './preference.ts';

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
