/** A repeatable source of chance: the same seed gives the same numbers on every machine. */
export type Random = {
  /** A number from `min` up to, not including, `max`. */
  between(min: number, max: number): number;
  /** One of the items, each equally likely. */
  pick<T>(items: readonly [T, ...T[]]): T;
};

/** A seeded source of chance (mulberry32, public domain, by Tommy Ettinger; the seed mixed by FNV-1a, 32 bit). */
export function createRandom(seed: number | string): Random {
  let state = 0x811c9dc5;
  for (const character of String(seed)) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (min, max) => min + next() * (max - min),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  };
}
