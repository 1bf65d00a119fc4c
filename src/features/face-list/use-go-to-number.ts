import { useRef } from 'react';

/** How long after a digit the next one still belongs to the same number, in milliseconds. */
const PATIENCE_MS = 900;

/** Collects typed digits into a number: `1`, `2` soon after each other are 1 and then 12. */
export function useGoToNumber(goTo: (faceNo: number) => void): (digit: string) => void {
  const typed = useRef({ digits: '', at: 0 });
  return (digit) => {
    const now = performance.now();
    const digits = now - typed.current.at < PATIENCE_MS ? typed.current.digits + digit : digit;
    typed.current = { digits, at: now };
    goTo(Number(digits));
  };
}
