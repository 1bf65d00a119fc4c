import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { FACE_REFERENCE_VERSION } from '#contract/kolors.ts';
import { expect, PEOPLE, test } from '../fixtures/kolors.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';

const run = promisify(execFile);

test.describe('without a token', () => {
  test('the panel gives a script and sends nothing to Kling', async ({ kolors, picture, vendor, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await kolors.begin(picture);
    await kolors.handOver(2);
    await kolors.prompt.fill('A lighthouse keeper');
    const script = await kolors.copied('JavaScript');
    expect(script).toContain('$USEAPI_TOKEN');
    expect(script).toContain('"A lighthouse keeper"');
    expect(script).not.toContain(new URL(kolors.page.url()).host);
    expect(await kolors.copied('Python')).toContain('A lighthouse keeper');
    expect(vendor.calls).toHaveLength(0);
  });

  test('Generate explains what a token adds and pretends nothing', async ({ kolors, picture, vendor }) => {
    await kolors.begin(picture);
    await kolors.handOver(1);
    await kolors.pressGenerate();
    await expect(kolors.panel.getByText('Generating needs a useapi.net token')).toBeVisible();
    await expect(kolors.confirmation).toHaveCount(0);
    expect(vendor.calls).toHaveLength(0);
  });

  test('the picture is saved for the script, as it was sent and under the name that the script reads', async ({
    kolors,
    picture,
  }) => {
    await kolors.begin(picture);
    await kolors.handOver(1);
    const download = await kolors.saved(() => kolors.panel.getByRole('button', { name: /^Save the picture/ }).click());
    expect(download.suggestedFilename()).toBe('team.jpg');
    expect(await sharp(await readFile(await download.path())).metadata()).toMatchObject({
      format: 'jpeg',
      width: picture.width,
      height: picture.height,
    });
  });

  test('Enter uses the selected face, Esc goes back, and the prompt is still there', async ({
    kolors,
    picture,
    page,
  }) => {
    await kolors.begin(picture);
    await page.keyboard.press('3');
    await page.keyboard.press('Enter');
    await expect(kolors.panel.getByRole('tab', { name: 'Face 3' })).toBeVisible();
    await kolors.prompt.fill('Kept');
    await page.keyboard.press('Escape');
    await expect(kolors.panel).toHaveCount(0);
    await page.keyboard.press('Enter');
    await expect(kolors.prompt).toHaveValue('Kept');
  });
});

test.describe('with a token, from the embedded engine', () => {
  test('nothing goes to Kling before a person agrees', async ({ kolors, picture, vendor }) => {
    await kolors.begin(picture);
    await kolors.handOver(2);
    await kolors.pressGenerate();
    await kolors.enterToken(vendor.token);
    await expect(kolors.panel.getByRole('button', { name: /^Send to Kling/ })).toBeVisible();
    expect(vendor.callsTo('assets')).toHaveLength(0);
    expect(vendor.callsTo('recognize')).toHaveLength(0);
  });

  test('the request carries Kling’s address and Kling’s number, and both numbers are shown', async ({
    kolors,
    picture,
    vendor,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await kolors.begin(picture);
    await kolors.prepare(2, vendor.token, 'A lighthouse keeper');
    // Kling counts from the right.
    const klingNo = PEOPLE + 1 - 2;
    await expect(kolors.panel.getByText(`faceNo ${klingNo}`, { exact: true })).toBeVisible();
    await expect(kolors.panel.getByText('This face has another number at Kling.')).toBeVisible();
    const json: unknown = JSON.parse(await kolors.copied('JSON'));
    expect(json).toEqual({
      prompt: 'A lighthouse keeper',
      reference: 'face',
      imageReference: expect.stringContaining(`http://${vendor.host}/cdn/`),
      faceNo: klingNo,
      faceStrength: 65,
      aspect_ratio: '16:9',
      imageCount: 1,
      version: FACE_REFERENCE_VERSION,
    });
  });

  test('where Kling’s boxes are elsewhere, both are shown and a person points the face out', async ({
    kolors,
    vendor,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const others = await drawnJpeg('others.jpg', { ...groupOf(PEOPLE, 'elsewhere'), width: 1400, height: 1200 });
    await kolors.begin(others);
    await kolors.handOver(1);
    await kolors.pressGenerate();
    await kolors.enterToken(vendor.token);
    await kolors.panel.getByRole('button', { name: /^Send to Kling/ }).click();
    await expect(kolors.panel.getByText('Kling sees no face at this place')).toBeVisible();
    await expect(kolors.panel.getByRole('img', { name: /chosen box beside/ })).toBeVisible();
    await expect(kolors.request.getByRole('tab', { name: 'JSON' })).toHaveCount(0);
    await kolors.panel.getByRole('button', { name: 'Take Kling’s face 4' }).click();
    expect(JSON.parse(await kolors.copied('JSON'))).toMatchObject({ faceNo: 4 });
  });

  test('a refusal by Kling is told in words and can be tried again', async ({ kolors, picture, vendor, watch }) => {
    watch.expectProblem(/recognize-faces|402/);
    vendor.on('recognize', { kind: 'status', status: 402 }, 1);
    await kolors.begin(picture);
    await kolors.handOver(1);
    await kolors.pressGenerate();
    await kolors.enterToken(vendor.token);
    await kolors.panel.getByRole('button', { name: /^Send to Kling/ }).click();
    await expect(kolors.panel.getByRole('alert').filter({ hasText: /subscription/i })).toBeVisible();
    await kolors.panel.getByRole('button', { name: 'Try again' }).click();
    await expect(kolors.panel.getByText(/^faceNo \d+$/)).toBeVisible();
  });
});

test.describe('copied code', () => {
  const hostile = `It's "quoted", \`ticked\`, $HOME \${x} $(id), C:\\new \\' 👩🏽‍🚀\nsecond line`;

  test('is what the panel shows, also when it is run', async ({ kolors, picture, vendor, context }) => {
    test.slow();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await kolors.begin(picture);
    await kolors.prepare(4, vendor.token, hostile);
    const shown: unknown = JSON.parse(await kolors.copied('JSON'));
    expect(shown).toMatchObject({ prompt: hostile });
    const env = { ...process.env, USEAPI_TOKEN: vendor.token };
    const hasPython = await run('python3', ['-c', 'import requests']).then(
      () => true,
      () => false,
    );
    const runs = [
      () => kolors.copied('cURL').then((code) => run('sh', ['-c', code], { env })),
      () =>
        kolors.copied('JavaScript').then((code) => run(process.execPath, ['--input-type=module', '-e', code], { env })),
      ...(hasPython ? [() => kolors.copied('Python').then((code) => run('python3', ['-c', code], { env }))] : []),
    ];
    for (const start of runs) await start();
    const bodies = vendor.callsTo('kolors').map((call): unknown => JSON.parse(call.body.toString()));
    expect(bodies).toEqual(runs.map(() => shown));
  });
});
