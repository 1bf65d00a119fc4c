import { describe, expect, it } from 'vitest';
import { iou } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import {
  BACKGROUND,
  codecOf,
  colourNetworks,
  fileOf,
  LEFT_EYE,
  type PaintedFace,
  paintFaces,
  pixelAt,
  RIGHT_EYE,
  readJpeg,
  sourceOf,
} from '#testing/detector/fake-ports.ts';
import type { DetectedFace } from '../detection.ts';
import { withResolver } from '../with-resolver.ts';
import { createFaceEngine } from './face-engine.ts';

/** Detects painted faces; `passes` counts how often the network looked. */
async function detect(size: Size, faces: readonly PaintedFace[], fullSize = size) {
  let passes = 0;
  const pixels = sourceOf(paintFaces(size, faces));
  const networks = colourNetworks(() => {
    passes += 1;
  });
  const result = await createFaceEngine({ codec: codecOf([{ size: fullSize, pixels }]), networks }).detect(fileOf(0));
  if (!result.ok) throw new Error(result.error.reason);
  return { ...result.value, passes, isClosed: pixels.isClosed };
}
const square = (x: number, y: number, side: number): ImageRect => imageRect(x, y, side, side);
const rectOf = ({ bound }: DetectedFace): ImageRect => imageRect(bound.x, bound.y, bound.width, bound.height);
/** Each expected box is found once, in this order, and nothing else. */
function expectFaces(found: readonly DetectedFace[], expected: readonly ImageRect[], least = 0.85): void {
  expect(found.map(rectOf)).toHaveLength(expected.length);
  found.forEach((face, index) => {
    expect(iou(rectOf(face), expected[index] ?? square(0, 0, 1))).toBeGreaterThan(least);
  });
}

describe('the pipeline, from pixels to faces', () => {
  it('finds a large face at the first look, to the pixel where the picture fits the network', async () => {
    const box = imageRect(100, 60, 140, 180);
    const outcome = await detect({ width: 512, height: 400 }, [{ box, score: 0.8 }]);
    expect(outcome).toMatchObject({ width: 512, height: 400, passes: 1 });
    expect(outcome.faces.map(rectOf)).toEqual([box]);
    expect(outcome.faces[0]?.score).toBeCloseTo(0.8, 2);
    const standing = await detect({ width: 400, height: 512 }, [{ box }]);
    expect(standing.faces.map(rectOf)).toEqual([box]);
  });

  it('looks closer when it sees nobody, finds who is too small for the first look, and each once', async () => {
    const faces = [square(30, 400, 34), square(700, 480, 34), square(790, 40, 34), square(1500, 900, 34)];
    const outcome = await detect(
      { width: 1600, height: 1000 },
      faces.map((box) => ({ box })),
    );
    expect(outcome.passes).toBe(2);
    expectFaces(outcome.faces, faces);
  });

  it('takes no half of a face that a tile cuts for a face, and has the whole one from the next tile', async () => {
    // The first tile of 640 pixels ends in the middle of the first face, which is whole in the second, from 480 on.
    const crowd = [620, 150, 300, 850, 1000, 1150, 1400].map((x, index) => square(x, 300 + (index % 2) * 60, 40));
    const { faces, passes } = await detect(
      { width: 1600, height: 640 },
      crowd.map((box) => ({ box })),
    );
    expect(passes).toBeGreaterThan(2);
    expectFaces(
      faces,
      crowd.toSorted((a, b) => a.x - b.x),
    );
  });

  it('tells a large face once although a closer look shows it again, beside the small ones that it is for', async () => {
    const [large, small] = [square(500, 200, 600), square(100, 800, 60)];
    const { faces, passes } = await detect({ width: 1600, height: 1000 }, [{ box: large }, { box: small }]);
    expect(passes).toBe(2);
    expectFaces(faces, [small, large]);
  });

  it('takes a weak sign of a small face for a reason to look closer, not for a face', async () => {
    const size = { width: 1024, height: 1024 };
    const weak = { box: square(100, 100, 60), score: 0.3, eyes: false };
    const unseen = { box: square(800, 800, 30) };
    const outcome = await detect(size, [weak, unseen]);
    expect(outcome.passes).toBeGreaterThan(1);
    expectFaces(outcome.faces, [unseen.box]);
  });

  it.each([
    [0.45, false, 'no face'],
    [0.75, false, 'a face'],
    [0.45, true, 'a face'],
    [0.25, true, 'a face'],
    [0.25, false, 'no face'],
    [0.15, true, 'no face'],
  ])(
    'takes a box of score %f, with a face in it as the second network sees it: %o, for %s',
    async (score, eyes, word) => {
      const { faces } = await detect({ width: 512, height: 512 }, [{ box: square(100, 100, 200), score, eyes }]);
      expect(faces).toHaveLength(word === 'a face' ? 1 : 0);
    },
  );

  it('asks the second network about faces at the edge and smaller than its square', async () => {
    const faces = [square(0, 0, 90), square(422, 400, 90), square(200, 200, 50)];
    const outcome = await detect(
      { width: 512, height: 490 },
      faces.map((box) => ({ box, score: 0.25 })),
    );
    expectFaces(
      outcome.faces,
      [0, 2, 1].map((index) => faces[index] ?? square(0, 0, 1)),
    );
  });

  it('orders faces left to right, ties top to bottom', async () => {
    const places = [square(300, 40, 100), square(40, 300, 100), square(40, 60, 100), square(180, 200, 100)];
    const { faces } = await detect(
      { width: 512, height: 512 },
      places.map((box) => ({ box })),
    );
    expect(faces.map(rectOf)).toEqual([2, 1, 3, 0].map((index) => places[index]));
  });

  it('answers in pixels of the full picture where it holds a smaller copy', async () => {
    const outcome = await detect({ width: 512, height: 400 }, [{ box: imageRect(100, 60, 140, 180) }], {
      width: 1536,
      height: 1200,
    });
    expect(outcome).toMatchObject({ width: 1536, height: 1200 });
    expect(outcome.faces.map(rectOf)).toEqual([imageRect(300, 180, 420, 540)]);
    // Its pictures come from the copy: 140 + 2 × 45 by 180 + 2 × 45.
    const crop = readJpeg(outcome.faces[0]?.crop ?? new Uint8Array());
    expect([crop.width, crop.height]).toEqual([230, 270]);
    expect(pixelAt(crop, 45 + 42, 45 + 72)).toEqual(LEFT_EYE);
  });

  it('finds nobody where nobody is', async () => {
    expect((await detect({ width: 300, height: 200 }, [])).faces).toEqual([]);
    expect((await detect({ width: 1, height: 1 }, [])).faces).toEqual([]);
  });
});

describe("a face's pictures", () => {
  it('are its box with a quarter around it, in its own pixels, up to the edge of the picture', async () => {
    const { faces } = await detect({ width: 512, height: 400 }, [
      { box: square(10, 150, 100) },
      { box: square(300, 150, 100) },
    ]);
    const [atEdge, inside] = faces.map(({ crop }) => readJpeg(crop));
    expect([atEdge?.width, atEdge?.height]).toEqual([10 + 100 + 25, 150]);
    if (inside === undefined) throw new Error('no second face');
    expect([inside.width, inside.height]).toEqual([150, 150]);
    expect(pixelAt(inside, 24, 75)).toEqual(BACKGROUND);
    expect(pixelAt(inside, 25, 75).at(0)).toBe(255);
    expect(pixelAt(inside, 25 + 30, 25 + 40)).toEqual(LEFT_EYE);
    expect(pixelAt(inside, 125, 75)).toEqual(BACKGROUND);
  });

  it('are shrunk to 640 pixels on the long side, in proportion, and never enlarged', async () => {
    const { faces } = await detect({ width: 1600, height: 1200 }, [{ box: imageRect(300, 200, 600, 800) }]);
    const crop = readJpeg(faces[0]?.crop ?? new Uint8Array());
    // 600 + 2 × 200 by 800 + 2 × 200, a pixel more or less where the network rounded.
    expect(crop.height).toBe(640);
    expect(Math.abs(crop.width - 533)).toBeLessThanOrEqual(1);
  });

  it.each([-25, 0, 20])(
    'show a face that is turned by %i degrees upright, its eyes where every face has them',
    async (turn) => {
      for (const side of [120, 420]) {
        const { faces } = await detect({ width: 800, height: 800 }, [{ box: square(190, 190, side), turn }]);
        const feature = readJpeg(faces[0]?.feature ?? new Uint8Array());
        expect([feature.width, feature.height]).toEqual([160, 160]);
        const isNear = (colour: readonly number[], x: number, y: number) =>
          colour.every((value, channel) => Math.abs((pixelAt(feature, x, y)[channel] ?? 0) - value) < 40);
        expect(isNear(LEFT_EYE, 55, 74)).toBe(true);
        expect(isNear(RIGHT_EYE, 105, 74)).toBe(true);
      }
    },
  );
});

describe('a picture that was decoded', () => {
  it('is let go of once its faces are cut out, and when a network fails', async () => {
    expect((await detect({ width: 512, height: 400 }, [{ box: square(10, 10, 100) }])).isClosed).toBe(true);
    const pixels = sourceOf(paintFaces({ width: 64, height: 64 }, [{ box: square(8, 8, 40) }]));
    const networks = {
      ...colourNetworks(),
      findLandmarks: () => Promise.reject(new Error('out of order')),
    };
    const engine = createFaceEngine({ codec: codecOf([{ size: pixels, pixels }]), networks });
    await expect(engine.detect(fileOf(0))).rejects.toThrow('out of order');
    expect(pixels.isClosed).toBe(true);
    expect(await engine.detect(fileOf(7))).toMatchObject({ ok: false, error: { code: 'unreadable-picture' } });
  });

  it('has the networks for itself in the order of the calls, however long decoding takes, until its crops are made', async () => {
    const size = { width: 512, height: 400 };
    const pictures = [0.5, 0.9].map((score) => ({
      size,
      pixels: sourceOf(paintFaces(size, [{ box: square(40, 40, 200), score }])),
    }));
    const codec = codecOf(pictures);
    const networks = colourNetworks();
    const looked: (number | undefined)[] = [];
    const { promise: wait, resolve: decodeFirst } = withResolver();
    const { promise: bothLooked, resolve: encode } = withResolver();
    const engine = createFaceEngine({
      codec: {
        decode: (file) => (file[0] === 0 ? wait.then(() => codec.decode(file)) : codec.decode(file)),
        encodeJpeg: (...asked) => bothLooked.then(() => codec.encodeJpeg(...asked)),
      },
      networks: {
        ...networks,
        findFaces: async (...asked) => {
          const found = await networks.findFaces(...asked);
          looked.push(found.scores[0]);
          if (looked.length === 2) encode();
          return found;
        },
      },
    });
    const answers = [engine.detect(fileOf(0)), engine.detect(fileOf(1))];
    await new Promise((resolve) => setImmediate(resolve));
    expect(looked).toEqual([]);
    decodeFirst();
    await Promise.all(answers);
    expect(looked).toEqual([expect.closeTo(0.5), expect.closeTo(0.9)]);
  });
});
