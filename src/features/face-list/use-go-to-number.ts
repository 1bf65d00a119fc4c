import { useRef } from 'react';

/** How long after a digit the next one still belongs to the same number, in milliseconds. */
const PATIENCE_MS = 900;

/**
 * Collects typed digits into a number: `1`, `2` soon after each other are 1 and then 12. False for a digit that is not
 * taken: no number begins with 0, which fits the picture.
 */
export function useGoToNumber(goTo: (faceNo: number) => void): (digit: string) => boolean {
  const typed = useRef({ digits: '', at: 0 });
  return (digit) => {
    const now = performance.now();
    const digits = now - typed.current.at < PATIENCE_MS ? typed.current.digits + digit : digit;
    if (digits.startsWith('0')) return false;
    typed.current = { digits, at: now };
    goTo(Number(digits));
    return true;
  };
}
