import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWeights } from './weights.ts';

describe('reading TensorFlow.js weights', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'facebound-weights-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (weights: unknown[], ...shards: Uint8Array[]): Promise<void> => {
    const paths = shards.map((_, index) => `shard-${index}`);
    await writeFile(path.join(folder, 'net-weights_manifest.json'), JSON.stringify([{ paths, weights }]));
    await Promise.all(shards.map((shard, index) => writeFile(path.join(folder, `shard-${index}`), shard)));
  };
  const quantization = { dtype: 'uint8', scale: 0.5, min: -1 };

  it('turns bytes into numbers by scale and offset', async () => {
    await write([{ name: 'a', shape: [2, 2], quantization }], Uint8Array.of(0, 1, 2, 255));
    const { shape, data } = (await readWeights(folder, 'net'))('a');
    expect(shape).toEqual([2, 2]);
    expect([...data]).toEqual([-1, -0.5, 0, 126.5]);
  });

  it('reads floats as they are, wherever they start, across shards', async () => {
    const floats = new Uint8Array(Float32Array.of(1.5, -2).buffer);
    await write(
      [
        { name: 'byte', shape: [1], quantization },
        { name: 'floats', shape: [2] },
      ],
      Uint8Array.of(4, ...floats.subarray(0, 3)),
      floats.subarray(3),
    );
    const weights = await readWeights(folder, 'net');
    expect([...weights('byte').data]).toEqual([1]);
    expect([...weights('floats').data]).toEqual([1.5, -2]);
  });

  it('refuses shards that are shorter or longer than the manifest says', async () => {
    await write([{ name: 'a', shape: [4], quantization }], Uint8Array.of(1, 2, 3));
    await expect(readWeights(folder, 'net')).rejects.toThrow('end inside a');
    await write([{ name: 'a', shape: [2], quantization }], Uint8Array.of(1, 2, 3));
    await expect(readWeights(folder, 'net')).rejects.toThrow('longer');
  });

  it('says which tensor is missing', async () => {
    await write([{ name: 'a', shape: [1], quantization }], Uint8Array.of(1));
    const weights = await readWeights(folder, 'net');
    expect(() => weights('b')).toThrow('no weights named b');
  });
});
