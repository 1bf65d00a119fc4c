/** Draws the samples anew into `public/samples`. Run by `npm run samples`; the results are committed. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { samplePaths } from '#contract/samples.ts';
import { drawPeople } from './draw-people.ts';
import { rasterise } from './rasterise.ts';
import { SAMPLE_PLANS, type SampleTruth, sampleTruths } from './samples.ts';

/** Width of a thumbnail in pixels: a card's 164 CSS pixels on a display of twice the density, and a little more. */
const THUMBNAIL_WIDTH = 360;

const publicDir = fileURLToPath(new URL('../../../public', import.meta.url));
const write = async (url: string, content: Uint8Array | string): Promise<void> => {
  const file = path.join(publicDir, url);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  console.log(`${url}  ${Math.round(Buffer.byteLength(content) / 1024)} KB`);
};

const truths: SampleTruth[] = [];
for (const { name, title, quality, ...plan } of SAMPLE_PLANS) {
  const drawing = drawPeople(plan);
  await write(samplePaths.picture(name), await rasterise(drawing, { format: 'jpeg', quality }));
  await write(
    samplePaths.thumbnail(name),
    await rasterise(drawing, { format: 'webp', quality: 84, width: THUMBNAIL_WIDTH }),
  );
  const { width, height, faces } = drawing;
  truths.push({ name, title, width, height, faceCount: faces.length, faces: faces.map(({ bound }) => ({ bound })) });
}
await write(samplePaths.list, `${JSON.stringify(sampleTruths.parse(truths), null, 2)}\n`);
