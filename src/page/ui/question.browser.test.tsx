import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { Question } from './question.tsx';

const onKeep = vi.fn();
const onWipe = vi.fn();
const onCancel = vi.fn();
let mounted: Mounted;

const ui = (isAsked: boolean, isBusy = false) => (
  <>
    <button type="button">Before</button>
    <Question
      isAsked={isAsked}
      isBusy={isBusy}
      title="Forget everything?"
      answers={[
        { label: 'Keep', look: 'outline', onChoose: onKeep },
        { label: 'Forget', look: 'primary', onChoose: onWipe },
      ]}
      onCancel={onCancel}
    >
      <p className="h-4 overflow-y-auto">
        This cannot be undone, and this text is long enough to scroll in a place that is no higher than one line.
      </p>
    </Question>
  </>
);
const dialog = page.getByRole('alertdialog', { name: 'Forget everything?' });
const before = page.getByRole('button', { name: 'Before' });

beforeEach(async () => {
  vi.clearAllMocks();
  mounted = mount(ui(false), { width: 200, height: 200 });
  await expect.element(before).toBeVisible();
  before.element().focus();
});
afterEach(() => mounted.unmount());

test('is named and described, and its focus begins on the answer that does the least', async () => {
  mounted.update(ui(true));
  await expect.element(dialog).toHaveAccessibleDescription(/^This cannot be undone/);
  await expect.element(page.getByRole('button', { name: 'Keep' })).toHaveFocus();
  await page.getByRole('button', { name: 'Forget' }).click();
  expect(onWipe).toHaveBeenCalledOnce();
  expect(onKeep).not.toHaveBeenCalled();
});

test('Esc cancels, once, and the focus goes back', async () => {
  mounted.update(ui(true));
  await expect.element(dialog).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(onCancel).toHaveBeenCalledOnce();
  mounted.update(ui(false));
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(before).toHaveFocus();
  expect(onCancel).toHaveBeenCalledOnce();
});

test('nothing else is answered while an answer is carried out', async () => {
  mounted.update(ui(true));
  await expect.element(dialog).toBeVisible();
  mounted.update(ui(true, true));
  await expect.element(page.getByRole('button', { name: 'Keep' })).toBeDisabled();
  await userEvent.keyboard('{Escape}');
  expect(onCancel).not.toHaveBeenCalled();
  await expect.element(dialog).toBeVisible();
});
