import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  FACE_MESH_FILE,
  FACE_MESH_SIDE,
  IS_FACE_OUTPUT,
  LANDMARKS_FILE,
  LANDMARKS_OUTPUT,
  LANDMARKS_SIDE,
  NETWORK_FILES,
  NOTICE_FILE,
  PIXELS_INPUT,
  SSD_BOXES_OUTPUT,
  SSD_FILE,
  SSD_LARGE_SIDE,
  SSD_PLACES_INPUT,
  SSD_SCORES_OUTPUT,
  SSD_SIDE,
  SSD_SMALL_SIDE,
  UPRIGHT_OUTPUT,
} from '#detector/models/model-files.ts';
import { ssdPart } from '#detector/models/ssd-part.ts';
import { onBlackSquare } from '#detector/pipeline/network-square.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { buildModels } from './build-models.ts';
import { drawnFace, faceMeshSquares, landmarkSquares, middle, pattern } from './reference/inputs.ts';
import recorded from './reference/outputs.json' with { type: 'json' };

const anchors = z
  .array(z.object({ anchor: z.number(), score: z.number(), box: z.array(z.number()).length(4) }))
  .min(50);
const reference = z
  .object({
    ssd: z.object({ drawnFace: anchors, pattern: anchors }),
    landmarks: z.object({ drawnFace: z.array(z.number()).length(136), pattern: z.array(z.number()).length(136) }),
    faceMesh: z.array(z.number()).length(3),
  })
  .parse(recorded);

/** Both are float32 computed in another order; measured differences stay below 3e-6. */
const TOLERANCE = 2e-5;

describe('the built networks', { timeout: 30_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'facebound-models-'));
    await buildModels(folder);
  }, 30_000);
  afterAll(() => rm(folder, { recursive: true }));

  const runWith = async (file: string, inputs: InferenceSession.OnnxValueMapType) => {
    const session = await InferenceSession.create(path.join(folder, file), { intraOpNumThreads: 1 });
    const outputs = await session.run(inputs);
    return (name: string): Float32Array => z.instanceof(Float32Array).parse(outputs[name]?.data);
  };
  const run = (file: string, pixels: Uint8Array, side: number, count = 1) =>
    runWith(file, { [PIXELS_INPUT]: new Tensor('uint8', pixels, [count, side, side, 3]) });
  const runSsd = (
    square: Uint8Array,
    side: Parameters<typeof ssdPart>[1],
    seen: Size = { width: side, height: side },
  ) => {
    const { pixels, size, places } = ssdPart(square, side, seen);
    return runWith(SSD_FILE, {
      [PIXELS_INPUT]: new Tensor('uint8', pixels, [1, size.height, size.width, 3]),
      [SSD_PLACES_INPUT]: new Tensor('int64', places, [places.length]),
    });
  };
  const largestDifference = (a: readonly number[], b: readonly number[]): number => {
    expect(a).toHaveLength(b.length);
    return Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? Number.NaN))));
  };

  it.each(['drawnFace', 'pattern'] as const)('find what face-api finds: boxes and scores of the %s', async (name) => {
    const output = await runSsd(name === 'pattern' ? pattern(SSD_SIDE) : await drawnFace(), SSD_SIDE);
    const [boxes, scores] = [output(SSD_BOXES_OUTPUT), output(SSD_SCORES_OUTPUT)];
    const ours = reference.ssd[name].flatMap(({ anchor }) => [
      scores[anchor] ?? Number.NaN,
      ...boxes.subarray(anchor * 4, anchor * 4 + 4),
    ]);
    const theirs = reference.ssd[name].flatMap(({ score, box }) => [score, ...box]);
    expect(largestDifference(ours, theirs)).toBeLessThan(TOLERANCE);
  });

  it('see on a small square what they see in the corner of a large one', async () => {
    const best = async (pixels: Uint8Array, side: Parameters<typeof ssdPart>[1]) => {
      const output = await runSsd(pixels, side);
      const scores = output(SSD_SCORES_OUTPUT);
      const anchor = scores.indexOf(Math.max(...scores));
      const edges = output(SSD_BOXES_OUTPUT).subarray(anchor * 4, anchor * 4 + 4);
      return [scores[anchor] ?? Number.NaN, ...edges.map((share) => share * side)];
    };
    const small = middle(await drawnFace(), SSD_SMALL_SIDE, 2);
    const corner = onBlackSquare({ data: small, width: SSD_SMALL_SIDE, height: SSD_SMALL_SIDE }, SSD_SIDE);
    expect(largestDifference(await best(small, SSD_SMALL_SIDE), await best(corner, SSD_SIDE))).toBeLessThan(0.05);
  });

  it('see in the middle of a large square what they see on one of the usual side', async () => {
    // Further from the edge than the network looks, at a place where the maps of both have their places.
    const face = await drawnFace();
    const at = 256;
    const large = new Uint8Array(SSD_LARGE_SIDE ** 2 * 3);
    for (let row = 0; row < SSD_LARGE_SIDE; row += 1) {
      for (let column = 0; column < SSD_LARGE_SIDE; column += 1) {
        const within = (place: number) => Math.min(SSD_SIDE - 1, Math.max(0, place - at));
        const from = (within(row) * SSD_SIDE + within(column)) * 3;
        large.set(face.subarray(from, from + 3), (row * SSD_LARGE_SIDE + column) * 3);
      }
    }
    const best = async (pixels: Uint8Array, side: Parameters<typeof ssdPart>[1], shift: number) => {
      const output = await runSsd(pixels, side);
      const scores = output(SSD_SCORES_OUTPUT);
      const anchor = scores.indexOf(Math.max(...scores));
      const edges = output(SSD_BOXES_OUTPUT).subarray(anchor * 4, anchor * 4 + 4);
      return [...edges.map((share) => share * side - shift)];
    };
    const apart = largestDifference(await best(large, SSD_LARGE_SIDE, at), await best(face, SSD_SIDE, 0));
    expect(apart).toBeLessThan(10);
  });

  it('see on what is seen of a square what they see when they look at its padding as well', async () => {
    const seen = { width: SSD_SMALL_SIDE, height: SSD_SMALL_SIDE };
    const square = onBlackSquare({ data: middle(await drawnFace(), SSD_SMALL_SIDE, 2), ...seen }, SSD_SIDE);
    const best = async (part?: Size) => {
      const output = await runSsd(square, SSD_SIDE, part);
      const scores = output(SSD_SCORES_OUTPUT);
      const anchor = scores.indexOf(Math.max(...scores));
      return [scores[anchor] ?? Number.NaN, ...output(SSD_BOXES_OUTPUT).subarray(anchor * 4, anchor * 4 + 4)];
    };
    expect(largestDifference(await best(seen), await best())).toBeLessThan(0.002);
  });

  it.each(['drawnFace', 'pattern'] as const)('find what face-api finds: landmarks of the %s', async (name) => {
    const pixels = landmarkSquares(await drawnFace())[name];
    const output = await run(LANDMARKS_FILE, pixels, LANDMARKS_SIDE);
    expect(largestDifference([...output(LANDMARKS_OUTPUT)], reference.landmarks[name])).toBeLessThan(TOLERANCE);
  });

  it('say of several squares at once what FaceMesh says of each: a face, one on its head, none', async () => {
    const squares = faceMeshSquares(await drawnFace());
    const output = await run(FACE_MESH_FILE, joinBytes([...squares]), FACE_MESH_SIDE, squares.length);
    // These are no shares but reach 30.
    expect(largestDifference([...output(UPRIGHT_OUTPUT)], reference.faceMesh)).toBeLessThan(1e-3);
    const [upright = 0, turned = 0, none = 0] = output(UPRIGHT_OUTPUT);
    expect(upright).toBeGreaterThan(18);
    expect(Math.max(turned, none)).toBeLessThan(5);
    const flags = reference.faceMesh.map((logit) => 1 / (1 + Math.exp(-logit)));
    expect(largestDifference([...output(IS_FACE_OUTPUT)], flags)).toBeLessThan(TOLERANCE);
  });

  it('come with the licences of weights and runtime, and nothing is left half written', async () => {
    expect((await readdir(folder)).sort()).toEqual([...NETWORK_FILES, NOTICE_FILE].sort());
    const notice = await readFile(path.join(folder, NOTICE_FILE), 'utf8');
    expect(notice).toContain('Vladimir Mandic');
    expect(notice).toContain('Microsoft Corporation');
    expect(notice).toContain('The MediaPipe');
    expect(notice).toContain('END OF TERMS AND CONDITIONS');
  });

  it('can be built over themselves', async () => {
    const before = await readFile(path.join(folder, LANDMARKS_FILE));
    await buildModels(folder);
    expect(before.equals(await readFile(path.join(folder, LANDMARKS_FILE)))).toBe(true);
  });
});
