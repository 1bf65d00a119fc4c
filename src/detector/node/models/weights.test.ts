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

  it('reads halves, of every size, and whole numbers', async () => {
    // 1, -2, the largest, the smallest, no number beyond; IEEE 754.
    const halves = new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0xfc00).buffer);
    await write(
      [
        { name: 'halves', shape: [5], dtype: 'float32', quantization: { dtype: 'float16' } },
        { name: 'whole', shape: [2], dtype: 'int32' },
      ],
      halves,
      new Uint8Array(Int32Array.of(-1, 70_000).buffer),
    );
    const weights = await readWeights(folder, 'net');
    expect([...weights('halves').data]).toEqual([1, -2, 65504, 2 ** -24, Number.NEGATIVE_INFINITY]);
    expect([...weights('whole').data]).toEqual([-1, 70_000]);
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
