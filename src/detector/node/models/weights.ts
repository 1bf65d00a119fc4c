import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Weight, Weights } from '#detector/models/weight.ts';

/**
 * TensorFlow.js weights manifest, as far as face-api's models use it: float32, or bytes with a scale and an offset.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts (`WeightsManifestConfig`)
 */
const manifest = z
  .array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.number().int().positive()),
          quantization: z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }).optional(),
        }),
      ),
    }),
  )
  .nonempty();

/** Reads `<model>-weights_manifest.json` and the shards it names. Throws when they do not fit each other. */
export async function readWeights(directory: string, model: string): Promise<Weights> {
  const text = await readFile(path.join(directory, `${model}-weights_manifest.json`), 'utf8');
  const weights = new Map<string, Weight>();
  for (const group of manifest.parse(JSON.parse(text))) {
    const shards = await Promise.all(group.paths.map((shard) => readFile(path.join(directory, shard))));
    const bytes = new Uint8Array(Buffer.concat(shards));
    let offset = 0;
    for (const { name, shape, quantization } of group.weights) {
      const count = shape.reduce((product, size) => product * size, 1);
      const length = quantization === undefined ? count * Float32Array.BYTES_PER_ELEMENT : count;
      const raw = bytes.slice(offset, offset + length);
      if (raw.length !== length) throw new Error(`The weights of ${model} end inside ${name}.`);
      // Computed in double and stored as float32, as TensorFlow.js does (`decodeWeights`).
      const data =
        quantization === undefined
          ? new Float32Array(raw.buffer)
          : Float32Array.from(raw, (value) => value * quantization.scale + quantization.min);
      weights.set(name, { shape, data });
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
