/**
 * `npx tsx e2e/tools/write-memory-dump.ts <file>`: what the built page leaves in a browser, for tests of what later
 * versions make of it: two pictures with their answers, and a generation that is not over. Needs `npm run build` first; `e2e/specs/memory-upgrade.spec.ts` reads the dumps of `e2e/fixtures/dumps`.
 */
import { writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { dumpPage } from '../fixtures/dump.ts';
import { Facebound } from '../fixtures/facebound-page.ts';
import { KolorsPage } from '../fixtures/kolors.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { remembered } from '../fixtures/remembered.ts';
import { startServer } from '../fixtures/server.ts';
import { findChromium } from './chromium.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Say where to: npx tsx e2e/tools/write-memory-dump.ts <file>');
  process.exit(1);
}
const team = await drawnJpeg('team.jpg', groupOf(5, 'kolors'));
const vendor = await startFakeVendor({
  accounts: ['ana@example.com'],
  boxes: team.faces.map(({ bound }) => ({
    x: Math.round(bound.x),
    y: Math.round(bound.y),
    width: Math.round(bound.width),
    height: Math.round(bound.height),
  })),
  pollsToFinish: 1_000,
});
const server = await startServer({ env: { USEAPI_BASE_URL: vendor.baseUrl, FACEBOUND_LINK_HOSTS: vendor.host } });
const browser = await chromium.launch(findChromium());
try {
  const page = await browser.newPage({ baseURL: server.origin });
  // The program that runs this file names functions with a helper, which is not in the page.
  await page.addInitScript('globalThis.__name = (named) => named');
  const facebound = new Facebound(page);
  const kolors = new KolorsPage(page);
  await facebound.open();
  await facebound.drop(await drawnJpeg('pair.jpg', groupOf(2)));
  await facebound.expectFaces(2);
  await facebound.drop(team);
  await facebound.expectFaces(5);
  await kolors.prepare(2, vendor.token, 'A lighthouse keeper');
  await kolors.generate();
  await kolors.cards.getByText('Kling is working on it').waitFor();
  await remembered(page, 2, 2);
  const dump = await dumpPage(page);
  if (dump.includes(vendor.token)) throw new Error('The token is in what the page keeps');
  await writeFile(file, `${dump}\n`);
} finally {
  await browser.close();
  await server.stop();
  await vendor.close();
}
