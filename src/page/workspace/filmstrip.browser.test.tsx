import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { removePicture } from '#page/pictures/removed-pictures.ts';
import {
  addPendingImports,
  EMPTY_WORK,
  openPicture,
  type Picture,
  withPictures,
  workStore,
} from '#page/pictures/work-store.ts';
import { createQueryClient } from '#page/platform/query-client.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { Filmstrip } from './filmstrip.tsx';
import type { OpenPictureMenu } from './picture-menu.tsx';
import { MAX_PLAIN_TILES } from './strip-window.ts';

const SESSION: EngineSession = {
  engine: 'embedded',
  credentialId: 'server',
  email: undefined,
  needsAccount: false,
  canAsk: true,
};
/** So many tiles fit into the strip of this test, with those just out of sight. */
const NEARBY = 40;
const onMenu = vi.fn<OpenPictureMenu>();
let mounted: Mounted | undefined;

const pictureOf = (number: number): Picture => ({
  id: `id-${number}`,
  order: number,
  name: `${number}.jpg`,
  origin: { kind: 'file', via: 'drop' },
  blob: new Blob(),
  url: '',
  thumbnail: new Blob(),
  thumbnailUrl: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
  size: { width: 400, height: 300 },
  changes: [],
  orientation: 1,
  warnings: [],
  sha256: `${number}`,
});

async function show(count: number): Promise<void> {
  const pictures = Array.from({ length: count }, (_, index) => pictureOf(index + 1));
  workStore.setState({ ...EMPTY_WORK, ...withPictures(EMPTY_WORK, pictures), openId: 'id-1' });
  mounted = mount(
    <QueryClientProvider client={createQueryClient()}>
      <Filmstrip
        session={SESSION}
        onDiscard={removePicture}
        onMenu={onMenu}
        isColumn
        addButton={
          <button type="button" data-control tabIndex={-1}>
            More
          </button>
        }
      />
    </QueryClientProvider>,
    { width: 101, height: 600 },
  );
  await expect.element(tile(1)).toBeVisible();
}

const tile = (number: number) => page.getByRole('button', { name: `${number}.jpg, Waiting`, exact: true });
const tiles = () => document.querySelectorAll('nav li').length;
const stops = () => document.querySelectorAll('nav li [tabindex="0"]').length;

beforeEach(() => onMenu.mockReset());
afterEach(() => {
  mounted?.unmount();
  workStore.setState({ ...EMPTY_WORK, pendingImports: new Map() });
});

describe('the strip with thousands of pictures', () => {
  test('holds in the document what is near, and says how many there are', async () => {
    await show(2000);
    expect(tiles()).toBeLessThan(NEARBY);
    const item = tile(1).element().closest('li');
    expect(item?.getAttribute('aria-setsize')).toBe('2001');
    expect(item?.getAttribute('aria-posinset')).toBe('1');
  });

  test('brings the open picture into view wherever it is, and is one stop of Tab', async () => {
    await show(2000);
    openPicture('id-1500');
    await expect.element(tile(1500)).toBeInViewport();
    expect(tiles()).toBeLessThan(2 * NEARBY);
    expect(stops()).toBe(1);
    expect(tile(1500).element().getAttribute('tabindex')).toBe('0');
  });

  test('the arrows go from one to the next, however far; Delete removes', async () => {
    await show(2000);
    const focused = tile(1).element();
    if (focused instanceof HTMLElement) focused.focus();
    for (let step = 0; step < NEARBY; step++) await userEvent.keyboard('{ArrowDown}');
    await expect.element(tile(NEARBY + 1)).toHaveFocus();
    await expect.element(tile(NEARBY + 1)).toBeInViewport();
    expect(stops()).toBe(1);
    await userEvent.keyboard('{Delete}');
    expect(workStore.getState().records.has(`id-${NEARBY + 1}`)).toBe(false);
  });

  test('draws a tile for each that is on its way, near the visible part', async () => {
    await show(1);
    const arriving = Array.from({ length: 500 }, (_, index) => ({
      id: `coming-${index}`,
      name: `coming-${index}.jpg`,
      cancel: () => {},
      step: 'Waiting for its turn',
      progress: 0,
    }));
    addPendingImports(arriving);
    await expect.element(page.getByRole('button', { name: 'Cancel coming-0.jpg' })).toBeVisible();
    expect(tiles()).toBeLessThan(NEARBY);
  });
});

test('up to some dozens of pictures are all in the document', async () => {
  await show(MAX_PLAIN_TILES - 1);
  expect(tiles()).toBe(MAX_PLAIN_TILES);
});

describe('the menu of a thumbnail', () => {
  const asked = () => onMenu.mock.calls.map(([id]) => id);

  test('opens by a right click', async () => {
    await show(3);
    await tile(2).click({ button: 'right' });
    expect(asked()).toEqual(['id-2']);
  });

  test('opens by the menu key, for the one that has the focus', async () => {
    await show(3);
    const focused = tile(3).element();
    if (focused instanceof HTMLElement) focused.focus();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    expect(asked()).toEqual(['id-3']);
  });

  test('opens under a finger that rests, whose click then opens no picture', async () => {
    await show(3);
    const element = tile(2).element();
    const touch = (type: string) =>
      element.dispatchEvent(
        new PointerEvent(type, { bubbles: true, pointerType: 'touch', pointerId: 1, isPrimary: true }),
      );
    touch('pointerdown');
    await expect.poll(asked).toEqual(['id-2']);
    touch('pointerup');
    element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(workStore.getState().openId).toBe('id-1');
    // The next tap is a tap.
    touch('pointerdown');
    touch('pointerup');
    element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(workStore.getState().openId).toBe('id-2');
  });
});
