import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Weight, Weights } from '#detector/models/weight.ts';

/**
 * TensorFlow.js weights manifest, as far as the packaged models use it: float32; float32 that is stored as float16, or
 * as bytes with a scale and an offset; int32.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts (`WeightsManifestConfig`)
 */
export const weightsManifest = z
  .array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.number().int().positive()),
          dtype: z.enum(['float32', 'int32']).optional(),
          quantization: z
            .discriminatedUnion('dtype', [
              z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }),
              z.object({ dtype: z.literal('float16') }),
            ])
            .optional(),
        }),
      ),
    }),
  )
  .nonempty();
type WeightsManifest = z.infer<typeof weightsManifest>;
type StoredWeight = WeightsManifest[number]['weights'][number];

/** Reads `<model>-weights_manifest.json` and the shards it names. Throws when they do not fit each other. */
export async function readWeights(directory: string, model: string): Promise<Weights> {
  const text = await readFile(path.join(directory, `${model}-weights_manifest.json`), 'utf8');
  return readShards(directory, model, weightsManifest.parse(JSON.parse(text)));
}

/** Reads the shards that a manifest names, relative to `directory`. Throws when they do not fit it. */
export async function readShards(directory: string, model: string, manifest: WeightsManifest): Promise<Weights> {
  const weights = new Map<string, Weight>();
  for (const group of manifest) {
    const shards = await Promise.all(group.paths.map((shard) => readFile(path.join(directory, shard))));
    const bytes = new Uint8Array(Buffer.concat(shards));
    let offset = 0;
    for (const stored of group.weights) {
      const { name, shape } = stored;
      const length = shape.reduce((product, size) => product * size, 1) * bytesOfOne(stored);
      const raw = bytes.slice(offset, offset + length);
      if (raw.length !== length) throw new Error(`The weights of ${model} end inside ${name}.`);
      weights.set(name, { shape, data: numbersOf(stored, raw) });
      offset += length;
    }
    if (offset !== bytes.length) throw new Error(`The weights of ${model} are longer than their manifest says.`);
  }
  return (name) => {
    const weight = weights.get(name);
    if (weight === undefined) throw new Error(`${model} has no weights named ${name}.`);
    return weight;
  };
}

const BYTES_OF_ONE = { uint8: 1, float16: 2 } as const;
const bytesOfOne = ({ quantization }: StoredWeight): number =>
  quantization === undefined ? 4 : BYTES_OF_ONE[quantization.dtype];

/** The stored numbers as float32, computed in double where they are scaled, as TensorFlow.js does (`decodeWeights`). */
function numbersOf({ dtype, quantization }: StoredWeight, raw: Uint8Array): Float32Array {
  if (quantization === undefined) {
    return dtype === 'int32' ? Float32Array.from(new Int32Array(raw.buffer)) : new Float32Array(raw.buffer);
  }
  switch (quantization.dtype) {
    case 'uint8':
      return Float32Array.from(raw, (value) => value * quantization.scale + quantization.min);
    case 'float16':
      return Float32Array.from(new Uint16Array(raw.buffer), fromHalf);
  }
}

/** The number that the bits of an IEEE 754 half hold: sign, five bits of exponent, ten of fraction. */
function fromHalf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
