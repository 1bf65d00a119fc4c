import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { PanelEdge, useChosenPanelWidth } from './panel-edge.tsx';

const KEY = 'facebound.panel-width';
const USUAL = 370;

let mounted: Mounted | undefined;

/** A row as the table has it: what takes the room, and the column that the edge sizes. */
function Row() {
  const width = useChosenPanelWidth() ?? `${USUAL}px`;
  return (
    <div style={{ display: 'grid', height: '100%', gridTemplateColumns: `minmax(0, 1fr) ${width}` }}>
      <div />
      <div data-testid="column" style={{ position: 'relative' }}>
        <PanelEdge />
      </div>
    </div>
  );
}

const edge = () => page.getByRole('separator', { name: 'Width of the face list' });
const width = () => page.getByTestId('column').element().getBoundingClientRect().width;
const edgeElement = () => {
  const element = edge().element();
  if (!(element instanceof HTMLElement)) throw new Error('No edge');
  return element;
};

beforeEach(async () => {
  await page.viewport(1200, 700);
  mounted = mount(<Row />, { width: 1000, height: 400 });
  await expect.element(edge()).toHaveAttribute('aria-valuenow', String(USUAL));
});
afterEach(async () => {
  edgeElement().dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
  await expect.poll(width).toBe(USUAL);
  mounted?.unmount();
});

test('arrows, Home and End move it, between 320 pixels and half of the window, and it tells where it is', async () => {
  edgeElement().focus();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.poll(width).toBe(USUAL + 16);
  await expect.element(edge()).toHaveAttribute('aria-valuetext', '386 pixels');
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(width).toBe(USUAL);
  await userEvent.keyboard('{End}');
  await expect.poll(width).toBe(500);
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(edge()).toHaveAttribute('aria-valuenow', '500');
  await expect.element(edge()).toHaveAttribute('aria-valuemax', '500');
  await userEvent.keyboard('{Home}');
  await expect.poll(width).toBe(320);
  await expect.element(edge()).toHaveAttribute('aria-valuemin', '320');
  await userEvent.keyboard('{Enter}');
  await expect.poll(width).toBe(USUAL);
});

test('is dragged by its middle, and what is chosen is kept', async () => {
  const press = (type: string, clientX: number) =>
    edgeElement().dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, button: 0, clientX }));
  // A pointer that no device has cannot be captured.
  edgeElement().setPointerCapture = () => undefined;
  press('pointerdown', 630);
  press('pointermove', 550);
  await expect.poll(width).toBe(450);
  press('pointermove', 100);
  await expect.poll(width).toBe(500);
  press('pointerup', 100);
  press('pointermove', 600);
  expect(localStorage.getItem(KEY)).toBe('500');
  expect(width()).toBe(500);
});

test('a double click gives back the usual width, which is nothing that is kept', async () => {
  edgeElement().focus();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.poll(() => localStorage.getItem(KEY)).toBe('386');
  await edge().dblClick();
  await expect.poll(width).toBe(USUAL);
  expect(localStorage.getItem(KEY)).toBeNull();
});
