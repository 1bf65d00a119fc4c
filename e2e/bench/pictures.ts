import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { imageRect } from '#shared/geometry/spaces.ts';
import { drawnJpeg } from '../fixtures/pictures.ts';
import { projectRoot } from '../tools/build-dir.ts';
import type { Truth } from './accuracy.ts';

/** A picture to measure with, and what is in it. */
export type BenchPicture = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly truth: Truth;
};

/** Labelled photographs; they are not ours to ship, so the bench goes without where they are not. */
const photosDir = resolve(projectRoot, process.env['FACEBOUND_BENCH_PHOTOS'] ?? '../shared/photos');

const edges = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const truthFile = z.object({
  photos: z.record(z.string(), z.object({ faces: z.array(edges), ignore: z.array(edges) })),
});

const rectOf = ([left, top, right, bottom]: z.infer<typeof edges>) => imageRect(left, top, right - left, bottom - top);

/** The labelled photographs, or nothing where they are not on this machine. */
export async function photographs(): Promise<BenchPicture[]> {
  const path = join(photosDir, 'truth.json');
  if (!existsSync(path)) return [];
  const { photos } = truthFile.parse(JSON.parse(await readFile(path, 'utf8')));
  return Promise.all(
    Object.entries(photos).map(async ([name, { faces, ignore }]) => ({
      name,
      bytes: await readFile(join(photosDir, name)),
      type: name.endsWith('.png') ? 'image/png' : 'image/jpeg',
      truth: { faces: faces.map(rectOf), ignore: ignore.map(rectOf) },
    })),
  );
}

/** Drawn pictures of every kind: portraits, groups of up to a dozen, crowds. Always the same ones. */
export async function drawnPictures(): Promise<BenchPicture[]> {
  const plans = [
    ...[1, 2, 3].map((index) => ({
      seed: `portrait-${index}`,
      count: 1,
      layout: 'portrait' as const,
      width: 900,
      height: 1200,
    })),
    ...[5, 7, 9, 12].map((count) => ({
      seed: `group-${count}`,
      count,
      layout: 'group' as const,
      width: 1600,
      height: 1000,
    })),
    ...[40, 64].map((count) => ({
      seed: `crowd-${count}`,
      count,
      layout: 'crowd' as const,
      width: 3000,
      height: 1800,
    })),
  ];
  return Promise.all(plans.map((plan) => drawnForBench(plan)));
}

/** As many different drawn groups as asked for, of five to nine people each. */
export function differentGroups(count: number): Promise<BenchPicture[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      drawnForBench({ seed: `burst-${index}`, count: 5 + (index % 5), layout: 'group', width: 1600, height: 1000 }),
    ),
  );
}

async function drawnForBench(plan: Parameters<typeof drawnJpeg>[1]): Promise<BenchPicture> {
  const { name, bytes, type, faces } = await drawnJpeg(`${plan.seed}.jpg`, plan);
  return { name, bytes, type, truth: { faces: faces.map(({ bound }) => bound), ignore: [] } };
}
