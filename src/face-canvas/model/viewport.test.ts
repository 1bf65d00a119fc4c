import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imagePoint, imageRect, stagePoint, stageRect } from '#shared/geometry/spaces.ts';
import {
  atFirst,
  centerOn,
  clampViewport,
  type Framing,
  fitScale,
  fitted,
  isFit,
  longSideOf,
  lookAt,
  MAX_FACE_SCALE,
  MAX_SCALE,
  minScale,
  panBy,
  pointToImage,
  pointToStage,
  rectToImage,
  rectToStage,
  reframe,
  reveal,
  type Viewport,
  zoomAt,
  zoomBetween,
  zoomToRect,
} from './viewport.ts';

const side = fc.integer({ min: 1, max: 12_000 });
const framings: fc.Arbitrary<Framing> = fc
  .record({
    width: side,
    height: side,
    roomX: fc.integer({ min: 0, max: 60 }),
    roomY: fc.integer({ min: 0, max: 60 }),
    roomWidth: fc.integer({ min: 50, max: 3000 }),
    roomHeight: fc.integer({ min: 50, max: 2000 }),
  })
  .map(({ width, height, roomX, roomY, roomWidth, roomHeight }) => ({
    picture: { width, height },
    room: stageRect(roomX, roomY, roomWidth, roomHeight),
  }));
const share = fc.double({ min: 0, max: 1, noNaN: true });
/** A framing and some view of it within the limits. */
const views = fc
  .record({ framing: framings, zoom: share, x: share, y: share })
  .map(({ framing, zoom, x, y }): { framing: Framing; viewport: Viewport } => {
    const [low, high] = [minScale(framing), MAX_SCALE];
    const scale = low * (high / low) ** zoom;
    const viewport = { scale, x: -framing.picture.width * scale * x, y: -framing.picture.height * scale * y };
    return { framing, viewport: clampViewport(viewport, framing) };
  });
const pointOn = ({ picture }: Framing, x: number, y: number) => imagePoint(picture.width * x, picture.height * y);

describe('conversion', () => {
  test('image to stage and back is the identity within half a pixel at every zoom', () => {
    fc.assert(
      fc.property(views, share, share, ({ framing, viewport }, x, y) => {
        const point = pointOn(framing, x, y);
        const back = pointToImage(viewport, pointToStage(viewport, point));
        expect(Math.hypot(back.x - point.x, back.y - point.y)).toBeLessThan(0.5);
      }),
    );
  });

  test('a rectangle agrees with its converted corners, there and back', () => {
    fc.assert(
      fc.property(views, side, side, side, side, ({ viewport }, x, y, width, height) => {
        const rect = imageRect(x, y, width, height);
        const onStage = rectToStage(viewport, rect);
        const corner = pointToStage(viewport, imagePoint(x, y));
        const opposite = pointToStage(viewport, imagePoint(x + width, y + height));
        expect(onStage.x).toBeCloseTo(corner.x, 5);
        expect(onStage.y).toBeCloseTo(corner.y, 5);
        expect(onStage.x + onStage.width).toBeCloseTo(opposite.x, 5);
        expect(onStage.y + onStage.height).toBeCloseTo(opposite.y, 5);
        const back = rectToImage(viewport, onStage);
        expect(Math.abs(back.x - x) + Math.abs(back.width - width)).toBeLessThan(0.5);
        expect(Math.abs(back.y - y) + Math.abs(back.height - height)).toBeLessThan(0.5);
      }),
    );
  });
});

describe('fitting', () => {
  test('shows the whole picture within the room, touching two of its sides, in its middle', () => {
    fc.assert(
      fc.property(framings, (framing) => {
        const { picture, room } = framing;
        const shown = rectToStage(fitted(framing), imageRect(0, 0, picture.width, picture.height));
        expect(shown.width).toBeLessThanOrEqual(room.width + 1e-6);
        expect(shown.height).toBeLessThanOrEqual(room.height + 1e-6);
        expect(shown.x + shown.width / 2).toBeCloseTo(room.x + room.width / 2, 5);
        expect(shown.y + shown.height / 2).toBeCloseTo(room.y + room.height / 2, 5);
        const touches = Math.min(room.width - shown.width, room.height - shown.height);
        if (fitScale(framing) < MAX_SCALE) expect(touches).toBeCloseTo(0, 5);
      }),
    );
  });
});

describe('zooming around a point', () => {
  test('keeps the picture point under the pointer when zooming in', () => {
    fc.assert(
      fc.property(
        views,
        fc.double({ min: 1, max: 4, noNaN: true }),
        share,
        share,
        ({ framing, viewport }, factor, x, y) => {
          // Below its fit a picture stays in the middle, so there is nothing to keep.
          fc.pre(viewport.scale >= fitScale(framing));
          const point = pointOn(framing, x, y);
          const pivot = pointToStage(viewport, point);
          const zoomed = zoomAt(viewport, factor, pivot, framing);
          const after = pointToStage(zoomed, point);
          expect(Math.hypot(after.x - pivot.x, after.y - pivot.y)).toBeLessThan(0.5);
        },
      ),
    );
  });

  test('in and out again is where it began', () => {
    fc.assert(
      fc.property(
        views,
        fc.double({ min: 1, max: 4, noNaN: true }),
        share,
        share,
        ({ framing, viewport }, factor, x, y) => {
          fc.pre(viewport.scale >= fitScale(framing) && viewport.scale * factor <= MAX_SCALE);
          const pivot = pointToStage(viewport, pointOn(framing, x, y));
          const back = zoomAt(zoomAt(viewport, factor, pivot, framing), 1 / factor, pivot, framing);
          expect(back.scale / viewport.scale).toBeCloseTo(1, 9);
          expect(Math.hypot(back.x - viewport.x, back.y - viewport.y)).toBeLessThan(0.01);
        },
      ),
    );
  });

  test('out as far as it goes ends at the fit', () => {
    fc.assert(
      fc.property(views, share, share, ({ framing, viewport }, x, y) => {
        fc.pre(fitScale(framing) <= 1);
        const out = zoomAt(viewport, 1e-9, pointToStage(viewport, pointOn(framing, x, y)), framing);
        expect(isFit(out, framing)).toBe(true);
        expect(out.x).toBeCloseTo(fitted(framing).x, 5);
        expect(out.y).toBeCloseTo(fitted(framing).y, 5);
      }),
    );
  });
});

test('two fingers carry the picture point between them along', () => {
  fc.assert(
    fc.property(
      views,
      fc.double({ min: 1.5, max: 4, noNaN: true }),
      share,
      share,
      ({ framing, viewport }, factor, x, y) => {
        fc.pre(viewport.scale >= fitScale(framing) && viewport.scale * factor <= MAX_SCALE);
        const point = pointOn(framing, 0.1 + 0.8 * x, 0.1 + 0.8 * y);
        const from = pointToStage(viewport, point);
        // A short way, so that the enlarged picture has room for it on every side.
        const length = 0.05 * Math.min(framing.picture.width, framing.picture.height) * viewport.scale;
        const to = stagePoint(from.x + length, from.y - length);
        const after = pointToStage(zoomBetween(viewport, factor, from, to, framing), point);
        expect(Math.hypot(after.x - to.x, after.y - to.y)).toBeLessThan(0.5);
      },
    ),
  );
});

describe('limits', () => {
  test('a view within them is left alone, and any move ends within them', () => {
    fc.assert(
      fc.property(views, fc.integer(), fc.integer(), ({ framing, viewport }, dx, dy) => {
        const moved = panBy(viewport, dx, dy, framing);
        const again = clampViewport(moved, framing);
        expect(again.scale).toBe(moved.scale);
        expect(again.x).toBeCloseTo(moved.x, 5);
        expect(again.y).toBeCloseTo(moved.y, 5);
      }),
    );
  });

  test('an enlarged picture always covers the place that it has when it fits, so it cannot be lost', () => {
    fc.assert(
      fc.property(views, fc.integer(), fc.integer(), ({ framing, viewport }, dx, dy) => {
        fc.pre(viewport.scale >= fitScale(framing));
        const whole = imageRect(0, 0, framing.picture.width, framing.picture.height);
        const home = rectToStage(fitted(framing), whole);
        const shown = rectToStage(panBy(viewport, dx, dy, framing), whole);
        expect(shown.x).toBeLessThanOrEqual(home.x + 1e-3);
        expect(shown.y).toBeLessThanOrEqual(home.y + 1e-3);
        expect(shown.x + shown.width).toBeGreaterThanOrEqual(home.x + home.width - 1e-3);
        expect(shown.y + shown.height).toBeGreaterThanOrEqual(home.y + home.height - 1e-3);
      }),
    );
  });
});

describe('going to a face', () => {
  const framing: Framing = { picture: { width: 6000, height: 4000 }, room: stageRect(24, 24, 1000, 700) };

  test('zooms until the face is large, with its surroundings in sight', () => {
    const face = imageRect(3000, 2000, 100, 120);
    const shown = rectToStage(zoomToRect(face, framing), face);
    expect(shown.height).toBeCloseTo(0.45 * 700, 5);
    expect(shown.x + shown.width / 2).toBeCloseTo(24 + 500, 5);
    expect(shown.y + shown.height / 2).toBeCloseTo(24 + 350, 5);
  });

  test('zooms onto a tiny face no further than to 400 % of its pixels, and onto one of no size at all', () => {
    for (const side of [3, 0.5, 0]) {
      const { scale } = zoomToRect(imageRect(3000, 2000, side, side), framing);
      expect(scale).toBe(MAX_FACE_SCALE);
    }
  });

  test('leaves the view alone while everything is in sight', () => {
    const viewport = fitted(framing);
    expect(reveal(viewport, imageRect(100, 100, 200, 200), framing)).toBe(viewport);
  });

  test('walking an enlarged picture brings a face to the middle at the same size', () => {
    const viewport = centerOn(imagePoint(1000, 1000), 0.5, framing);
    const face = imageRect(3000, 2000, 200, 240);
    const after = reveal(viewport, face, framing);
    const shown = rectToStage(after, face);
    expect(after.scale).toBe(0.5);
    expect(shown.x + shown.width / 2).toBeCloseTo(24 + 500, 5);
    expect(shown.y + shown.height / 2).toBeCloseTo(24 + 350, 5);
  });

  test('a face that would leave no room around it makes the picture smaller, never larger', () => {
    const viewport = centerOn(imagePoint(1000, 1000), 4, framing);
    const shown = rectToStage(
      reveal(viewport, imageRect(3000, 2000, 200, 240), framing),
      imageRect(3000, 2000, 200, 240),
    );
    expect(shown.height).toBeCloseTo(0.7 * 700, 5);
    const small = imageRect(3000, 2000, 20, 24);
    expect(reveal(viewport, small, framing).scale).toBe(4);
  });

  test('at the edge of the picture the face is in sight all the same', () => {
    const viewport = centerOn(imagePoint(3000, 2000), 1, framing);
    fc.assert(
      fc.property(share, share, (x, y) => {
        const face = imageRect(5800 * x, 3800 * y, 200, 200);
        const shown = rectToStage(reveal(viewport, face, framing), face);
        const { room } = framing;
        expect(shown.x).toBeGreaterThanOrEqual(room.x - 1e-3);
        expect(shown.y).toBeGreaterThanOrEqual(room.y - 1e-3);
        expect(shown.x + shown.width).toBeLessThanOrEqual(room.x + room.width + 1e-3);
        expect(shown.y + shown.height).toBeLessThanOrEqual(room.y + room.height + 1e-3);
      }),
    );
  });
});

describe('a long picture', () => {
  const room = stageRect(24, 24, 970, 700);
  const tall: Framing = { picture: { width: 800, height: 6000 }, room };
  const wide: Framing = { picture: { width: 8000, height: 1000 }, room };
  const plain: Framing = { picture: { width: 2000, height: 1000 }, room };

  test('is one beyond 1 : 3', () => {
    expect(longSideOf(tall)).toBe('height');
    expect(longSideOf(wide)).toBe('width');
    expect(longSideOf(plain)).toBeUndefined();
    expect(longSideOf({ picture: { width: 300, height: 899 } })).toBeUndefined();
    expect(longSideOf({ picture: { width: 300, height: 900 } })).toBe('height');
  });

  test('fills the room by its short side at first, from its beginning on; any other is shown whole', () => {
    const tallAt = rectToStage(atFirst(tall), imageRect(0, 0, 800, 6000));
    expect(tallAt.width).toBeCloseTo(970, 5);
    expect(tallAt.x).toBeCloseTo(24, 5);
    expect(tallAt.y).toBeCloseTo(24, 5);
    const wideAt = rectToStage(atFirst(wide), imageRect(0, 0, 8000, 1000));
    expect(wideAt.height).toBeCloseTo(700, 5);
    expect(wideAt.x).toBeCloseTo(24, 5);
    expect(wideAt.y).toBeCloseTo(24, 5);
    expect(atFirst(plain)).toEqual(fitted(plain));
  });

  test('is not enlarged beyond 400 %, and never smaller than its fit', () => {
    expect(atFirst({ picture: { width: 30, height: 900 }, room }).scale).toBe(MAX_FACE_SCALE);
    expect(atFirst({ picture: { width: 2, height: 60 }, room }).scale).toBeCloseTo(700 / 60, 5);
  });

  test('fills the room again when the stage changes its size, at the same place', () => {
    const larger: Framing = { picture: tall.picture, room: stageRect(0, 0, 1400, 800) };
    const viewport = panBy(atFirst(tall), 0, -2000, tall);
    const after = reframe(viewport, tall, larger);
    expect(after.scale).toBeCloseTo(1400 / 800, 5);
    const before = pointToImage(viewport, stagePoint(24 + 485, 24 + 350));
    expect(pointToImage(after, stagePoint(700, 400)).y).toBeCloseTo(before.y, 5);
  });
});

describe('when the stage changes its size', () => {
  const small: Framing = { picture: { width: 3000, height: 2000 }, room: stageRect(0, 0, 600, 500) };
  const large: Framing = { picture: { width: 3000, height: 2000 }, room: stageRect(24, 24, 1200, 700) };

  test('a fitted picture fits again', () => {
    expect(reframe(fitted(small), small, large)).toEqual(fitted(large));
    expect(reframe(fitted(large), large, small)).toEqual(fitted(small));
  });

  test('an enlarged one keeps its scale and the point in the middle', () => {
    const viewport = centerOn(imagePoint(1500, 1000), 2, small);
    const after = reframe(viewport, small, large);
    expect(after.scale).toBe(2);
    const middle = pointToImage(after, stagePoint(24 + 600, 24 + 350));
    expect(middle.x).toBeCloseTo(1500, 5);
    expect(middle.y).toBeCloseTo(1000, 5);
  });
});

describe('looking at a face to judge it', () => {
  const framing: Framing = { picture: { width: 4000, height: 3000 }, room: stageRect(20, 20, 800, 600) };

  test('moves nothing where it is in sight and large enough', () => {
    const view = fitted(framing);
    expect(lookAt(view, imageRect(1000, 1000, 400, 500), framing)).toBe(view);
  });

  test('brings a small one to the middle, 150 pixels high', () => {
    const face = imageRect(2000, 1500, 100, 120);
    const view = lookAt(fitted(framing), face, framing);
    const shown = rectToStage(view, face);
    expect(shown.height).toBeCloseTo(150);
    expect(shown.x + shown.width / 2).toBeCloseTo(420);
    expect(shown.y + shown.height / 2).toBeCloseTo(320);
  });

  test('goes no further than 400 % by itself', () => {
    expect(lookAt(fitted(framing), imageRect(2000, 1500, 8, 10), framing).scale).toBe(4);
  });

  test('keeps the scale of what is large enough already', () => {
    const near = lookAt(fitted(framing), imageRect(500, 500, 100, 120), framing);
    expect(lookAt(near, imageRect(3000, 2500, 90, 110), framing).scale).toBe(near.scale);
  });
});
