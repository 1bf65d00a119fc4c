import type { Page } from '@playwright/test';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { countRemembered } from '../fixtures/remembered.ts';
import { type RunningServer, startServer } from '../fixtures/server.ts';
import { test as base, expect } from '../fixtures/test.ts';

const KEY = 'three-otters-in-the-reeds';

const test = base.extend<{ readonly keyed: RunningServer }>({
  keyed: async ({ browserName: _ }, use) => {
    const server = await startServer({ env: { FACEBOUND_ACCESS_KEY: KEY } });
    await use(server);
    await server.stop();
  },
  baseURL: async ({ keyed }, use) => use(keyed.origin),
});

const keyField = (page: Page) => page.getByLabel('Access key');

async function enter(page: Page, key: string): Promise<void> {
  await keyField(page).fill(key);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

async function signOut(page: Page, { forgets = true, verdicts = 'none' } = {}): Promise<void> {
  await page.getByRole('button', { name: 'Your work' }).click();
  await page.getByRole('button', { name: 'Sign out…' }).click();
  const question = page.getByRole('alertdialog', { name: 'Sign out?' });
  const everything = question.getByRole('checkbox', { name: /^Forget all pictures/ });
  await expect(everything, 'who leaves leaves nothing behind, unless they say so').toBeChecked();
  if (!forgets) await everything.uncheck();
  const theirs = question.getByRole('checkbox', { name: 'Forget it as well' });
  if (verdicts === 'none') await expect(theirs).toBeHidden();
  else {
    await expect(question).toContainText('One verdict on one picture stays.');
    await expect(question.getByRole('button', { name: 'Save the check as a file' })).toBeVisible();
    await expect(theirs, 'somebody’s work stays, unless they say otherwise').not.toBeChecked();
    if (verdicts === 'forgotten') await theirs.check();
  }
  await question.getByRole('button', { name: 'Sign out', exact: true }).click();
}

test('a team’s server asks for its key once, and again after signing out, and the work goes on', async ({
  facebound,
  page,
  context,
  keyed,
  watch,
}) => {
  watch.expectProblem(/401/);
  const [first, second] = await Promise.all([
    drawnJpeg('first.jpg', groupOf(3)),
    drawnJpeg('second.jpg', groupOf(2, 'key')),
  ]);

  await test.step('before anything else', async () => {
    await page.goto('/');
    await expect(keyField(page)).toBeVisible();
    await facebound.expectNoAxeViolations();
    await enter(page, 'one-otter-in-the-reeds-');
    await facebound.expectAlert(/This is not the key/);
    await facebound.expectNoAxeViolations();
    await expect(facebound.linkField).toBeHidden();
    const sent = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/app/session'),
    );
    // What is pasted often brings white space along.
    await enter(page, ` ${KEY}\t`);
    expect((await sent).postDataJSON()).toEqual({ accessKey: KEY });
    await expect(facebound.linkField).toBeVisible();
  });

  await test.step('and not again after a reload or in another tab', async () => {
    await page.reload();
    await expect(facebound.linkField).toBeVisible();
    await facebound.drop(first);
    await facebound.expectFaces(first.faces.length);
  });

  await test.step('a session that another tab ended is opened again in front of the work', async () => {
    const other = await context.newPage();
    await other.goto('/');
    await signOut(other, { forgets: false });
    await expect(
      other.getByText(/Pictures and results stay in this browser\. One file stays on the server until/),
    ).toBeVisible();
    await expect(keyField(other)).toBeVisible();
    await other.close();
    await facebound.drop(second);
    const asked = page.getByRole('dialog', { name: 'Your session has ended' });
    await expect(asked).toBeVisible();
    await facebound.expectNoAxeViolations();
    await page.keyboard.press('Escape');
    await expect(asked).toBeHidden();
    await facebound.pictures.getByRole('button', { name: /^second\.jpg/ }).click();
    await facebound.expectAlert(/Your session has ended/);
    await page.getByRole('button', { name: 'Try again', exact: true }).click();
    await expect(asked).toBeVisible();
    await enter(page, KEY);
    await expect(page.getByRole('dialog')).toBeHidden();
    await facebound.expectFaces(second.faces.length);
    await expect(facebound.pictures.getByRole('button', { name: /faces$/ })).toHaveCount(2);
  });

  await test.step('the key is in no address, storage, markup or log', async () => {
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    for (const text of [kept, page.url(), await page.content(), keyed.log()]) expect(text).not.toContain(KEY);
  });

  await test.step('signing out leaves nothing behind, and says what stays on the server', async () => {
    await page.getByRole('button', { name: 'Your work' }).click();
    await facebound.expectNoAxeViolations();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(page.getByRole('group', { name: 'Verdict on face 1', exact: true })).toBeFocused();
    await page.keyboard.press('r');
    await expect(page.getByText('Saved in this browser')).toBeVisible();
    await signOut(page, { verdicts: 'kept' });
    await expect(keyField(page)).toBeVisible();
    await expect(page.getByText(/One verdict stays for when the pictures come back/)).toBeVisible();
    await expect(facebound.stage).toBeHidden();
    // One of the session that another tab ended; what came in the last one is gone.
    await expect(
      page.getByText(/Forgotten in this browser\..*One file stays on the server until \d+ \w+/),
    ).toBeVisible();
    expect(await countRemembered(page)).toEqual({ pictures: 0, answers: 0, blobs: 0, leases: 0 });
    await enter(page, KEY);
    await expect(facebound.linkField).toBeVisible();
    await expect(page.getByRole('region', { name: 'Recent' })).toBeHidden();
  });

  await test.step('also where the server does not answer, which ends the session before anybody uses it again', async () => {
    await facebound.drop(first);
    await facebound.expectFaces(first.faces.length);
    watch.expectProblem(/ERR_FAILED|net::|Failed to load/);
    await page.route(/\/app\/(files|session)$/, (route) => route.abort());
    await signOut(page, { verdicts: 'forgotten' });
    await expect(page.getByRole('heading', { name: 'You are signed out in this browser' })).toBeVisible();
    await expect(page.getByText(/verdict/)).toBeHidden();
    await expect(page.getByText(/The server did not answer\. 2 files stay on the server until/)).toBeVisible();
    expect(await countRemembered(page)).toEqual({ pictures: 0, answers: 0, blobs: 0, leases: 0 });
    await facebound.expectNoAxeViolations();
    await page.unroute(/\/app\/(files|session)$/);
    await page.getByRole('button', { name: 'Open the page again' }).click();
    await expect(keyField(page)).toBeVisible();
  });
});
