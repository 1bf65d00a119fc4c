import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDir } from '#testing/server/test-server.ts';
import { detectorVersion } from './detector-version.ts';

test('changes with a network or the program, and with nothing else', async () => {
  const { dir, remove } = await temporaryDir();
  const modelsDir = path.join(dir, 'models');
  await mkdir(modelsDir);
  const network = path.join(modelsDir, 'ssd.onnx');
  const program = path.join(dir, 'program.js');
  await writeFile(network, 'network');
  await writeFile(program, 'program');
  const first = await detectorVersion(modelsDir, program);
  expect(await detectorVersion(modelsDir, program)).toBe(first);
  await writeFile(network, 'another network');
  const second = await detectorVersion(modelsDir, program);
  expect(second).not.toBe(first);
  await writeFile(program, 'another program');
  expect(await detectorVersion(modelsDir, program)).not.toBe(second);
  await remove();
});

test('from source, every start is another version', async () => {
  expect(await detectorVersion('models', undefined)).not.toBe(await detectorVersion('models', undefined));
});
