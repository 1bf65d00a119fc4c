import '#page/shell/theme.css';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { StageHandle } from './stage-handle.ts';
import { StageToolbar, type StageToolbarProps } from './stage-toolbar.tsx';
import type { StageView } from './use-view-report.ts';

const handle = () =>
  ({
    fit: vi.fn(),
    fill: vi.fn(),
    oneToOne: vi.fn(),
    zoomBy: vi.fn(),
    zoomToBox: vi.fn(),
    panBy: vi.fn(),
    lookAt: vi.fn(),
    arrive: vi.fn(),
    show: vi.fn(),
  }) satisfies StageHandle;

const VIEW: StageView = { scale: 0.84, isFit: true, longSide: undefined, isFilled: false };

let host: HTMLElement;
let root: Root;
let stage: ReturnType<typeof handle>;

async function show(props: Partial<StageToolbarProps> = {}): Promise<void> {
  root.render(
    <StageToolbar
      stage={{ current: stage }}
      view={VIEW}
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

test('a picture that is far longer than the stage has a fit of its own', async () => {
  await show();
  expect(page.getByRole('button', { name: /^Fit / }).elements()).toEqual([]);
  await show({ view: { ...VIEW, longSide: 'height', isFilled: true } });
  await expect.element(button('Fit width')).toHaveAttribute('aria-pressed', 'true');
  await button('Fit width').click();
  expect(stage.fill).toHaveBeenCalledOnce();
  await show({ view: { ...VIEW, longSide: 'width' } });
  await expect.element(button('Fit height')).toHaveAttribute('aria-pressed', 'false');
});

test('the scale is told in percent', async () => {
  await show();
  await expect.element(page.getByText('84 %')).toBeVisible();
  await show({ view: { ...VIEW, scale: 0.0423 } });
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

test.each([
  [undefined, '1:1, one'],
  ['height', 'Fit widt'],
] as const)(
  'on a phone seven buttons are there, side by side and each large enough for a thumb: %s',
  async (longSide, own) => {
    await page.viewport(360, 700);
    await show({ view: { ...VIEW, longSide } });
    const shown = page.getByRole('button').elements();
    expect(shown.map((element) => element.getAttribute('aria-label')?.slice(0, 8))).toEqual([
      'Zoom out',
      'Zoom in',
      'Fit',
      own,
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
  },
);
