import { describe, expect, it } from 'vitest';
import { goesOnAfter, pollDelayMs } from './poll-delay.ts';

describe('asking for a task', () => {
  it('begins after two seconds and slows down to fifteen', () => {
    const delays = Array.from({ length: 12 }, (_, asked) => pollDelayMs(asked));
    expect(delays[0]).toBe(2000);
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    expect(delays.at(-1)).toBe(15_000);
    expect(pollDelayMs(100_000)).toBe(15_000);
  });

  it('goes on after failures that pass, and waits for a person after the others', () => {
    expect(goesOnAfter('at-capacity')).toBe(true);
    expect(goesOnAfter('service-unreachable')).toBe(true);
    expect(goesOnAfter('unreadable-reply')).toBe(true);
    expect(goesOnAfter('unauthorized')).toBe(false);
    expect(goesOnAfter('session-broken')).toBe(false);
  });
});
