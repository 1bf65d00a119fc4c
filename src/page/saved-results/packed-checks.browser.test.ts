import { downloadZip } from 'client-zip';
import { expect, test } from 'vitest';
import { packedChecks } from './packed-checks.ts';

const sha256 = 'a'.repeat(64);
const set = 'b'.repeat(32);
const check = {
  format: 'facebound-check',
  version: 1,
  sets: [{ id: set, reviewer: 'Anna' }],
  records: [
    {
      set,
      file: sha256,
      sent: sha256,
      engine: 'embedded',
      version: '0.1.0',
      name: 'team.jpg',
      size: { width: 640, height: 480 },
      faces: [{ faceNo: 1, bound: { x: 1, y: 2, width: 30, height: 40 }, verdict: { kind: 'right' } }],
      missed: [],
      note: '',
      done: false,
      changedAt: 1,
    },
  ],
};

/** A saved result as it is dropped, without pictures: only its check is looked at. */
async function saved(manifest: object, files: Readonly<Record<string, string>>) {
  const all = { 'manifest.json': JSON.stringify(manifest), ...files };
  const entries = Object.entries(all).map(([name, input]) => ({ name, input }));
  const file = new File([await downloadZip(entries).blob()], 'team.facebound.zip');
  return { kind: 'zip', item: { kind: 'file', via: 'drop', name: file.name, file } } as const;
}

const picture = {
  name: 'team.jpg',
  file: 'team.jpg',
  type: 'image/jpeg',
  width: 640,
  height: 480,
  sha256,
  orientation: 1,
  notes: [],
  concerns: [],
  source: { kind: 'file', via: 'drop' },
  engine: 'embedded',
  imageReference: 'https://example.com/team.jpg',
  response: { file: 'response.json', method: 'POST', path: '/', durationMs: 1 },
  crops: [],
};
const manifest = { format: 'facebound-replay', version: 1, pictures: [picture] };

test('the check of a saved result is offered as a truth, by the name of its ZIP', async () => {
  const item = await saved({ ...manifest, check: 'check.json' }, { 'check.json': JSON.stringify(check) });
  const found = await packedChecks([item]);
  expect(found.map(({ name, check: { records } }) => [name, records.length])).toEqual([['team.facebound.zip', 1]]);
});

test('one without a check, or whose check cannot be read, offers none', async () => {
  const without = await saved(manifest, {});
  const damaged = await saved({ ...manifest, check: 'check.json' }, { 'check.json': '{"format":"facebound-check"' });
  const missing = await saved({ ...manifest, check: 'check.json' }, {});
  expect(await packedChecks([without, damaged, missing])).toEqual([]);
});
