import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { SHORTCUTS } from '../shortcuts.ts';
import { setSingleKeysOn, singleKeysOn } from '../single-key-preference.ts';
import { ShortcutHelp } from './shortcut-help.tsx';

let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
  setSingleKeysOn(true);
});

test('every shortcut that works is in the overlay', async () => {
  mounted = mount(<ShortcutHelp open onOpenChange={() => undefined} />, { width: 400, height: 400 });
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect.element(dialog).toBeVisible();
  for (const { label, shown } of SHORTCUTS) {
    const row = dialog.getByText(label, { exact: true }).element().parentElement;
    expect([...(row?.querySelectorAll('kbd') ?? [])].map((key) => key.textContent)).toEqual(shown);
  }
});

test('Escape asks to close', async () => {
  const onOpenChange = vi.fn<(open: boolean) => void>();
  mounted = mount(<ShortcutHelp open onOpenChange={onOpenChange} />, { width: 400, height: 400 });
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(onOpenChange.mock.calls).toEqual([[false]]);
});

test('the switch turns single-character keys off and on', async () => {
  mounted = mount(<ShortcutHelp open onOpenChange={() => undefined} />, { width: 400, height: 400 });
  const button = page.getByRole('switch', { name: /Shortcuts of a single letter/ });
  await expect.element(button).toBeChecked();
  await button.click();
  expect(singleKeysOn()).toBe(false);
  await button.click();
  expect(singleKeysOn()).toBe(true);
});

test('no style element is written into the page: the Content-Security-Policy would refuse it', async () => {
  const before = document.querySelectorAll('style').length;
  mounted = mount(<ShortcutHelp open onOpenChange={() => undefined} />, { width: 400, height: 400 });
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect(document.querySelectorAll('style')).toHaveLength(before);
});
