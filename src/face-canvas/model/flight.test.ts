import { describe, expect, test } from 'vitest';
import { imagePoint, stageRect } from '#shared/geometry/spaces.ts';
import { flightBetween } from './flight.ts';
import { centerOn, type Framing, fitted } from './viewport.ts';

const framing: Framing = { picture: { width: 6000, height: 4000 }, room: stageRect(0, 0, 1200, 800) };
const left = centerOn(imagePoint(900, 2000), 1, framing);
const right = centerOn(imagePoint(5100, 2000), 1, framing);

describe('a flight over the picture', () => {
  test('begins where one is and ends exactly where one wants to be', () => {
    for (const [from, to] of [
      [fitted(framing), right],
      [left, right],
      [right, fitted(framing)],
      [left, centerOn(imagePoint(900, 2000), 3, framing)],
    ] as const) {
      const flight = flightBetween(from, to, framing);
      expect(flight.at(0)).toBe(from);
      expect(flight.at(1)).toBe(to);
      const nearly = flight.at(1 - 1e-6);
      expect(nearly.scale).toBeCloseTo(to.scale, 3);
      expect(nearly.x).toBeCloseTo(to.x, 0);
      expect(nearly.y).toBeCloseTo(to.y, 0);
    }
  });

  test('far across it zooms out on the way, and a little to the side it does not', () => {
    expect(flightBetween(left, right, framing).at(0.5).scale).toBeLessThan(0.6);
    const beside = centerOn(imagePoint(1000, 2000), 1, framing);
    expect(flightBetween(left, beside, framing).at(0.5).scale).toBeGreaterThan(0.98);
  });

  test('moves ever on and never jumps', () => {
    const flight = flightBetween(left, right, framing);
    const places = Array.from({ length: 101 }, (_, step) => {
      const { scale, x } = flight.at(step / 100);
      return (600 - x) / scale;
    });
    for (const [index, place] of places.entries()) {
      if (index === 0) continue;
      const by = place - (places[index - 1] ?? 0);
      expect(by).toBeGreaterThanOrEqual(0);
      expect(by).toBeLessThan(200);
    }
  });

  test('to where one is has no length', () => {
    expect(flightBetween(left, left, framing).length).toBe(0);
    expect(flightBetween(left, right, framing).length).toBeGreaterThan(1);
  });
});
