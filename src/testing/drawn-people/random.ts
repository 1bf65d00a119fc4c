/** A repeatable source of chance: the same seed gives the same numbers on every machine. */
export type Random = {
  /** A number from `min` up to, not including, `max`. */
  between(min: number, max: number): number;
  /** One of the items, each equally likely. */
  pick<T>(items: readonly [T, ...T[]]): T;
  /** One of the names, each as likely as its weight says. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>, fallback: NoInfer<K>): K;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** A source of its own for one named purpose, so that drawing more of one thing never changes another. */
  fork(purpose: string): Random;
};

/** FNV-1a, 32 bit: turns a seed and a purpose into a well-mixed state. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}

/** A seeded source of chance (mulberry32, public domain, by Tommy Ettinger). */
export function createRandom(seed: number | string): Random {
  let state = hash(String(seed));
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (min, max) => min + next() * (max - min),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    weighted(weights, fallback) {
      const names = typedKeys(weights);
      const total = names.reduce((sum, name) => sum + (weights[name] ?? 0), 0);
      let rest = next() * total;
      for (const name of names) {
        rest -= weights[name] ?? 0;
        if (rest < 0) return name;
      }
      return fallback;
    },
    chance: (probability) => next() < probability,
    fork: (purpose) => createRandom(`${seed}/${purpose}`),
  };
}

function typedKeys<K extends string>(record: Readonly<Partial<Record<K, number>>>): K[] {
  const names: K[] = [];
  for (const name in record) names.push(name);
  return names;
}
