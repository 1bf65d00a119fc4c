/** axe in every state of the page, on a phone and on a desk, in both themes. Each state is brought about once. */
import { meterCalls } from '../fixtures/meter-calls.ts';
import { drawnJpeg, emptyLandscape, groupOf, textFile } from '../fixtures/pictures.ts';
import { test as base, expect } from '../fixtures/test.ts';
import { crowdOf, plainPicture, tellFaces } from '../fixtures/told-faces.ts';

/** Sizes that have a layout of their own. The last one is where the next state is brought about. */
const SIZES = {
  phone: { width: 390, height: 844 },
  tablet: { width: 1024, height: 768 },
  flat: { width: 844, height: 390 },
  desk: { width: 1440, height: 900 },
} as const;
type SizeName = keyof typeof SIZES;

type Look = (state: string, sizes?: readonly SizeName[]) => Promise<void>;

const test = base.extend<{ readonly look: Look }>({
  look: async ({ facebound }, use) => {
    await use((state, sizes = ['phone', 'desk']) =>
      test.step(state, async () => {
        for (const size of sizes) {
          await facebound.resizeTo(SIZES[size]);
          await facebound.expectNoAxeViolations();
        }
        await facebound.resizeTo(SIZES.desk);
      }),
    );
  },
});

test.describe('axe finds nothing', () => {
  test.slow();
  test.beforeEach(async ({ facebound }) => facebound.open());

  test('before there is a picture', async ({ facebound, page, look }) => {
    await expect(page.getByRole('button', { name: /^Sample/ })).toHaveCount(3);
    await look('empty page');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await look('list of keys');
    await page.keyboard.press('Escape');
    await facebound.link('not a link');
    await facebound.expectAlert(/./);
    await look('a link that is none');
    await facebound.dragOver(await plainPicture('team.jpg'));
    await expect(page.getByText('Drop to find the faces')).toBeVisible();
    await look('a file over the window');
  });

  test('on the way to a result, and without one', async ({ facebound, page, watch, look }) => {
    const upload = await meterCalls(page, '**/v1/kling/assets/**');
    const detect = await meterCalls(page, '**/images/recognize-faces*');
    await facebound.drop(await emptyLandscape());
    await expect(page.getByText(/^Uploading/).first()).toBeVisible();
    await look('uploading');
    upload.allow(Number.POSITIVE_INFINITY);
    await expect(page.getByText(/Finding faces/).first()).toBeVisible();
    await look('finding faces', ['desk']);
    detect.allow(1);
    await expect(page.getByText(/no face/i).first()).toBeVisible();
    await look('no face');
    // With nothing to select there is nothing to inspect.
    expect((await facebound.inspector.boundingBox())?.height).toBe(48);

    watch.expectProblem(/recognize-faces/);
    await page.route('**/images/recognize-faces*', (route) =>
      route.fulfill({ status: 402, json: { error: 'No subscription' } }),
    );
    await facebound.drop(await plainPicture('refused.jpg'));
    await facebound.pictures.getByRole('button', { name: /^refused\.jpg/ }).click();
    await facebound.expectAlert(/subscription/i);
    await look('a failure');
    await facebound.drop(textFile());
    await facebound.expectAlert(/notes\.txt/);
    await look('a notice');
  });

  test('with faces', async ({ facebound, page, look }) => {
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await facebound.expectFaces(7);
    await look('faces', ['phone', 'tablet', 'flat', 'desk']);
    await facebound.clickFace(3);
    await facebound.expectSelected(3);
    await look('a face selected');
    for (const name of ['Request', 'Response', 'Face']) {
      await facebound.inspector.getByRole('tab', { name, exact: true }).click();
      await look(`inspector: ${name}`, ['desk']);
    }
    await button('More actions').click();
    await look('the menu of a face', ['desk']);
    await page.keyboard.press('Escape');
    await button('Show: All sizes').click();
    await page.getByRole('menuitemradio', { name: 'Small (under 80 px)' }).click();
    await look('a filter that lets none through', ['phone']);
    await button('Show all faces').click();
    await button('Export').click();
    await look('export');
    await page.keyboard.press('Escape');
    await button('Add pictures').click();
    await expect(button('Sample: Crowd, 64 faces')).toBeVisible();
    await look('ways in');
    await page.keyboard.press('Escape');
    await button('Your work').click();
    await expect(button('Forget everything…')).toBeVisible();
    await look('what this browser keeps', ['desk']);
    await page.keyboard.press('Escape');

    await facebound.resizeTo(SIZES.phone);
    await page.getByRole('tab', { name: 'Inspector' }).click();
    for (const name of ['Face', 'Request', 'Response']) {
      await facebound.inspector.getByRole('tab', { name, exact: true }).click();
      await test.step(`inspector on a phone: ${name}`, () => facebound.expectNoAxeViolations());
    }
    await facebound.resizeTo(SIZES.desk);
    await button('Remove team.jpg').click();
    await expect(button('Undo')).toBeVisible();
    await look('a removed picture', ['desk']);
  });

  test('in a crowd', async ({ facebound, page, look }) => {
    await tellFaces(page, crowdOf(73));
    await facebound.drop(await plainPicture('crowd.jpg'));
    await facebound.expectFaces(73);
    await facebound.clickFace(12);
    await page.getByRole('textbox', { name: 'Go to face number' }).fill('99');
    await look('73 faces, and a number that none of them has', ['phone', 'tablet', 'desk']);
  });
});
