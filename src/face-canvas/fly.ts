import { flightBetween } from './model/flight.ts';
import type { Framing, Viewport } from './model/viewport.ts';

/** How long a flight takes, in milliseconds: by its length between the two. */
export type FlightTime = { readonly shortest: number; readonly longest: number };

/** Milliseconds for a flight of length 1. */
const PACE_MS = 320;

/**
 * Shows one view after another from here to there, the last of them exactly `to`. At once, and without a frame in
 * between, for who asked for less motion. Returns the function that ends it where it is.
 */
export function fly(
  from: Viewport,
  to: Viewport,
  framing: Framing,
  { shortest, longest }: FlightTime,
  show: (viewport: Viewport, isThere: boolean) => void,
): () => void {
  const flight = flightBetween(from, to, framing);
  if (flight.length === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) {
    show(to, true);
    return () => undefined;
  }
  const duration = Math.min(longest, Math.max(shortest, flight.length * PACE_MS));
  let begun: number | undefined;
  const step = (now: number) => {
    begun ??= now;
    const share = Math.min(1, (now - begun) / duration);
    if (share < 1) frame = requestAnimationFrame(step);
    show(flight.at(eased(share)), share >= 1);
  };
  let frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}

/** Slow at both ends. */
const eased = (share: number): number => (share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2);
