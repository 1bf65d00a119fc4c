/** The command line as a build has it: what it finds is what the page's own server finds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { buildDir } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';

const packageFile = fileURLToPath(new URL('../../package.json', import.meta.url));

async function detect(args: readonly string[], cwd: string): Promise<{ code: unknown; out: string; error: string }> {
  const child = spawn(process.execPath, [join(buildDir(), 'server', 'detect.js'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  const [code]: unknown[] = await once(child, 'close');
  return { code, out, error };
}

test('the built command finds the same faces by itself and through a running server, and leaves nothing behind', async ({
  server,
}) => {
  const cwd = await mkdtemp(join(tmpdir(), 'facebound-cli-'));
  await writeFile(join(cwd, 'team.jpg'), (await drawnJpeg('team.jpg', groupOf(5))).bytes);
  const alone = await detect(['team.jpg', '--json'], cwd);
  expect(alone).toMatchObject({ code: 0, error: '' });
  const { pictures } = z
    .object({ pictures: z.array(z.object({ faces: z.array(z.unknown()) })) })
    .parse(JSON.parse(alone.out));
  expect(pictures[0]?.faces).toHaveLength(5);
  expect(await detect(['team.jpg', '--json', '--server', server.origin], cwd)).toEqual(alone);
  expect(await readdir(cwd)).toEqual(['team.jpg']);
  await rm(cwd, { recursive: true });
});

test('the built command needs no package that is not installed with --omit=dev', () => {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(packageFile, 'utf8')));
  const folder = join(buildDir(), 'server');
  const seen = new Set<string>();
  const packages = new Set<string>();
  const look = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, named = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;\n]*?"([^"\n]+)";?$/gm)) {
      if (named.startsWith('.')) look(join(file, '..', named));
      else if (!named.startsWith('node:') && !builtinModules.includes(named)) packages.add(named);
    }
  };
  look(join(folder, 'detect.js'));
  look(join(folder, 'detector-child.js'));
  expect(seen.size).toBeGreaterThan(3);
  const allowed = Object.keys(dependencies);
  expect(
    [...packages].filter((named) => !allowed.some((known) => named === known || named.startsWith(`${known}/`))),
  ).toEqual([]);
});
