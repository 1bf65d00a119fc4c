import { expect, test } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { colourNetworks, paintFaces, sourceOf } from '#testing/detector/fake-ports.ts';
import { verifyFaces } from './verify-faces.ts';

/** A sheet of so many boxes, none of which holds a face. */
const sheetOf = (count: number, score: number) =>
  Array.from({ length: count }, (_, index) => ({
    box: imageRect((index % 40) * 20, Math.floor(index / 40) * 20, 16, 18),
    score,
  }));

async function verify(candidates: ReturnType<typeof sheetOf>) {
  let questions = 0;
  let mostAtOnce = 0;
  const networks = colourNetworks();
  const faces = await verifyFaces(sourceOf(paintFaces({ width: 800, height: 400 }, [])), candidates, 0, {
    ...networks,
    judgeFaces: (pixels) => {
      const count = pixels.length / (192 * 192 * 3);
      questions += count;
      mostAtOnce = Math.max(mostAtOnce, count);
      return networks.judgeFaces(pixels);
    },
  });
  return { faces: faces.length, questions, mostAtOnce };
}

test('a pattern full of boxes is asked about a few at a time, and not without end', async () => {
  expect(await verify(sheetOf(300, 0.3))).toEqual({ faces: 0, questions: 256, mostAtOnce: 8 });
  // Of what is left those count that the first network takes for faces.
  expect(await verify(sheetOf(300, 0.5))).toEqual({ faces: 300 - 256, questions: 256, mostAtOnce: 8 });
});

test('sure faces are asked about not at all, and hide weaker boxes of the same face', async () => {
  const sure = { box: imageRect(100, 100, 100, 120), score: 0.9 };
  const same = { box: imageRect(104, 102, 100, 120), score: 0.5 };
  expect(await verify([same, sure])).toEqual({ faces: 1, questions: 0, mostAtOnce: 0 });
});

test('a box from .4 on is a face unless the second network sees none at all, a weaker one only if it is sure', async () => {
  const told = async (score: number, isFace: number) => {
    const networks = {
      ...colourNetworks(),
      judgeFaces: async () => ({ isFace: Float32Array.of(isFace), upright: Float32Array.of(0) }),
    };
    const picture = sourceOf(paintFaces({ width: 200, height: 200 }, []));
    return (await verifyFaces(picture, [{ box: imageRect(50, 50, 60, 60), score }], 0, networks)).length;
  };
  expect([await told(0.4, 0.5), await told(0.4, 0.05)]).toEqual([1, 0]);
  expect([await told(0.39, 0.5), await told(0.39, 0.95), await told(0.19, 0.95)]).toEqual([0, 1, 0]);
});
