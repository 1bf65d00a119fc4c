/**
 * How fast bytes may come, all together. Taking them in costs the process that also answers everybody else: what comes
 * faster than this waits, and the others are answered meanwhile.
 */
export type Pace = {
  /** Milliseconds until more may come; 0 when it may now. */
  waitMs(): number;
  /** So many bytes came, or are expected. */
  add(bytes: number): void;
  /** So many were expected and did not come. */
  takeBack(bytes: number): void;
};

/** `burst`: so many bytes may come at once after a pause, however fast. `now`: a clock in milliseconds that nobody sets. */
export function createPace(options: {
  readonly bytesPerSecond: number;
  readonly burst: number;
  readonly now?: () => number;
}): Pace {
  const { bytesPerSecond, burst, now = () => performance.now() } = options;
  /** What came and has not passed yet at this pace, in bytes, and when that was looked at. */
  let level = 0;
  let at = now();
  const sink = () => {
    level = Math.max(0, level - ((now() - at) / 1000) * bytesPerSecond);
    at = now();
  };
  return {
    waitMs: () => {
      sink();
      return level < burst ? 0 : Math.ceil(((level - burst + 1) / bytesPerSecond) * 1000);
    },
    add: (bytes) => {
      sink();
      level += bytes;
    },
    takeBack: (bytes) => {
      sink();
      level = Math.max(0, level - bytes);
    },
  };
}

/** What brings bytes whose number nobody knows before; while it has brought none, it counts as `assumed` of them. */
export type Flow = {
  came(bytes: number): void;
  /** It brings nothing more; again does nothing. */
  end(): void;
};

/** Follows what was counted as `assumed` bytes when it began. */
export function followFlow(pace: Pace, assumed: number): Flow {
  let left = assumed;
  return {
    came: (bytes) => {
      const beyond = Math.max(0, bytes - left);
      left = Math.max(0, left - bytes);
      if (beyond > 0) pace.add(beyond);
    },
    end: () => {
      if (left > 0) pace.takeBack(left);
      left = 0;
    },
  };
}
