import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';

/** Finds faces as a web page would with the library that our first network comes from. */
export type OriginalDetector = { detect(bytes: Uint8Array): Promise<ImageRect[]> };

/** Longest side of what it is given, in pixels: it looks at 512 of them, and more takes longer for nothing. */
const MAX_SIDE = 1280;
/** Its own default. */
const LEAST_SCORE = 0.5;

/** face-api's SSD on TensorFlow.js' WASM backend: one look at the whole picture, nothing else. */
export async function createOriginalDetector(): Promise<OriginalDetector> {
  const require = createRequire(import.meta.url);
  const faceApi: typeof import('@vladmandic/face-api') = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
  const wasm = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  require('@tensorflow/tfjs-backend-wasm').setWasmPaths(`${join(wasm, 'dist')}/`);
  if (!(await require('@tensorflow/tfjs').setBackend('wasm'))) throw new Error('TensorFlow.js did not take its WASM');
  const network = new faceApi.SsdMobilenetv1();
  await network.loadFromDisk(join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'model'));
  return {
    async detect(bytes) {
      const { data, info } = await sharp(bytes)
        .autoOrient()
        .toColourspace('srgb')
        .flatten({ background: '#fff' })
        .raw()
        .toBuffer({ resolveWithObject: true });
      const scale = Math.min(1, MAX_SIDE / Math.max(info.width, info.height));
      const size = { width: Math.round(info.width * scale), height: Math.round(info.height * scale) };
      const seen = await sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
        .resize(size.width, size.height, { fit: 'fill' })
        .raw()
        .toBuffer();
      const input = faceApi.tf.tensor3d(new Uint8Array(seen), [size.height, size.width, 3], 'int32');
      try {
        const found = await network.locateFaces(input, { minConfidence: LEAST_SCORE, maxResults: 200 });
        return found.map(({ box }) => imageRect(box.x / scale, box.y / scale, box.width / scale, box.height / scale));
      } finally {
        input.dispose();
      }
    },
  };
}
