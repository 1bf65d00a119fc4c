/** A browser that keeps nothing for this site: the page works, remembers nothing, and says so. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { Facebound } from '../fixtures/facebound-page.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { startServer } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';
import { findChromium } from '../tools/chromium.ts';

/** What a browser may refuse, and what the page says of it. */
const REFUSED = {
  localStorage: /keeps no choices here/,
  sessionStorage: /does not keep the work of a tab/,
  indexedDB: /stores nothing here/,
  BroadcastChannel: undefined,
  caches: undefined,
  locks: undefined,
  storage: undefined,
} as const;
const KINDS = Object.keys(REFUSED);

/** Makes what the address names in `?refuse=` throw at its mention, from before the first script of the page. */
async function refuse(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    };
    for (const name of new URLSearchParams(location.search).get('refuse')?.split(',') ?? []) {
      const owner = name === 'locks' || name === 'storage' ? Navigator.prototype : window;
      Object.defineProperty(owner, name, { get: refuse, configurable: true });
    }
  });
}

for (const [kind, words] of Object.entries(REFUSED)) {
  test(`${kind} alone refused costs what it is for, and never the page`, async ({ facebound, page }) => {
    await refuse(page);
    await page.goto(`/?refuse=${kind}`);
    await expect(facebound.linkField).toBeVisible();
    if (words !== undefined) await expect(page.getByText(words)).toBeVisible();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await facebound.expectFaces(7);
    await page.getByRole('button', { name: /^Theme:/ }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
}

test('where tabs cannot hear of each other, forgetting everything says so', async ({ facebound, page }) => {
  await refuse(page);
  await page.goto('/?refuse=BroadcastChannel');
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
  await facebound.expectFaces(7);
  await page.getByRole('button', { name: 'Your work' }).click();
  await page.getByRole('button', { name: 'Forget everything…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Forget everything' }).click();
  await expect(page.getByText(/Other tabs of this page could not be told: close them/)).toBeVisible();
});

test('with everything refused a picture is worked with, and after a reload nothing is left and nothing is broken', async ({
  facebound,
  page,
}) => {
  await refuse(page);
  await page.goto(`/?refuse=${KINDS.join(',')}`);
  await expect(page.getByText(/This browser stores nothing here/)).toBeVisible();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
  await facebound.expectFaces(7);
  await facebound.clickFace(2);
  await facebound.expectSelected(2);
  await page.getByRole('button', { name: 'Your work' }).click();
  await expect(page.getByText(/This browser stores nothing here/)).toBeVisible();
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(facebound.linkField).toBeVisible();
  await expect(facebound.pictures).toBeHidden();
  await expect(facebound.alerts).toHaveCount(0);
});

test('where the browser blocks cookies and site data for good, one sentence says what to allow', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'facebound-profile-'));
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  await mkdir(join(profile, 'Default'));
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(blocked));
  const server = await startServer();
  const context = await chromium.launchPersistentContext(profile, { ...findChromium(), baseURL: server.origin });
  try {
    const page = await context.newPage();
    const facebound = new Facebound(page);
    await facebound.open();
    // The browser itself refuses, and no double of ours.
    expect(await page.evaluate(() => Reflect.has(window, 'localStorage') && navigator.cookieEnabled)).toBe(true);
    await expect(page.evaluate(() => String(localStorage))).rejects.toThrow(/SecurityError/);
    await facebound.expectAlert(/keeps no cookie of this page/, /Allow cookies and site data for this address/);
    await expect(page.getByText(/This browser stores nothing here/)).toBeVisible();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await expect(facebound.stage).toBeVisible();
    await expect(facebound.alerts.filter({ hasText: 'Allow cookies and site data' })).toHaveCount(2);
  } finally {
    await context.close();
    await server.stop();
    await rm(profile, { recursive: true, force: true });
  }
});
