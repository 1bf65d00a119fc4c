import '#page/shell/theme.css';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { StageHandle } from './stage-handle.ts';
import { StageToolbar, type StageToolbarProps } from './stage-toolbar.tsx';

const handle = () =>
  ({
    fit: vi.fn(),
    oneToOne: vi.fn(),
    zoomBy: vi.fn(),
    zoomToBox: vi.fn(),
    reveal: vi.fn(),
    panBy: vi.fn(),
  }) satisfies StageHandle;

let host: HTMLElement;
let root: Root;
let stage: ReturnType<typeof handle>;

async function show(props: Partial<StageToolbarProps> = {}): Promise<void> {
  root.render(
    <StageToolbar
      stage={{ current: stage }}
      view={{ scale: 0.84, isFit: true }}
      labelsShown
      boxesHidden={false}
      canZoomToFace
      onZoomToFace={() => undefined}
      onLabelsShownChange={() => undefined}
      onBoxesHiddenChange={() => undefined}
      {...props}
    />,
  );
  await expect.element(page.getByRole('toolbar', { name: 'View' })).toBeVisible();
}

beforeEach(async () => {
  await page.viewport(1000, 700);
  stage = handle();
  host = document.createElement('div');
  host.style.cssText = 'position: fixed; inset: 0';
  document.body.append(host);
  root = createRoot(host);
});
afterEach(() => {
  root.unmount();
  host.remove();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });

test('the buttons zoom, fit and show one to one', async () => {
  await show();
  await button('Zoom in').click();
  expect(stage.zoomBy).toHaveBeenLastCalledWith(1.25);
  await button('Zoom out').click();
  expect(stage.zoomBy).toHaveBeenLastCalledWith(0.8);
  await button('Fit').click();
  expect(stage.fit).toHaveBeenCalledOnce();
  await page.getByRole('button', { name: /^1:1/ }).click();
  expect(stage.oneToOne).toHaveBeenCalledOnce();
});

test('the scale is told in percent', async () => {
  await show();
  await expect.element(page.getByText('84 %')).toBeVisible();
  await show({ view: { scale: 0.0423, isFit: true } });
  await expect.element(page.getByText('4.2 %')).toBeVisible();
});

test('what stays on is a pressed button', async () => {
  await show({ labelsShown: true, boxesHidden: false });
  await expect.element(button('Fit')).toHaveAttribute('aria-pressed', 'true');
  await expect.element(button('Labels')).toHaveAttribute('aria-pressed', 'true');
  await expect.element(button('Hide boxes')).toHaveAttribute('aria-pressed', 'false');
});

test('Labels and Hide ask for the opposite of what is', async () => {
  const onLabelsShownChange = vi.fn();
  const onBoxesHiddenChange = vi.fn();
  await show({ onLabelsShownChange, onBoxesHiddenChange });
  await button('Labels').click();
  await button('Hide boxes').click();
  expect(onLabelsShownChange).toHaveBeenCalledWith(false);
  expect(onBoxesHiddenChange).toHaveBeenCalledWith(true);
});

test('without a selected face there is nothing to zoom to', async () => {
  await show({ canZoomToFace: false });
  await expect.element(button('To face')).toBeDisabled();
});

test('on a phone every button is there, side by side and each large enough for a thumb', async () => {
  await page.viewport(360, 700);
  await show();
  const shown = page.getByRole('button').elements();
  expect(shown.map((element) => element.getAttribute('aria-label')?.slice(0, 8))).toEqual([
    'Zoom out',
    'Zoom in',
    'Fit',
    '1:1, one',
    'To face',
    'Labels',
    'Hide box',
  ]);
  const places = shown.map((element) => element.getBoundingClientRect());
  for (const { top, left, right, width, height } of places) {
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    expect(top).toBe(places[0]?.top);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(360);
  }
});
