import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { faceBoundValue } from '#contract/recognize-faces.ts';
import { SAMPLE_NAMES, sample, sampleList, samplePaths } from '#contract/samples.ts';

const published = (url: string): Promise<Buffer> => readFile(new URL(`../../../public${url}`, import.meta.url));
const list = async (): Promise<unknown> => JSON.parse((await published(samplePaths.list)).toString());
const withTruth = z.array(z.extend(sample, { faces: z.array(z.object({ bound: faceBoundValue })) }));

describe('the published samples', () => {
  it('are a portrait, a group of twelve and a crowd of 64, in the order of the page', async () => {
    const samples = sampleList.parse(await list());
    expect(samples.map(({ name, faceCount }) => [name, faceCount])).toEqual([
      ['portrait', 1],
      ['group', 12],
      ['crowd', 64],
    ]);
    expect(samples.map(({ name }) => name)).toEqual([...SAMPLE_NAMES]);
  });

  it.each(SAMPLE_NAMES)('%s tells as many faces as it counts, each inside the picture', async (name) => {
    const truth = withTruth.parse(await list()).find((sample) => sample.name === name);
    expect(truth?.faces).toHaveLength(truth?.faceCount ?? -1);
    expect(
      truth?.faces.filter(
        ({ bound }) =>
          bound.x < 0 || bound.y < 0 || bound.x + bound.width > truth.width || bound.y + bound.height > truth.height,
      ),
    ).toEqual([]);
  });

  it.each([
    ['portrait', 90],
    ['group', 220],
    ['crowd', 450],
  ] as const)('%s is a picture of the listed size within %i KB, with a thumbnail', async (name, kilobytes) => {
    const bytes = await published(samplePaths.picture(name));
    const listed = sampleList.parse(await list()).find((sample) => sample.name === name);
    const { width, height, format } = await sharp(bytes).metadata();
    expect({ width, height, format }).toEqual({ width: listed?.width, height: listed?.height, format: 'jpeg' });
    expect(bytes.length).toBeLessThanOrEqual(kilobytes * 1024);
    expect((await sharp(await published(samplePaths.thumbnail(name))).metadata()).width).toBe(360);
  });

  it('holds no crowd face under 80 pixels, the size from which detectors find drawn faces', async () => {
    const crowd = withTruth.parse(await list()).find(({ name }) => name === 'crowd');
    expect(Math.min(...(crowd?.faces ?? []).map(({ bound }) => bound.height))).toBeGreaterThanOrEqual(80);
  });
});
