import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { DetectedFace, DetectionOutcome } from '#detector/detection.ts';
import type { FaceEngine } from '#detector/pipeline/face-engine.ts';
import { TURNS } from '#detector/pipeline/quarter-turn.ts';
import { iou } from '#shared/geometry/rect.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { drawPeople, imageOf, type PeoplePlan } from '#testing/people/compose-people.ts';
import { loadFaceEngine } from './load-face-engine.ts';
import { buildModels } from './models/build-models.ts';
import { DRAWN_FACE_FILE } from './models/reference/inputs.ts';
import recorded from './models/reference/outputs.json' with { type: 'json' };

const rect = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const [original] = z
  .object({ faces: z.object({ drawnFace: z.array(z.object({ box: rect })).length(1) }) })
  .parse(recorded).faces.drawnFace;

describe('the detector in one process', { timeout: 30_000 }, () => {
  let folder: string;
  let engine: FaceEngine;
  let face: Buffer;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'facebound-engine-'));
    await buildModels(folder);
    engine = await loadFaceEngine(folder);
    face = await readFile(DRAWN_FACE_FILE);
  }, 30_000);
  afterAll(async () => {
    await engine.release();
    await rm(folder, { recursive: true });
  });

  const detect = async (bytes: Uint8Array): Promise<DetectionOutcome> => {
    const result = await engine.detect(bytes);
    if (!result.ok) throw new Error(result.error.reason);
    return result.value;
  };
  const onlyFace = ({ faces }: DetectionOutcome): DetectedFace => {
    expect(faces).toHaveLength(1);
    const [only] = faces;
    if (only === undefined) throw new Error('no face');
    return only;
  };
  /** Several drawn faces of a given side on one grey picture. */
  const scene = (width: number, height: number, faces: readonly { left: number; top: number; side: number }[]) =>
    Promise.all(
      faces.map(({ side, left, top }) =>
        sharp(face)
          .resize(side)
          .toBuffer()
          .then((input) => ({ input, left, top })),
      ),
    ).then((layers) =>
      sharp({ create: { width, height, channels: 3, background: '#8fa3ad' } })
        .composite(layers)
        .png()
        .toBuffer(),
    );

  it("finds the drawn face where face-api's own detection has it, to the pixel", async () => {
    const { bound, score } = onlyFace(await detect(face));
    expect(bound).toEqual({
      x: Math.round(original?.box.x ?? Number.NaN),
      y: Math.round(original?.box.y ?? Number.NaN),
      width: Math.round((original?.box.x ?? 0) + (original?.box.width ?? 0)) - Math.round(original?.box.x ?? 0),
      height: Math.round((original?.box.y ?? 0) + (original?.box.height ?? 0)) - Math.round(original?.box.y ?? 0),
    });
    expect(score).toBeGreaterThan(0.6);
  });

  it('cuts the crop with a margin around the bound, and the feature as a square, both JPEG', async () => {
    const { bound, crop, feature } = onlyFace(await detect(face));
    const [cropSize, featureSize] = await Promise.all([sharp(crop).metadata(), sharp(feature).metadata()]);
    expect([cropSize.format, featureSize.format]).toEqual(['jpeg', 'jpeg']);
    expect(cropSize.width).toBeGreaterThan(bound.width);
    expect(cropSize.height).toBeGreaterThan(bound.height);
    expect([featureSize.width, featureSize.height]).toEqual([160, 160]);
  });

  it('shows the same feature of a face that leans, turned upright', async () => {
    const leaning = await sharp(face).rotate(12, { background: '#8fa3ad' }).png().toBuffer();
    const pixels = async (bytes: Uint8Array): Promise<Buffer> =>
      sharp(onlyFace(await detect(bytes)).feature)
        .extract({ left: 30, top: 40, width: 100, height: 90 })
        .raw()
        .toBuffer();
    const [upright, turned] = [await pixels(face), await pixels(leaning)];
    const difference = upright.reduce((sum, value, index) => sum + Math.abs(value - (turned[index] ?? 0)), 0);
    expect(difference / upright.length).toBeLessThan(16);
  });

  it('answers in pixels of the upright picture when EXIF turns it', async () => {
    const wide = await sharp(face).extend({ left: 0, right: 300, background: '#8fa3ad' }).toBuffer();
    const expected = onlyFace(await detect(wide)).bound;
    // Stored lying on its side, with the note to turn it by a quarter clockwise.
    const stored = await sharp(wide).rotate(-90).withMetadata({ orientation: 6 }).png().toBuffer();
    const outcome = await detect(stored);
    expect([outcome.width, outcome.height]).toEqual([812, 512]);
    expect(onlyFace(outcome).bound).toEqual(expected);
  });

  it('finds small faces in a large picture by looking closer, and orders them left to right', async () => {
    const places = [
      { left: 1700, top: 900, side: 220 },
      { left: 150, top: 700, side: 220 },
      { left: 900, top: 100, side: 220 },
      { left: 900, top: 900, side: 220 },
    ];
    const { width, height, faces } = await detect(await scene(2000, 1200, places));
    expect([width, height]).toEqual([2000, 1200]);
    const expected = [1, 2, 3, 0].map((index) => places[index]);
    expect(faces).toHaveLength(4);
    for (const [index, place] of expected.entries()) {
      const scale = (place?.side ?? 0) / 512;
      const box = {
        x: (place?.left ?? 0) + 150 * scale,
        y: (place?.top ?? 0) + 152 * scale,
        width: 217 * scale,
        height: 218 * scale,
      };
      // The two in the middle have nearly one left edge, so either may come first.
      const candidates = index === 1 || index === 2 ? [faces[1], faces[2]] : [faces[index]];
      expect(Math.max(...candidates.map((found) => iou(found?.bound ?? box, box)))).toBeGreaterThan(0.5);
    }
    expect(faces.map(({ bound }) => bound.x)).toEqual(faces.map(({ bound }) => bound.x).sort((a, b) => a - b));
  });

  it('finds nothing where nobody is', async () => {
    const empty = sharp({ create: { width: 640, height: 480, channels: 3, background: '#4b6' } });
    expect((await detect(await empty.png().toBuffer())).faces).toEqual([]);
  });

  it('gives every overlapping call the answer to its own picture', async () => {
    const pictures = await Promise.all(
      [300, 380, 460].map((side) => scene(800, 600, [{ left: 800 - side - 20, top: 60, side }])),
    );
    const alone: DetectionOutcome[] = [];
    for (const picture of pictures) alone.push(await detect(picture));
    const together = await Promise.all(pictures.map(detect));
    expect(together.map(({ faces }) => faces.map(({ bound }) => bound))).toEqual(
      alone.map(({ faces }) => faces.map(({ bound }) => bound)),
    );
  });

  it('goes on after a picture that cannot be read', async () => {
    const [broken, whole] = await Promise.all([engine.detect(face.subarray(0, 2000)), engine.detect(face)]);
    expect(broken.ok ? undefined : broken.error.code).toBe('unreadable-picture');
    expect(whole.ok && whole.value.faces).toHaveLength(1);
  });

  it('finds at least 98 of 100 drawn faces that are upright, from 40 pixels up to 400, and nothing else', async () => {
    const plans: readonly PeoplePlan[] = [
      { seed: 'large', count: 1, layout: 'portrait', width: 1900, height: 1300 },
      { seed: 'pair', count: 2, layout: 'group', width: 896, height: 704 },
      { seed: 'group', count: 12, layout: 'group', width: 1600, height: 1000 },
      { seed: 'crowd', count: 40, layout: 'crowd', width: 2400, height: 1500 },
      { seed: 'small', count: 36, layout: 'crowd', width: 640, height: 480 },
    ];
    const counts = { drawn: 0, found: 0, told: 0 };
    for (const plan of plans) {
      const picture = await drawPeople(plan);
      const { faces } = await detect(await imageOf(picture).jpeg({ quality: 90 }).toBuffer());
      const told = faces.map(({ bound }) => imageRect(bound.x, bound.y, bound.width, bound.height));
      counts.drawn += picture.faces.length;
      counts.found += picture.faces.filter(({ bound }) => told.some((box) => iou(box, bound) >= 0.5)).length;
      counts.told += told.length;
      expect(Math.min(...picture.faces.map(({ bound }) => bound.height))).toBeGreaterThanOrEqual(40);
    }
    expect(counts.found / counts.drawn).toBeGreaterThanOrEqual(0.98);
    expect(counts.told).toBe(counts.found);
  }, 60_000);

  it.each([
    ['portrait', 1, 0],
    ['group', 12, 0],
    ['crowd', 64, 1],
  ])(
    'finds the same people in the sample %s, whichever way up it is',
    async (name, people, apart) => {
      const file = await readFile(path.join(import.meta.dirname, '..', '..', '..', 'public', 'samples', `${name}.jpg`));
      for (const turn of TURNS) {
        const { faces, width, height } = await detect(await sharp(file).rotate(turn).jpeg({ quality: 95 }).toBuffer());
        expect(Math.abs(faces.length - people)).toBeLessThanOrEqual(apart);
        if (name !== 'group') continue;
        // Boxes are in the picture as it lies: standing faces are taller than wide, lying ones wider than tall.
        const isStanding = turn % 180 === 0;
        expect(width > height).toBe(isStanding);
        for (const { bound } of faces) expect(bound.height > bound.width).toBe(isStanding);
      }
    },
    180_000,
  );
});
