import { stagePoint } from '#shared/geometry/spaces.ts';
import { type Framing, pointToImage, type Viewport } from './viewport.ts';

/** A way from one view to another. */
export type Flight = {
  /** How long it is to the eye, in units in which zooming to e times the size is √2; 0 where nothing moves. */
  readonly length: number;
  /** The view after this share of the way, 0 to 1, at a speed that the eye finds even. It may go beyond the limits of views. */
  at(share: number): Viewport;
};

/** How much a long way zooms out on the way: van Wijk and Nuij found 1.42 for maps; over a picture less is calmer. */
const CURVATURE = 1.15;
/** Ways shorter than this part of a view only zoom. */
const NO_WAY = 1e-4;

/**
 * The smooth way between two views of a picture after van Wijk and Nuij ("Smooth and efficient zooming and panning",
 * 2003): it zooms out as far as the distance asks for, so that what is passed can be followed.
 */
export function flightBetween(from: Viewport, to: Viewport, framing: Framing): Flight {
  const { room } = framing;
  const middle = stagePoint(room.x + room.width / 2, room.y + room.height / 2);
  const start = pointToImage(from, middle);
  const end = pointToImage(to, middle);
  const [w0, w1] = [room.width / from.scale, room.width / to.scale];
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const distance = Math.hypot(dx, dy);
  const isStill = distance < NO_WAY * Math.min(w0, w1);
  const curve = isStill ? zoomOnly(w0, w1) : curveOf(w0, w1, distance);
  return {
    length: Math.abs(curve.length),
    at: (share) => {
      if (share <= 0) return from;
      if (share >= 1) return to;
      const { moved, width } = curve.at(share);
      const scale = room.width / width;
      return {
        scale,
        x: middle.x - (start.x + dx * moved) * scale,
        y: middle.y - (start.y + dy * moved) * scale,
      };
    },
  };
}

type Curve = {
  readonly length: number;
  /** How much of the distance is behind, and how much of the picture is seen then, in its pixels. */
  at(share: number): { readonly moved: number; readonly width: number };
};

function zoomOnly(w0: number, w1: number): Curve {
  const length = Math.log(w1 / w0) / CURVATURE;
  return { length, at: (share) => ({ moved: share, width: w0 * Math.exp(CURVATURE * length * share) }) };
}

function curveOf(w0: number, w1: number, distance: number): Curve {
  const rho2 = CURVATURE ** 2;
  const bend = (width: number, sign: 1 | -1) => {
    const b = (w1 ** 2 - w0 ** 2 + sign * (rho2 * distance) ** 2) / (2 * width * rho2 * distance);
    return -Math.asinh(b);
  };
  const [r0, r1] = [bend(w0, 1), bend(w1, -1)];
  const length = (r1 - r0) / CURVATURE;
  return {
    length,
    at: (share) => {
      const r = r0 + CURVATURE * length * share;
      return {
        moved: (w0 / (rho2 * distance)) * (Math.cosh(r0) * Math.tanh(r) - Math.sinh(r0)),
        width: (w0 * Math.cosh(r0)) / Math.cosh(r),
      };
    },
  };
}
