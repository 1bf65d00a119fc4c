import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { FailureCode } from '#shared/failure.ts';
import { FAILURE_MESSAGES } from '#shared/failure-message.ts';
import { expect, test } from '../fixtures/kling.ts';
import { KolorsPage } from '../fixtures/kolors.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';

const picture = drawnJpeg('group.jpg', groupOf(4));

async function enterToken(page: Page, token: string): Promise<void> {
  await page.getByRole('radio', { name: 'Kling' }).click();
  await page.getByLabel('API token').fill(token);
  await page.getByRole('button', { name: 'Use', exact: true }).click();
}

test('a token of one’s own turns the same page into a live client', async ({ facebound, page, vendor }) => {
  await facebound.open();
  await enterToken(page, vendor.token);
  await facebound.drop(await picture);
  await facebound.expectFaces(2);
  expect(vendor.callsTo('assets')).toHaveLength(1);
  expect(vendor.callsTo('recognize')).toHaveLength(1);
  await facebound.expectNoAxeViolations();
});

test('without a token nothing is sent, and the page says what is missing', async ({ facebound, page, vendor }) => {
  await facebound.open();
  await page.getByRole('radio', { name: 'Kling' }).click();
  await facebound.drop(await picture);
  await facebound.expectAlert(/Kling needs a token/);
  expect(vendor.calls).toHaveLength(0);
  // One place asks at a time: the card, and the field only when it is wanted.
  const field = page.getByLabel('API token');
  await expect(field).toBeHidden();
  await facebound.expectNoAxeViolations();
  await page.getByRole('button', { name: 'Enter a token', exact: true }).click();
  await expect(field).toBeVisible();
  await field.fill('sk-1234');
  await expect(field).toHaveAccessibleDescription(/looks like user:1234-/);
  await field.fill('user:12');
  await expect(field).toHaveAccessibleDescription('');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Use the embedded engine' }).click();
  await facebound.expectFaces(4);
  await page.getByRole('radio', { name: 'Kling' }).click();
  await facebound.expectAlert(/Kling needs a token/);
  await expect(field).toBeHidden();
  await facebound.reload();
  await facebound.expectAlert(/Kling needs a token/);
  await expect(field).toBeHidden();
});

test('an upload that fails for a moment is tried again, and the page counts the tries', async ({
  facebound,
  page,
  vendor,
  watch,
}) => {
  watch.expectProblem(/429/);
  vendor.on('assets', { kind: 'status', status: 429, headers: { 'retry-after': '3' } }, 1);
  await facebound.open();
  await enterToken(page, vendor.token);
  await facebound.drop(await picture);
  await expect(facebound.stage.getByText('Trying again (2)…')).toBeVisible();
  await facebound.expectFaces(2);
  expect(vendor.callsTo('assets')).toHaveLength(2);
});

test('a wrong token is said, and a right one goes on', async ({ facebound, page, vendor, watch }) => {
  watch.expectProblem(/401/);
  await facebound.open();
  await enterToken(page, 'user:0000-wrong');
  await facebound.drop(await picture);
  await facebound.expectAlert(/The token was not accepted/);
  await page.getByRole('button', { name: 'Enter a token', exact: true }).click();
  await page.getByLabel('API token').fill(vendor.token);
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  // Another token may be another account: what is open is asked about.
  await page.getByRole('alertdialog').getByRole('button', { name: 'Send it' }).click();
  await facebound.expectFaces(2);
});

test.describe('with several accounts', () => {
  test.use({ accounts: ['ana@example.com', 'ben@example.com'] });

  test('the page asks which one before anything is sent, and uses it', async ({ facebound, page, vendor }) => {
    await facebound.open();
    await enterToken(page, vendor.token);
    await expect(page.getByRole('radio', { name: /ben@example.com/ })).toBeVisible();
    await facebound.drop(await picture);
    await facebound.expectAlert(/Choose an account/);
    expect([vendor.callsTo('assets'), vendor.callsTo('recognize')]).toEqual([[], []]);
    await page.getByRole('button', { name: 'Choose an account', exact: true }).click();
    await page.getByRole('radio', { name: /ben@example.com/ }).click();
    await facebound.expectFaces(2);
    expect(vendor.callsTo('recognize').at(-1)?.body.toString()).toContain('ben@example.com');
  });
});

test('every failing status of the service has a cause, a cure, and is not asked for again by itself', async ({
  facebound,
  page,
  vendor,
  watch,
}) => {
  watch.expectProblem(/40[2348]|412|422|500|504|526|596/);
  await facebound.open();
  await enterToken(page, vendor.token);
  for (const [status, code] of [
    [402, 'no-subscription'],
    [403, 'service-forbidden'],
    [404, 'not-found'],
    [408, 'too-slow'],
    [412, 'no-credits'],
    [422, 'moderated'],
    [500, 'moderated-or-fault'],
    [504, 'too-slow'],
    [526, 'service-certificate'],
    [596, 'session-broken'],
  ] as const satisfies readonly (readonly [number, FailureCode])[]) {
    await test.step(`status ${status}`, async () => {
      vendor.on('recognize', { kind: 'status', status }, 1);
      const asked = vendor.callsTo('recognize').length;
      await facebound.drop(await drawnJpeg(`${status}.jpg`, { ...groupOf(1, status), width: 480, height: 360 }));
      await facebound.pictures.getByRole('button', { name: new RegExp(`^${status}\\.jpg`) }).click();
      const { title, cure } = FAILURE_MESSAGES[code];
      await expect(page.getByRole('alert').filter({ hasText: title })).toContainText(cure);
      expect(vendor.callsTo('recognize')).toHaveLength(asked + 1);
    });
  }
});

test('a service that answers oddly is understood: what was uploaded is looked at, and every face is kept', async ({
  facebound,
  page,
  vendor,
}) => {
  const url = `http://${vendor.host}/cdn/odd.jpg`;
  vendor.on('assets', { kind: 'json', value: { status: '3', url, message: null, fileName: 7 } });
  const box = { x: 65, y: 258, width: 101, height: 130 };
  const face = { name: null, arguments: { face_bound: JSON.stringify(box) } };
  vendor.on('recognize', {
    kind: 'json',
    value: { error: 0, faceItems: [face, face], mediaInfo: { width: 3, height: 4 } },
  });
  await facebound.open();
  await enterToken(page, vendor.token);
  await facebound.drop(await picture);
  await facebound.expectFaces(2);
  await expect(facebound.stage.getByText(/placed by the picture’s own pixels/)).toBeVisible();
});

test('what the service lost is uploaded again by itself, once', async ({ facebound, page, vendor, watch }) => {
  watch.expectProblem(/410/);
  await facebound.open();
  await enterToken(page, vendor.token);
  await test.step('its bytes bring it back', async () => {
    vendor.on('recognize', { kind: 'status', status: 410 }, 1);
    await facebound.drop(await picture);
    await facebound.expectFaces(2);
    expect([vendor.callsTo('assets').length, vendor.callsTo('recognize').length]).toEqual([2, 2]);
  });
  await test.step('a second time in a row is said, and a person may go on', async () => {
    vendor.on('recognize', { kind: 'status', status: 410 }, 2);
    await facebound.drop(await drawnJpeg('other.jpg', groupOf(3)));
    await facebound.pictures.getByRole('button', { name: /^other\.jpg/ }).click();
    await facebound.expectAlert(/This picture is no longer there/);
    expect(vendor.callsTo('assets')).toHaveLength(4);
    await page.getByRole('button', { name: 'Try again' }).click();
    await facebound.expectFaces(2);
    expect(vendor.callsTo('assets')).toHaveLength(5);
  });
  await test.step('before a paid call too, and nothing is paid for it', async () => {
    const kolors = new KolorsPage(page);
    vendor.on('kolors', { kind: 'status', status: 410 }, 1);
    await kolors.handOver(1);
    await kolors.prompt.fill('a portrait');
    await kolors.generate();
    await expect(kolors.cards.getByRole('status')).toContainText('The picture is no longer at Kling');
    await expect.poll(() => vendor.callsTo('assets').length).toBe(6);
    await kolors.panel.getByRole('tab', { name: 'Face 1' }).click();
    await expect(kolors.panel.getByText(/^faceNo 1$/)).toBeVisible();
    await kolors.generate();
    await expect(kolors.cards.first().getByRole('status')).toContainText('1 picture');
    const [lost, there] = vendor.callsTo('kolors').map(({ body }) => body.toString());
    expect(there).not.toBe(lost);
    expect(vendor.creditsSpent).toBe(1);
  });
});

test('a status other than 0 is a failure with the service’s message', async ({ facebound, page, vendor }) => {
  vendor.on('recognize', { kind: 'json', value: { status: 7, message: 'This picture is under review' } });
  await facebound.open();
  await enterToken(page, vendor.token);
  await facebound.drop(await picture);
  await facebound.expectAlert(/This picture is under review/);
});

test('a reply that is a web page is said to be unreadable, and can be seen', async ({ facebound, page, vendor }) => {
  vendor.on('recognize', { kind: 'body', body: '<html>maintenance</html>', contentType: 'text/html' });
  await facebound.open();
  await enterToken(page, vendor.token);
  await facebound.drop(await picture);
  await facebound.expectAlert(/The reply could not be read/);
  await page.getByRole('tab', { name: 'Response' }).click();
  await expect(facebound.inspector).toContainText('maintenance');
});

test('at capacity the page waits as told, counts down, and goes on by itself', async ({
  facebound,
  page,
  vendor,
  watch,
}) => {
  watch.expectProblem(/429/);
  vendor.on('recognize', { kind: 'status', status: 429, headers: { 'retry-after': '2' } }, 1);
  await facebound.open();
  await enterToken(page, vendor.token);
  await facebound.drop(await picture);
  await expect(page.getByText(/The service is busy\. Trying again/)).toBeVisible();
  await facebound.expectFaces(2);
  expect(vendor.callsTo('recognize')).toHaveLength(2);
});

test('while capacity is waited for the answer can be read, the wait is told, and nobody has to wait', async ({
  facebound,
  page,
  vendor,
  watch,
}) => {
  watch.expectProblem(/429/);
  vendor.on('assets', { kind: 'status', status: 429, headers: { 'retry-after': '900' } }, 1);
  vendor.on('recognize', { kind: 'status', status: 429, headers: { 'retry-after': '999999999' } }, 1);
  await facebound.open();
  await enterToken(page, vendor.token);
  await facebound.drop(await picture);
  for (const [waits, asked] of [
    [/The service is busy\. \d+ s left\./, 'It asked to wait 15 minutes. The page waits 10 minutes at most.'],
    [/The service is busy\. Trying again in \d+ s/, 'It asked to wait a day or longer.'],
  ] as const) {
    await expect(facebound.stage.getByText(waits)).toBeVisible();
    await expect(facebound.stage.getByText(asked)).toBeVisible();
    await page.getByRole('tab', { name: 'Response' }).click();
    await expect(facebound.inspector).toContainText('All configured accounts are at capacity');
    await facebound.stage.getByRole('button', { name: 'Try now' }).click();
  }
  await facebound.expectFaces(2);
  expect([vendor.callsTo('assets').length, vendor.callsTo('recognize').length]).toEqual([2, 2]);
});

test('waiting for capacity can be cancelled', async ({ facebound, page, vendor, watch }) => {
  watch.expectProblem(/429/);
  vendor.on('recognize', { kind: 'status', status: 429, headers: { 'retry-after': '600' } });
  await facebound.open();
  await enterToken(page, vendor.token);
  await facebound.drop(await picture);
  await expect(page.getByText(/Trying again in \d+ s/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Find faces' })).toBeVisible();
});

test('a link that Kling cannot fetch can be uploaded instead', async ({
  facebound,
  page,
  vendor,
  watch,
  pictureHost,
}) => {
  watch.expectProblem(/400/);
  const { bytes } = await picture;
  const url = pictureHost.serve('private.jpg', bytes, 'image/jpeg');
  vendor.on('recognize', { kind: 'body', status: 400, body: '{"error":"Unable to fetch imageReference"}' }, 1);
  await facebound.open();
  await enterToken(page, vendor.token);
  await facebound.link(url);
  await facebound.expectAlert(/Unable to fetch imageReference/);
  expect(vendor.callsTo('recognize')[0]?.body.toString()).toContain(url);
  await page.getByRole('button', { name: 'Upload it instead' }).click();
  await facebound.expectFaces(2);
  expect(vendor.callsTo('assets')).toHaveLength(1);
});

test('after a session with a secret token its text is nowhere but in the calls to the service', async ({
  facebound,
  page,
  vendor,
  klingServer,
  context,
}) => {
  const seen: string[] = [];
  page.on('request', (request) => {
    seen.push(request.url());
    expect(request.postData() ?? '').not.toContain(vendor.token);
  });
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => bodies.push(response.text().catch(() => '')));
  page.on('console', (message) => seen.push(message.text()));
  await facebound.open();
  await enterToken(page, vendor.token);
  await facebound.drop(await picture);
  await facebound.expectFaces(2);
  await facebound.clickFace(1);
  for (const tab of ['Request', 'Response', 'Face']) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    seen.push(await facebound.inspector.innerText());
  }
  const download = page.waitForEvent('download');
  await page.getByRole('tab', { name: 'Response' }).click();
  await facebound.inspector.getByRole('button', { name: /save/i }).click();
  seen.push(await readFile(await (await download).path(), 'utf8'));

  seen.push(
    await page.content(),
    await page.locator('body').ariaSnapshot(),
    page.url(),
    JSON.stringify(await context.cookies()),
    await page.evaluate(async () => {
      const databases = await indexedDB.databases();
      const stored: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state];
      for (const { name } of databases) {
        const db = await new Promise<IDBDatabase>((resolve, reject) => {
          const open = indexedDB.open(name ?? '');
          open.onsuccess = () => resolve(open.result);
          open.onerror = () => reject(open.error);
        });
        for (const store of db.objectStoreNames) {
          stored.push(
            await new Promise((resolve, reject) => {
              const all = db.transaction(store).objectStore(store).getAll();
              all.onsuccess = () => resolve(all.result);
              all.onerror = () => reject(all.error);
            }),
          );
        }
        db.close();
      }
      return JSON.stringify(stored);
    }),
    ...(await Promise.all(bodies)),
    klingServer.log(),
  );
  const [, secret = ''] = vendor.token.split(':');
  for (const text of seen) expect(text).not.toContain(secret);
  // The test would also pass if nothing had been sent at all.
  expect(vendor.calls.every((call) => call.headers.authorization === `Bearer ${vendor.token}`)).toBe(true);
  expect(vendor.calls.length).toBeGreaterThanOrEqual(3);
});
