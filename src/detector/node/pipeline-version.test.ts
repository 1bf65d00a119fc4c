import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NETWORK_FILES } from '#detector/models/model-files.ts';
import { PIPELINE } from '#detector/pipeline/pipeline-name.ts';
import { iou } from '#shared/geometry/rect.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { drawPeople, imageOf } from '#testing/people/compose-people.ts';
import { loadFaceEngine } from './load-face-engine.ts';
import { buildModels } from './models/build-models.ts';
import { pipelineVersion } from './pipeline-version.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'facebound-version-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('changes with a network, and with nothing else', async () => {
  const modelsDir = path.join(folder, 'some');
  await mkdir(modelsDir);
  await Promise.all(NETWORK_FILES.map((file) => writeFile(path.join(modelsDir, file), `network ${file}`)));
  const first = await pipelineVersion(modelsDir);
  expect(first).toContain(PIPELINE);
  await writeFile(path.join(modelsDir, 'something else'), 'written there');
  expect(await pipelineVersion(modelsDir)).toBe(first);
  const others: string[] = [];
  for (const file of NETWORK_FILES) {
    await writeFile(path.join(modelsDir, file), `another network ${file}`);
    others.push(await pipelineVersion(modelsDir));
  }
  expect(new Set([first, ...others]).size).toBe(1 + NETWORK_FILES.length);
});

describe('what the pipeline of this name answered when it was named', () => {
  test('is what it answers now; if that was meant to change, the name changes with it', {
    timeout: 60_000,
  }, async () => {
    const modelsDir = path.join(folder, 'models');
    await buildModels(modelsDir);
    const engine = await loadFaceEngine(modelsDir);
    const plan = { seed: 'pipeline', count: 30, layout: 'crowd', width: 2400, height: 1500 } as const;
    const bytes = await imageOf(await drawPeople(plan))
      .png()
      .toBuffer();
    const outcome = await engine.detect(bytes);
    await engine.release();
    const found = outcome.ok ? outcome.value.faces.map(({ bound }) => bound) : [];
    const recorded = ANSWERS[PIPELINE] ?? [];
    expect(recorded.length).toBeGreaterThan(0);
    expect(found).toHaveLength(recorded.length);
    // Processors round differently, by less than a pixel.
    for (const [index, [x, y, width, height]] of recorded.entries()) {
      const bound = found[index];
      if (bound === undefined) throw new Error(`Face ${index + 1} is missing`);
      const now = imageRect(bound.x, bound.y, bound.width, bound.height);
      expect(iou(now, imageRect(x, y, width, height))).toBeGreaterThan(0.97);
    }
  });
});

/** Boxes (x, y, width, height) in pixels, by the name that the pipeline had. */
const ANSWERS: Readonly<Record<string, readonly (readonly [number, number, number, number])[]>> = {
  'facebound-4': [
    [71, 154, 155, 237],
    [82, 805, 137, 197],
    [206, 502, 142, 207],
    [225, 1122, 148, 236],
    [341, 158, 146, 216],
    [382, 818, 162, 223],
    [481, 501, 144, 184],
    [570, 1156, 139, 184],
    [634, 131, 145, 240],
    [702, 819, 157, 215],
    [766, 504, 150, 199],
    [869, 1137, 170, 231],
    [897, 147, 156, 229],
    [1048, 820, 142, 204],
    [1064, 505, 141, 201],
    [1199, 166, 155, 212],
    [1203, 1141, 143, 206],
    [1343, 509, 134, 196],
    [1364, 817, 138, 225],
    [1461, 120, 167, 247],
    [1519, 1142, 149, 236],
    [1624, 494, 144, 198],
    [1680, 834, 150, 194],
    [1752, 149, 138, 212],
    [1850, 1129, 155, 223],
    [1888, 479, 157, 217],
    [2009, 814, 147, 218],
    [2031, 146, 148, 215],
    [2175, 1147, 142, 196],
    [2186, 504, 143, 206],
  ],
};
