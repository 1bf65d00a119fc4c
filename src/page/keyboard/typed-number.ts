/** How long after a digit the next one still belongs to the same number, in milliseconds. */
const PATIENCE_MS = 900;

/**
 * Puts typed digits together to a number. Each digit counts at once: `1`, `7` soon after each other are 1 and then 17,
 * wherever they are typed. A number that no further digit can make a possible one is complete, and the next digit
 * begins another.
 */
export class TypedNumber {
  #digits = '';
  #until = Number.NEGATIVE_INFINITY;

  /**
   * The number so far, `highest` being the largest that makes sense; undefined for a digit that is not taken: no number
   * begins with 0. `now` is in milliseconds.
   */
  take(digit: string, highest: number, now = performance.now()): number | undefined {
    const digits = (now < this.#until ? this.#digits : '') + digit;
    const value = Number(digits);
    if (value === 0) return undefined;
    this.#digits = digits;
    this.#until = value * 10 <= highest ? now + PATIENCE_MS : Number.NEGATIVE_INFINITY;
    return value;
  }
}
