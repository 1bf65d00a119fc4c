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

test('the second half of a double click on an answer reaches nothing of what lay behind, the next click does', async () => {
  const behind = vi.fn();
  window.addEventListener('click', behind);
  mounted.update(ui(true));
  await expect.element(dialog).toBeVisible();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    const { left, top } = page.getByRole('button', { name: 'Forget' }).element().getBoundingClientRect();
    const clickThere = () => userEvent.click(document.body, { position: { x: left + 5, y: top + 5 }, force: true });
    await clickThere();
    expect(onWipe).toHaveBeenCalledOnce();
    mounted.update(ui(false));
    await expect.element(dialog).not.toBeInTheDocument();
    behind.mockClear();
    await clickThere();
    expect(behind).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    await clickThere();
    expect(behind).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
    window.removeEventListener('click', behind);
  }
});

test('a click elsewhere meanwhile means that a click in the same place is a new one', async () => {
  const behind = vi.fn();
  window.addEventListener('click', behind);
  mounted.update(ui(true));
  await expect.element(dialog).toBeVisible();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    const { left, top } = page.getByRole('button', { name: 'Forget' }).element().getBoundingClientRect();
    const clickAt = (x: number, y: number) => userEvent.click(document.body, { position: { x, y }, force: true });
    await clickAt(left + 5, top + 5);
    mounted.update(ui(false));
    await expect.element(dialog).not.toBeInTheDocument();
    behind.mockClear();
    await clickAt(5, 5);
    await clickAt(left + 5, top + 5);
    expect(behind).toHaveBeenCalledTimes(2);
  } finally {
    vi.useRealTimers();
    window.removeEventListener('click', behind);
  }
});
