import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { FACE_REFERENCE_VERSION } from '#contract/kolors.ts';
import { Facebound } from '../fixtures/facebound-page.ts';
import { expect, PEOPLE, test } from '../fixtures/kolors.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';

const run = promisify(execFile);

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

test('without a token the panel gives a script, explains what a token adds, and sends nothing to Kling', async ({
  kolors,
  picture,
  vendor,
  page,
}) => {
  await kolors.begin(picture);

  await test.step('Enter uses the selected face, Esc goes back, and the prompt is still there', async () => {
    await page.keyboard.press('3');
    await page.keyboard.press('Enter');
    await expect(kolors.panel.getByRole('tab', { name: 'Face 3' })).toBeVisible();
    await expect(kolors.prompt).toHaveAccessibleDescription(/Still empty/);
    await kolors.prompt.fill('A lighthouse keeper');
    await expect(kolors.prompt).toHaveAccessibleDescription('');
    await page.keyboard.press('Escape');
    await expect(kolors.panel).toHaveCount(0);
    await page.keyboard.press('Enter');
    await expect(kolors.prompt).toHaveValue('A lighthouse keeper');
  });

  await test.step('the script', async () => {
    const script = await kolors.copied('JavaScript');
    expect(script).toContain('$USEAPI_TOKEN');
    expect(script).toContain('"A lighthouse keeper"');
    expect(script).not.toContain(new URL(page.url()).host);
    expect(await kolors.copied('Python')).toContain('A lighthouse keeper');
    // The loudest button is the one that works without a token; it copies the language that is shown.
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await kolors.panel.getByRole('button', { name: 'Copy Python', exact: true }).click();
    await expect(kolors.panel.getByRole('button', { name: 'Copied', exact: true })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^# Save as kolors\.py/);
  });

  await test.step('the picture is saved for it, as it was sent and under the name that it reads', async () => {
    const download = await kolors.saved(() => kolors.panel.getByRole('button', { name: /^Save the picture/ }).click());
    expect(download.suggestedFilename()).toBe('team.jpg');
    expect(await sharp(await readFile(await download.path())).metadata()).toMatchObject({
      format: 'jpeg',
      width: picture.width,
      height: picture.height,
    });
  });

  await test.step('Generate pretends nothing', async () => {
    await kolors.pressGenerate();
    await expect(kolors.panel.getByText('Generating needs a useapi.net token')).toBeVisible();
    await expect(kolors.confirmation).toHaveCount(0);
  });
  expect(vendor.calls).toHaveLength(0);
});

test('with a token the picture goes to Kling when a person agrees, and the request carries Kling’s number', async ({
  kolors,
  picture,
  vendor,
  page,
  watch,
}) => {
  await kolors.begin(picture);
  await kolors.handOver(2);
  await kolors.pressGenerate();
  await kolors.enterToken(vendor.token);
  await expect(kolors.panel.getByRole('button', { name: /^Send to Kling/ })).toBeVisible();
  expect(vendor.callsTo('assets')).toHaveLength(0);
  expect(vendor.callsTo('recognize')).toHaveLength(0);

  await test.step('a refusal by Kling is told in words and can be tried again', async () => {
    watch.expectProblem(/recognize-faces|402/);
    vendor.on('recognize', { kind: 'status', status: 402 }, 1);
    await kolors.panel.getByRole('button', { name: /^Send to Kling/ }).click();
    await expect(kolors.panel.getByRole('alert').filter({ hasText: /subscription/i })).toBeVisible();
    await kolors.panel.getByRole('button', { name: 'Try again' }).click();
    await expect(kolors.panel.getByText(/^faceNo \d+$/)).toBeVisible();
  });

  await test.step('both numbers are shown', async () => {
    await kolors.prompt.fill('A lighthouse keeper');
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

  await test.step('copied code is what the panel shows, also when it is run, for a hostile prompt', async () => {
    const hostile = `It's "quoted", \`ticked\`, $HOME \${x} $(id), C:\\new \\' 👩🏽‍🚀\nsecond line`;
    await kolors.prompt.fill(hostile);
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

  await test.step('where Kling’s boxes are elsewhere, both are shown and a person points the face out', async () => {
    const others = await drawnJpeg('others.jpg', { ...groupOf(PEOPLE, 'elsewhere'), width: 1400, height: 1200 });
    await page.keyboard.press('Escape');
    await expect(kolors.panel).toHaveCount(0);
    const facebound = new Facebound(page);
    await facebound.drop(others);
    await expect(
      facebound.pictures.getByRole('button', { name: new RegExp(`^others.*${PEOPLE} faces`) }),
    ).toBeVisible();
    await facebound.pictures
      .getByRole('button', { name: /^others/ })
      .first()
      .click();
    await kolors.handOver(1);
    await kolors.panel.getByRole('button', { name: /^Send to Kling/ }).click();
    await expect(kolors.panel.getByText('Kling sees no face at this place')).toBeVisible();
    await expect(kolors.panel.getByRole('img', { name: /chosen box beside/ })).toBeVisible();
    await expect(kolors.request.getByRole('tab', { name: 'JSON' })).toHaveCount(0);
    await kolors.panel.getByRole('button', { name: 'Take Kling’s face 4' }).click();
    expect(JSON.parse(await kolors.copied('JSON'))).toMatchObject({ faceNo: 4 });
  });
});

test.describe('with several accounts', () => {
  test.use({ accounts: ['first@example.com', 'second@example.com'] });

  test('the chosen one is in every call', async ({ kolors, picture, vendor }) => {
    await kolors.begin(picture);
    await kolors.handOver(1);
    await kolors.pressGenerate();
    await kolors.enterToken(vendor.token);
    await kolors.panel.getByRole('radio', { name: 'second@example.com' }).click();
    await kolors.sendToKling();
    expect(JSON.parse(await kolors.copied('JSON'))).toMatchObject({ email: 'second@example.com' });
    expect(vendor.callsTo('assets')[0]?.target).toContain('email=second%40example.com');

    await kolors.prompt.fill('A lighthouse keeper');
    await kolors.pressGenerate();
    await expect(kolors.confirmation).toContainText('1 credit of second@example.com');
    await kolors.confirmation.getByRole('button', { name: /^Generate for/ }).click();
    await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
    expect(vendor.callsTo('kolors')).toHaveLength(1);
    expect(vendor.callsTo('task').length).toBeGreaterThan(0);
    for (const call of vendor.callsTo('task')) expect(call.target).toContain('email=second%40example.com');
  });
});
