import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildModels } from '#detector/node/models/build-models.ts';
import { readCoco } from '#page/annotations/model/read-coco.ts';
import { readCsv } from '#page/annotations/model/read-csv.ts';
import { iou } from '#shared/geometry/rect.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { ended, startCommand } from '#testing/cli/command.ts';
import { drawPeople, imageOf, type PeoplePicture } from '#testing/people/compose-people.ts';
import { png } from '#testing/server/pictures.ts';

/** The command as a person runs it, with the real detector in its child, in an empty folder of its own. */
describe('the command line', { timeout: 120_000 }, () => {
  let folder: string;
  let photos: string;
  let cwd: string;
  let group: PeoplePicture;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'facebound-cli-'));
    photos = path.join(folder, 'photos');
    cwd = path.join(folder, 'empty');
    await Promise.all([
      buildModels(path.join(folder, 'models')),
      mkdir(path.join(photos, 'sub'), { recursive: true }),
      mkdir(cwd),
    ]);
    group = await drawPeople({ seed: 7, count: 4, layout: 'group', width: 900, height: 600 });
    const jpeg = await imageOf(group).jpeg().toBuffer();
    const turned = await imageOf(group).rotate(270).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    await writeFile(path.join(photos, 'team.jpg'), jpeg);
    await writeFile(path.join(photos, 'sub/turned.jpg'), turned);
    await writeFile(path.join(photos, 'nobody.png'), await png(400, 300));
    for (const junk of ['._team.jpg', '.DS_Store', 'Thumbs.db']) await writeFile(path.join(photos, junk), 'junk');
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const start = (args: readonly string[], buildDir = folder) => startCommand(args, { cwd, buildDir });
  const run = (...args: string[]) => ended(start(args));

  /** A truth about the two pictures with people; `more` invents faces where nobody stands. */
  async function writeTruth(name: string, more = 0): Promise<string> {
    const file = path.join(folder, name);
    const images = ['photos/team.jpg', 'photos/sub/turned.jpg'].map((file_name, index) => ({
      id: index,
      file_name,
      width: 900,
      height: 600,
    }));
    const annotations = images.flatMap(({ id }) => [
      ...group.faces.map(({ bound: { x, y, width, height } }) => ({
        image_id: id,
        category_id: 1,
        bbox: [x, y, width, height],
      })),
      ...Array.from({ length: more }, (_, index) => ({
        image_id: id,
        category_id: 1,
        bbox: [2 + 30 * index, 2, 25, 25],
      })),
    ]);
    await writeFile(file, JSON.stringify({ images, annotations, categories: [{ id: 1, name: 'face' }] }));
    return file;
  }

  test('finds the faces of a folder and writes them down as the page does, upright', async () => {
    const [coco, csv] = [path.join(folder, 'out.json'), path.join(folder, 'out.csv')];
    const { code, out, error } = await run(photos, '--json', '--coco', coco, '--csv', csv);
    expect(error).toMatch(/^3 of 3 pictures · 8 faces$/m);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      engine: 'embedded',
      pictures: [
        { name: 'photos/nobody.png', width: 400, height: 300, faces: [] },
        { name: 'photos/sub/turned.jpg', width: 900, height: 600, faces: { length: 4 } },
        { name: 'photos/team.jpg', width: 900, height: 600, faces: { length: 4 } },
      ],
      failed: [],
    });
    const read = readCoco(JSON.parse(await readFile(coco, 'utf8')));
    expect(read?.pictures.map(({ pictureName, boxes }) => [pictureName, boxes.length])).toEqual([
      ['photos/nobody.png', 0],
      ['photos/sub/turned.jpg', 4],
      ['photos/team.jpg', 4],
    ]);
    for (const { boxes } of read?.pictures.slice(1) ?? []) {
      for (const [index, { bound }] of boxes.entries()) {
        const { x, y, width, height } = group.faces[index]?.bound ?? imageRect(0, 0, 1, 1);
        expect(iou(bound ?? imageRect(0, 0, 0, 0), imageRect(x, y, width, height))).toBeGreaterThan(0.5);
      }
    }
    expect(readCsv(await readFile(csv, 'utf8'))?.pictures.map(({ boxes }) => boxes.length)).toEqual([0, 4, 4]);
    expect(await readdir(cwd)).toEqual([]);
  });

  test('holds itself to a truth: as good as that is 0, worse is 1, and the table says by how much', async () => {
    const good = await run(
      photos,
      '--truth',
      await writeTruth('truth.json'),
      '--fail-under',
      'recall=.95,precision=95%',
    );
    expect(good.out).toContain('Recall     100.0 %  (8 of 8 faces were found)');
    expect(good.out).toContain('Recall 100.0 % is at least 95.0 %.');
    expect(good.error).toContain(
      'The truth does not tell of 1 of 3 pictures, which are in no figure: photos/nobody.png',
    );
    expect(good.code).toBe(0);

    const truth = await writeTruth('more.json', 1);
    const missed = await run(photos, '--json', '--truth', truth, '--fail-under', 'recall=.95');
    expect(missed.code).toBe(1);
    expect(JSON.parse(missed.out)).toMatchObject({
      total: { right: 8, wrong: 0, missed: 2, recall: 0.8, pictures: 2, withoutTruth: 1 },
      thresholds: [{ figure: 'recall', atLeast: 0.95, value: 0.8, isMet: false }],
    });
  });

  test('a threshold of nothing is missed, in words', async () => {
    const truth = path.join(folder, 'nobody.csv');
    await writeFile(truth, 'picture,x,y,width,height\nnobody.png,,,,\n');
    const { code, out } = await run(path.join(photos, 'nobody.png'), '--truth', truth, '--fail-under', 'precision=0');
    expect(out).toContain('Precision  –  (0 of 0 found are faces)');
    expect(out).toContain('Precision is –, because nothing was found in a picture with a truth: 0.0 % is not met.');
    expect(code).toBe(1);
  });

  test('names what cannot be read, and looks at the others all the same', async () => {
    const broken = path.join(folder, 'broken');
    await mkdir(broken);
    const jpeg = await readFile(path.join(photos, 'team.jpg'));
    await writeFile(path.join(broken, 'cut.jpg'), jpeg.subarray(0, jpeg.length / 2));
    await writeFile(path.join(broken, 'empty.png'), '');
    await writeFile(path.join(broken, 'text.jpg'), 'Not at all.');
    await writeFile(path.join(broken, 'whole.jpg'), jpeg);
    const { code, out, error } = await run(broken);
    expect(code).toBe(3);
    expect(error).toMatch(/^broken\/cut\.jpg cannot be read as a picture: .+\.$/m);
    expect(error).toMatch(/^broken\/empty\.png is empty\.$/m);
    expect(error).toMatch(/^broken\/text\.jpg is no picture but text\.$/m);
    expect(out).toMatch(/ 4 {2}900 × 600 {2}broken\/whole\.jpg\n/);
    expect(out).toContain('1 picture, 4 faces; 3 pictures could not be looked at');
  });

  test.each([
    ['nothing to look at', [], 2, /at least one picture/],
    ['a picture that is not there', ['gone.jpg'], 2, /gone\.jpg is not there/],
    ['a folder without pictures', ['.'], 2, /no picture in \./],
    [
      'a place that cannot be written',
      ['PHOTOS', '--coco', 'no-folder/out.json'],
      2,
      /folder of no-folder\/out\.json is not there/,
    ],
    ['a result over a picture', ['PHOTOS', '--csv', 'PHOTOS/team.jpg'], 2, /nothing is written over it/],
    [
      'a truth about other pictures',
      ['PHOTOS', '--truth', 'OTHER'],
      2,
      /tells of none of these pictures.*elsewhere\.jpg/,
    ],
    ['no server', ['PHOTOS', '--server', 'http://127.0.0.1:9'], 4, /No Facebound answers at http:\/\/127\.0\.0\.1:9/],
  ])('ends with its own code for %s', async (_, args, code, sentence) => {
    const other = path.join(folder, 'other.csv');
    await writeFile(other, 'picture,x,y,width,height\nelsewhere.jpg,1,2,3,4\n');
    const result = await run(...args.map((arg) => arg.replace('PHOTOS', photos).replace('OTHER', other)));
    expect(result.error).toMatch(sentence);
    expect(result.code).toBe(code);
    expect(result.out).toBe('');
  });

  test('without its networks it says how they are made', async () => {
    const { code, error } = await ended(start([photos], cwd));
    expect(error).toMatch(/networks .* "npm run build/);
    expect(code).toBe(4);
  });

  test('a reader that leaves early hears no complaint, and files are written all the same', async () => {
    const coco = path.join(folder, 'early.json');
    const child = start([path.join(photos, 'team.jpg'), '--coco', coco]);
    child.stdout?.destroy();
    expect(await ended(child)).toMatchObject({ code: 0, error: '' });
    expect(readCoco(JSON.parse(await readFile(coco, 'utf8')))?.pictures).toHaveLength(1);
  });

  test('Ctrl+C ends it, with nothing half written and no process left behind', async () => {
    const many = path.join(folder, 'many');
    await mkdir(many);
    const jpeg = await readFile(path.join(photos, 'team.jpg'));
    for (let copy = 0; copy < 40; copy += 1) await writeFile(path.join(many, `${copy}.jpg`), jpeg);
    const coco = path.join(folder, 'stopped.json');
    const child = start([many, '--coco', coco]);
    child.stderr?.once('data', () => child.kill('SIGINT'));
    const { code, out, error } = await ended(child);
    expect(error).toMatch(/Stopped\. Nothing was written\.\n$/);
    expect(code).toBe(130);
    expect(out).toBe('');
    expect(await readdir(folder)).not.toContain('stopped.json');
  });

  test('--help tells every exit code', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const number of [0, 1, 2, 3, 4, 130]) expect(out).toMatch(new RegExp(`^ {2}${number} {2}`, 'm'));
  });
});
