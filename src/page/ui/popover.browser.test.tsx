import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { Popover, PopoverPanel, PopoverTrigger } from './popover.tsx';

let mounted: Mounted | undefined;
afterEach(() => mounted?.unmount());

const show = async () => {
  mounted = mount(
    <>
      <button type="button">A face</button>
      <Popover>
        <PopoverTrigger>Add pictures</PopoverTrigger>
        <PopoverPanel label="Add pictures">
          <button type="button">Browse</button>
        </PopoverPanel>
      </Popover>
    </>,
    { width: 400, height: 400 },
  );
  await expect.element(button('A face')).toBeVisible();
};
const button = (name: string) => page.getByRole('button', { name, exact: true });
const panel = page.getByRole('dialog', { name: 'Add pictures' });

test('opened with the mouse and closed with Esc, it gives the focus back to what had it: the next Enter is meant for that', async () => {
  await show();
  button('A face').element().focus();
  await button('Add pictures').click();
  await expect.element(panel).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(panel).not.toBeInTheDocument();
  await expect.element(button('A face')).toHaveFocus();
});

test('where something else has given the lost focus back before, it stays there', async () => {
  await show();
  button('A face').element().focus();
  await button('Add pictures').click();
  await expect.element(panel).toBeVisible();
  const observer = new MutationObserver(() => {
    if (document.activeElement === document.body) button('A face').element().focus();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  await userEvent.keyboard('{Escape}');
  await expect.element(panel).not.toBeInTheDocument();
  // By now the panel has said where the focus goes.
  await new Promise((resolve) => setTimeout(resolve));
  await expect.element(button('A face')).toHaveFocus();
  observer.disconnect();
});

test('opened with a key and closed with Esc, it gives the focus back to its button', async () => {
  await show();
  button('Add pictures').element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(panel).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(panel).not.toBeInTheDocument();
  await expect.element(button('Add pictures')).toHaveFocus();
});
