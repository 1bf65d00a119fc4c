import { Columns2, Copy, Share, ZoomIn } from 'lucide-react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { useShortcuts } from '#page/keyboard/use-shortcuts.ts';
import { currentSelection, selectionStore } from '#page/pictures/selection-store.ts';
import type { Face, FaceId, UnreadableFace } from '#shared/face.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { faceAt } from '#testing/stage-driver/faces.ts';
import { TEST_TIMEOUTS } from '#testing/test-timeouts.ts';
import type { FactSource } from '../facts/use-face-facts.ts';
import type { FaceAction } from './face-actions.tsx';
import { FaceList } from './face-list.tsx';
import { FaceMenu, type FaceMenuPlace } from './face-menu.tsx';
import { useFaceView } from './face-view.ts';
import { goToTyped } from './go-to-typed.ts';
import { listLooks } from './list-look.ts';
import type { SelectionAction } from './selection-bar.tsx';

const PICTURE = { width: 4000, height: 3000 };

/** Faces in rows of twenty; every fifth is small, every seventh larger than the rest. */
const crowd = (count: number): Face[] =>
  Array.from({ length: count }, (_, index) => {
    const side = index % 5 === 4 ? 60 : index % 7 === 6 ? 160 : 100;
    return faceAt(index + 1, imageRect((index % 20) * 190, Math.floor(index / 20) * 50, side, side), PICTURE);
  });

let pictureUrl = '';
let mounted: Mounted | undefined;
const zoom = vi.fn<(face: Face) => void>();
const copy = vi.fn<(face: Face) => void>();

const ACTIONS: readonly FaceAction[] = [
  {
    id: 'zoom',
    label: 'Zoom to face',
    icon: ZoomIn,
    onCard: 'icon',
    command: 'zoom-to-face',
    group: 'use',
    onRun: zoom,
  },
  { id: 'copy', label: 'Copy bounds', icon: Copy, onCard: 'icon', group: 'copy', onRun: copy },
  { id: 'number', label: ({ faceNo }) => `Copy the number ${faceNo}`, icon: Copy, group: 'copy', onRun: copy },
  { id: 'never', label: 'Never there', icon: Copy, group: 'copy', isThere: () => false, onRun: copy },
];
const exportThese = vi.fn<(faces: readonly Face[]) => void>();
const compare = vi.fn<(faces: readonly Face[]) => void>();
const SELECTION_ACTIONS: readonly SelectionAction[] = [
  { id: 'export', label: 'Export these', icon: Share, inHeader: 'words', onRun: exportThese },
  {
    id: 'compare',
    label: 'Compare crops',
    icon: Columns2,
    inHeader: 'icon',
    refusal: (count) => (count > 3 ? 'Up to 3 can be compared' : undefined),
    onRun: compare,
  },
];
const sameAddress = (url: string) => url;

/** Height of the list that the page would have while nothing is selected. */
const ROOM = 600;

/** A picture that cannot be decoded: nothing is known of how sharp its faces are. */
const NOT_DECODABLE: FactSource = { key: 'none', blob: new Blob(), frame: { size: PICTURE, scale: 1 } };
let factSource = NOT_DECODABLE;

function List({ faces, unreadable = [] }: { faces: readonly Face[]; unreadable?: readonly UnreadableFace[] }) {
  const view = useFaceView(faces, factSource);
  const [menu, setMenu] = useState<FaceMenuPlace>();
  useShortcuts({ 'pick-face': (digit) => goToTyped(digit, faces) });
  return (
    <>
      <FaceList
        faces={faces}
        unreadable={unreadable}
        size={PICTURE}
        view={view}
        source={{ pictureUrl, cropHref: sameAddress }}
        actions={ACTIONS}
        selectionActions={SELECTION_ACTIONS}
        onMenu={(face, at) => setMenu({ face, ...at })}
        room={ROOM}
      />
      <FaceMenu
        at={menu}
        actions={ACTIONS}
        selectionActions={SELECTION_ACTIONS}
        faces={faces}
        onClose={() => setMenu(undefined)}
      />
    </>
  );
}

async function bluePicture(): Promise<string> {
  const canvas = new OffscreenCanvas(400, 300);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D context');
  context.fillStyle = '#0000ff';
  context.fillRect(0, 0, 400, 300);
  return URL.createObjectURL(await canvas.convertToBlob());
}

async function show(faces: readonly Face[], unreadable: readonly UnreadableFace[] = []): Promise<void> {
  mounted = mount(<List faces={faces} unreadable={unreadable} />, { width: 368, height: ROOM });
  await expect.element(page.getByRole('heading', { name: 'Faces' })).toBeInTheDocument();
}

/** The same faces as cards, which a crowd is not shown as by default. */
async function showCards(faces: readonly Face[]): Promise<void> {
  await show(faces);
  const cards = page.getByRole('radio', { name: 'List' });
  if (cards.query() !== null) await cards.click();
}

const list = () => page.getByRole('listbox', { name: 'Faces' });
const options = () => [...list().element().querySelectorAll('[role=option]')];
const option = (faceNo: number) => page.getByRole('option', { name: new RegExp(`^Face ${faceNo}, `) });
const selected = (): readonly FaceId[] => currentSelection(selectionStore.getState()).ids;
const focusList = () => {
  const element = list().element();
  if (element instanceof HTMLElement) element.focus();
};
const activeName = () => {
  const id = list().element().getAttribute('aria-activedescendant') ?? '';
  return document.getElementById(id)?.getAttribute('aria-label');
};

/** True when the option lies wholly in the visible part of the list. */
function isInView(element: Element): boolean {
  const scroller = list().element().closest('.overflow-y-auto');
  if (scroller === null) throw new Error('No scroller');
  const frame = scroller.getBoundingClientRect();
  const card = element.getBoundingClientRect();
  return card.top >= frame.top - 1 && card.bottom <= frame.bottom + 1;
}

beforeEach(async () => {
  sessionStorage.clear();
  listLooks.crowd.set('grid');
  listLooks.few.set('list');
  pictureUrl = await bluePicture();
  selectionStore.getState().openScope(crypto.randomUUID());
  vi.clearAllMocks();
});
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
  factSource = NOT_DECODABLE;
  URL.revokeObjectURL(pictureUrl);
});

describe('what is there', () => {
  test('every face is an option with its number, name and size', async () => {
    await show([faceAt(1, imageRect(10, 10, 200, 240), PICTURE), faceAt(2, imageRect(300, 10, 99.6, 120.4), PICTURE)]);
    expect(options().map((element) => element.getAttribute('aria-label'))).toEqual([
      'Face 1, face_0, 200 by 240 pixels',
      'Face 2, face_1, 100 by 120 pixels',
    ]);
    await expect.element(page.getByText('200 × 240 px · 0.4 %')).toBeVisible();
    expect(list().element().getAttribute('aria-multiselectable')).toBe('true');
  });

  test('200 faces are 200 options', async () => {
    await show(crowd(200));
    expect(options()).toHaveLength(200);
  });

  test('a small face and one that leaves the picture say so, also to a screen reader', async () => {
    await show([faceAt(1, imageRect(-10, 10, 60, 90), PICTURE)]);
    const describedBy = option(1).element().getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(describedBy)?.textContent).toBe('small, cut by the edge, cut by Facebound');
  });

  test('no face at all is said with what helps', async () => {
    await show([]);
    await expect.element(page.getByText('No faces found')).toBeVisible();
    await expect.element(page.getByText(/Try a larger or brighter picture/)).toBeVisible();
  });

  test('a face that could not be read is named with its reason, the others keep their numbers', async () => {
    await show([faceAt(2, imageRect(0, 0, 90, 90), PICTURE)], [{ faceNo: 1, reason: 'its face_bound is empty' }]);
    await expect.element(page.getByText('1 face could not be read. Face 1: its face_bound is empty.')).toBeVisible();
    await expect.element(option(2)).toBeVisible();
  });
});

describe('crops', () => {
  test('a crop that cannot be loaded is replaced by our own, and the card says so', async () => {
    const broken = { ...faceAt(1, imageRect(100, 100, 200, 200), PICTURE), cropUrl: 'data:image/png;base64,AAAA' };
    await show([broken]);
    await expect.element(page.getByText('cut by Facebound')).toBeVisible();
    const canvas = option(1).element().querySelector('canvas');
    if (canvas === null) throw new Error('No canvas');
    const pixel = () => [...(canvas.getContext('2d')?.getImageData(5, 5, 1, 1).data ?? [])];
    await expect.poll(pixel).toEqual([0, 0, 255, 255]);
  });

  test('a crop that loads is shown as it is', async () => {
    const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==';
    await show([{ ...faceAt(1, imageRect(100, 100, 200, 200), PICTURE), cropUrl: dot }]);
    expect(option(1).element().querySelector('img')?.src).toBe(dot);
    expect(page.getByText('cut by Facebound').query()).toBeNull();
  });
});

describe('by keyboard', () => {
  test('arrows, Home and End move and select, in the shown order', async () => {
    await show(crowd(12));
    focusList();
    await userEvent.keyboard('{ArrowDown}');
    expect(selected()).toEqual(['face-2']);
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowUp}');
    expect(selected()).toEqual(['face-3']);
    await userEvent.keyboard('{End}');
    expect(selected()).toEqual(['face-12']);
    await userEvent.keyboard('{ArrowDown}{Home}');
    expect(selected()).toEqual(['face-1']);
    await expect.element(option(1)).toHaveAttribute('aria-selected', 'true');
    await expect.element(option(2)).toHaveAttribute('aria-selected', 'false');
  });

  test('with Ctrl they move only, and Space toggles there', async () => {
    await show(crowd(6));
    selectionStore.getState().select('face-2');
    focusList();
    await userEvent.keyboard('{Control>}{ArrowDown}{ArrowDown}{/Control}');
    expect(selected()).toEqual(['face-2']);
    await expect.poll(activeName).toMatch(/^Face 4,/);
    await userEvent.keyboard(' ');
    expect(selected()).toEqual(['face-2', 'face-4']);
    await userEvent.keyboard(' ');
    expect(selected()).toEqual(['face-2']);
    await expect.poll(activeName).toMatch(/^Face 4,/);
  });

  test('with Shift they extend from where the selection began', async () => {
    await show(crowd(8));
    selectionStore.getState().select('face-3');
    focusList();
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(selected()).toEqual(['face-3', 'face-4', 'face-5']);
    await userEvent.keyboard('{Shift>}{Home}{/Shift}');
    expect(selected()).toEqual(['face-3', 'face-2', 'face-1']);
  });

  test('a typed number goes to that face', async () => {
    await show(crowd(40));
    focusList();
    await userEvent.keyboard('23');
    expect(selected()).toEqual(['face-23']);
    await expect.poll(() => isInView(option(23).element())).toBe(true);
  });

  test('a number typed anywhere else on the page goes there too', async () => {
    await show(crowd(28));
    expect(document.body).toHaveFocus();
    await userEvent.keyboard('17');
    expect(selected()).toEqual(['face-17']);
    await userEvent.keyboard('20');
    expect(selected()).toEqual(['face-20']);
    focusList();
    await userEvent.keyboard('37');
    expect(selected()).toEqual(['face-7']);
  });

  test('Tab goes from the list to the actions of the face, not through every card', async () => {
    await show(crowd(8));
    selectionStore.getState().select('face-1');
    await expect.element(page.getByRole('toolbar', { name: 'Face actions' })).toBeVisible();
    focusList();
    await userEvent.tab();
    await expect.element(page.getByRole('button', { name: 'Zoom to face' })).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByRole('button', { name: 'Copy bounds' })).toHaveFocus();
  });
});

describe('by mouse', () => {
  test('a click selects, with Ctrl it toggles, with Shift it extends', async () => {
    await show(crowd(6));
    await option(2).click();
    expect(selected()).toEqual(['face-2']);
    await option(4).click({ modifiers: ['Control'] });
    expect(selected()).toEqual(['face-2', 'face-4']);
    await option(5).click({ modifiers: ['Shift'] });
    expect(selected()).toEqual(['face-4', 'face-5']);
  });

  test('hover is told to the others and scrolls nothing', async () => {
    await showCards(crowd(40));
    await option(3).hover();
    expect(selectionStore.getState().hovered).toBe('face-3');
    const scroller = list().element().closest('.overflow-y-auto');
    selectionStore.getState().hover('face-40');
    await expect.poll(() => option(40).element().className).toContain('bg-raised');
    expect(scroller?.scrollTop).toBe(0);
  });

  test('an action runs with the primary face; the toolbar lies on its card and beside the listbox', async () => {
    await show(crowd(6));
    await option(2).click();
    const toolbar = page.getByRole('toolbar', { name: 'Face actions' });
    await expect.element(toolbar).toBeVisible();
    const bar = toolbar.element().getBoundingClientRect();
    const card = option(2).element().getBoundingClientRect();
    expect(bar.top).toBeGreaterThanOrEqual(card.top);
    expect(bar.bottom).toBeLessThanOrEqual(card.bottom);
    expect(bar.right).toBeLessThanOrEqual(card.right);
    expect(toolbar.element().parentElement).toBe(list().element().parentElement);
    await page.getByRole('button', { name: 'Zoom to face' }).click();
    expect(zoom.mock.calls.map(([face]) => face.id)).toEqual(['face-2']);
    expect(selected()).toEqual(['face-2']);
  });
});

describe('the menu of a face', () => {
  const menu = (faceNo: number) => page.getByRole('menu', { name: `Face ${faceNo}`, exact: true });
  const items = () =>
    page
      .getByRole('menuitem')
      .elements()
      .map((item) => item.textContent);

  test('holds every action there is, by right click, which selects the face', async () => {
    await show(crowd(6));
    await option(2).click({ button: 'right' });
    await expect.element(menu(2)).toBeVisible();
    expect(items()).toEqual(['Zoom to faceZ', 'Copy bounds', 'Copy the number 2']);
    expect(selected()).toEqual(['face-2']);
    await page.getByRole('menuitem', { name: 'Copy bounds' }).click();
    expect(copy.mock.calls.map(([face]) => face.id)).toEqual(['face-2']);
    await expect.element(menu(2)).not.toBeInTheDocument();
  });

  test('leaves a selection of several as it is, and gives way to the menu of another face', async () => {
    await show(crowd(6));
    await option(2).click();
    await option(4).click({ modifiers: ['Control'] });
    await option(2).click({ button: 'right' });
    await expect.element(menu(2)).toBeVisible();
    expect(selected()).toEqual(['face-2', 'face-4']);
    await option(1).click({ button: 'right' });
    await expect.element(menu(1)).toBeVisible();
    await expect.element(menu(2)).not.toBeInTheDocument();
  });

  test('opens by Shift+F10 for the face that the keyboard is at, and gives the focus back', async () => {
    await show(crowd(6));
    selectionStore.getState().select('face-3');
    focusList();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await expect.element(menu(3)).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(menu(3)).not.toBeInTheDocument();
    await expect.element(list()).toHaveFocus();
  });

  test('opens by a button on the card of the primary face', async () => {
    await show(crowd(6));
    await option(2).click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await expect.element(menu(2)).toBeVisible();
    // The menu takes the focus a moment after it opens, and moves it a moment after the key.
    await expect.element(menu(2)).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByRole('menuitem', { name: 'Zoom to face' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByRole('menuitem', { name: 'Copy bounds' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(copy.mock.calls.map(([face]) => face.id)).toEqual(['face-2']);
    await expect.element(page.getByRole('button', { name: 'More actions' })).toHaveFocus();
  });
});

describe('by finger', () => {
  const touch = (element: Element, type: string) =>
    element.dispatchEvent(
      new PointerEvent(type, { pointerType: 'touch', bubbles: true, clientX: 50, clientY: 50, pointerId: 5 }),
    );

  test('a long press starts a multiple selection, taps go on with it until nothing is selected', async () => {
    await show(crowd(6));
    touch(option(2).element(), 'pointerdown');
    await expect.poll(selected).toEqual(['face-2']);
    touch(option(2).element(), 'pointerup');
    const tap = (faceNo: number) => {
      touch(option(faceNo).element(), 'pointerdown');
      touch(option(faceNo).element(), 'pointerup');
      option(faceNo)
        .element()
        .dispatchEvent(new MouseEvent('click', { bubbles: true }));
    };
    tap(4);
    expect(selected()).toEqual(['face-2', 'face-4']);
    tap(4);
    tap(2);
    expect(selected()).toEqual([]);
    tap(1);
    tap(3);
    expect(selected()).toEqual(['face-3']);
  });

  const topOf = (faceNo: number) => option(faceNo).element().getBoundingClientRect().top;

  test('a long press moves nothing under the finger, and letting go runs nothing that slid there', async () => {
    await show(crowd(12));
    await option(1).click();
    const before = topOf(4);
    touch(option(4).element(), 'pointerdown');
    await expect.poll(selected).toEqual(['face-1', 'face-4']);
    await expect.element(option(4)).toHaveAttribute('aria-selected', 'true');
    await new Promise(requestAnimationFrame);
    expect(topOf(4)).toBe(before);
    touch(option(4).element(), 'pointerup');
    // What a browser may send after the release, to whatever lies there by then.
    const copyButton = page.getByRole('button', { name: 'Copy bounds' });
    await expect.element(copyButton).toBeVisible();
    copyButton.element().dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    expect(copy).not.toHaveBeenCalled();
    await expect.poll(() => option(4).element().querySelector('[data-action-slot]')).not.toBeNull();
    expect(selected()).toEqual(['face-1', 'face-4']);
    await copyButton.click();
    expect(copy.mock.calls.map(([face]) => face.id)).toEqual(['face-4']);
  });

  test('a long press on the face that is selected keeps it and begins with it', async () => {
    await show(crowd(6));
    await option(2).click();
    touch(option(2).element(), 'pointerdown');
    await expect.poll(() => selectionStore.getState().multiSelectMode).toBe(true);
    touch(option(2).element(), 'pointerup');
    expect(selected()).toEqual(['face-2']);
  });

  test.each([
    ['the list is gone', () => mounted?.unmount()],
    ['another picture is open', () => selectionStore.getState().openScope('another embedded')],
  ])('a finger that still rests when %s selects nothing', async (_, change) => {
    vi.useFakeTimers();
    const { scope } = selectionStore.getState();
    try {
      selectionStore.getState().clear();
      mounted = mount(<List faces={crowd(6)} />, { width: 368, height: 600 });
      await vi.waitFor(() => expect(options()).toHaveLength(6), TEST_TIMEOUTS);
      touch(option(2).element(), 'pointerdown');
      change();
      vi.advanceTimersByTime(5000);
      expect(selected()).toEqual([]);
    } finally {
      vi.useRealTimers();
      selectionStore.getState().openScope(scope);
    }
  });

  test('a finger that scrolls selects nothing', async () => {
    vi.useFakeTimers();
    try {
      selectionStore.getState().clear();
      mounted = mount(<List faces={crowd(6)} />, { width: 368, height: 600 });
      await vi.waitFor(() => expect(options()).toHaveLength(6), TEST_TIMEOUTS);
      touch(option(2).element(), 'pointerdown');
      option(2)
        .element()
        .dispatchEvent(
          new PointerEvent('pointermove', { pointerType: 'touch', bubbles: true, clientX: 50, clientY: 90 }),
        );
      vi.advanceTimersByTime(5000);
      expect(selected()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a selection of several', () => {
  const clear = () => page.getByRole('button', { name: 'Clear selection' });

  test('is told beside the count and can be cleared, which goes back to the list', async () => {
    await show(crowd(6));
    await option(2).click();
    expect(clear().query()).toBeNull();
    await option(4).click({ modifiers: ['Control'] });
    await expect.element(page.getByText('2 selected')).toBeVisible();
    await clear().click();
    expect(selected()).toEqual([]);
    await expect.element(page.getByText('2 selected')).not.toBeInTheDocument();
    await expect.element(list()).toHaveFocus();
  });

  const bar = () => page.getByRole('toolbar', { name: 'Selected faces' });
  const does = (name: string) => bar().getByRole('button', { name });
  const numbers = (calls: readonly (readonly [readonly Face[]])[]) =>
    calls.map(([faces]) => faces.map(({ faceNo }) => faceNo));

  test('can be worked with: what is done, is done with these, by their numbers', async () => {
    await show(crowd(6));
    await option(4).click();
    expect(bar().query()).toBeNull();
    await option(2).click({ modifiers: ['Control'] });
    await does('Export these').click();
    await does('Compare crops').click();
    expect(numbers(exportThese.mock.calls)).toEqual([[2, 4]]);
    expect(numbers(compare.mock.calls)).toEqual([[2, 4]]);
  });

  test('changes the height of nothing above the faces', async () => {
    await show(crowd(30));
    const top = () => option(2).element().getBoundingClientRect().top;
    const before = top();
    await option(2).click();
    await option(3).click({ modifiers: ['Control'] });
    await expect.element(bar()).toBeVisible();
    expect(top()).toBe(before);
  });

  test('says why something cannot be done with so many', async () => {
    await show(crowd(6));
    await page.getByRole('button', { name: 'Select all' }).click();
    expect(selected()).toHaveLength(6);
    await expect.element(list()).toHaveFocus();
    await expect.element(does('Compare crops')).toHaveAttribute('aria-disabled', 'true');
    await expect.element(does('Compare crops')).toHaveAttribute('aria-description', 'Up to 3 can be compared');
    await does('Compare crops').click({ force: true });
    expect(compare).not.toHaveBeenCalled();
  });

  test('is in the menu of each of its faces, and of no other', async () => {
    await show(crowd(6));
    await option(2).click();
    await option(4).click({ modifiers: ['Control'] });
    await option(2).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Compare crops' }).click();
    expect(numbers(compare.mock.calls)).toEqual([[2, 4]]);
    await option(1).click({ button: 'right' });
    await expect.element(page.getByRole('menu', { name: 'Face 1', exact: true })).toBeVisible();
    expect(page.getByRole('menuitem', { name: 'Compare crops' }).query()).toBeNull();
  });

  test('is told from the long press on that begins it', async () => {
    await show(crowd(6));
    selectionStore.getState().addToSelection('face-3');
    await expect.element(page.getByText('1 selected')).toBeVisible();
  });
});

describe('order and filter', () => {
  test('another order renumbers nothing', async () => {
    await show(crowd(10));
    await page.getByRole('button', { name: 'Sort: By number' }).click();
    await page.getByRole('menuitemradio', { name: 'Largest first' }).click();
    await expect.poll(() => options()[0]?.getAttribute('aria-label')).toBe('Face 7, face_6, 160 by 160 pixels');
    expect(options()).toHaveLength(10);
  });

  test('both outlive a reload of this tab; what cannot be read is left', async () => {
    await show(crowd(10));
    await page.getByRole('button', { name: 'Sort: By number' }).click();
    await page.getByRole('menuitemradio', { name: 'Largest first' }).click();
    await page.getByRole('button', { name: 'Show: All sizes' }).click();
    await page.getByRole('menuitemradio', { name: 'Small (under 80 px)' }).click();
    mounted?.unmount();
    await show(crowd(10));
    await expect.element(page.getByRole('button', { name: 'Sort: Largest first' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Show: Small' })).toBeVisible();
    mounted?.unmount();
    for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, '{"sort":"by mood"');
    await show(crowd(10));
    await expect.element(page.getByRole('button', { name: 'Sort: By number' })).toBeVisible();
  });

  test('a filter says how many of how many are shown', async () => {
    await show(crowd(10));
    await page.getByRole('button', { name: 'Show: All sizes' }).click();
    await page.getByRole('menuitemradio', { name: 'Small (under 80 px)' }).click();
    await expect.element(page.getByText('2 of 10 shown').first()).toBeVisible();
    expect(options()).toHaveLength(2);
    expect(options().at(-1)?.getAttribute('aria-label')).toMatch(/^Face 10,/);
  });

  test('the longest names of order and filter change the height of nothing', async () => {
    await show(crowd(40));
    const top = () => list().element().getBoundingClientRect().top;
    const before = top();
    for (const [button, choice] of [
      ['Sort: By number', 'Top to bottom'],
      ['Show: All sizes', 'Small (under 80 px)'],
      ['Show: Small', 'All sizes'],
      ['Sort: Top to bottom', 'By number'],
    ] as const) {
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('menuitemradio', { name: choice }).click();
      expect(top()).toBe(before);
    }
  });

  test('a filter that lets nothing through offers the way back', async () => {
    await show(crowd(4));
    await page.getByRole('button', { name: 'Show: All sizes' }).click();
    await page.getByRole('menuitemradio', { name: 'Small (under 80 px)' }).click();
    await page.getByRole('button', { name: 'Show all faces' }).click();
    expect(options()).toHaveLength(4);
  });
});

describe('the field for a number', () => {
  const field = () => page.getByLabelText('Go to face number');

  test('says what is wrong with a number that leads nowhere, also to a screen reader', async () => {
    await show(crowd(24));
    expect(field().element().getAttribute('placeholder')).toBe('Number');
    await field().fill('12');
    expect(selected()).toEqual(['face-12']);
    await field().fill('99');
    await expect.element(page.getByText('There are 24 faces')).toBeVisible();
    await expect.element(page.getByText('There are 24 faces')).toHaveAttribute('role', 'status');
    await expect.element(field()).toHaveAttribute('aria-invalid', 'true');
    expect(document.getElementById(field().element().getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'There are 24 faces',
    );
    expect(selected()).toEqual(['face-12']);
    await field().fill('2');
    await expect.element(page.getByText('There are 24 faces')).not.toBeInTheDocument();
  });

  test('tells a face that the filter hides from one that could not be read', async () => {
    await show(crowd(25).filter(({ faceNo }) => faceNo !== 3));
    await page.getByRole('button', { name: 'Show: All sizes' }).click();
    await page.getByRole('menuitemradio', { name: 'Small (under 80 px)' }).click();
    await field().fill('6');
    await expect.element(page.getByText('Face 6 is not shown')).toBeVisible();
    await field().fill('3');
    await expect.element(page.getByText('There is no face 3')).toBeVisible();
  });
});

describe('a crowd', () => {
  const looks = () => page.getByRole('radiogroup', { name: 'Layout' });
  const look = (name: string) => looks().getByRole('radio', { name });
  const place = (faceNo: number) => option(faceNo).element().getBoundingClientRect();

  test('is a grid from 20 faces on, all of them in sight where that is possible', async () => {
    await show(crowd(19));
    await expect.element(look('List')).toHaveAttribute('aria-checked', 'true');
    mounted?.unmount();
    await show(crowd(24));
    await expect.element(look('Grid')).toHaveAttribute('aria-checked', 'true');
    expect(place(2).top).toBe(place(1).top);
    expect(options()).toHaveLength(24);
    expect(options().every(isInView)).toBe(true);
    await expect.element(option(24)).toHaveAttribute('aria-posinset', '24');
  });

  test('keeps how it was chosen to be shown, and so do few faces, each of their own', async () => {
    await show(crowd(28));
    await look('List').click();
    await expect.element(page.getByText('100 × 100 px · 0.1 %').first()).toBeVisible();
    mounted?.unmount();
    await show(crowd(40));
    await expect.element(look('List')).toHaveAttribute('aria-checked', 'true');
    await look('Grid').click();
    mounted?.unmount();
    await show(crowd(6));
    await expect.element(look('List')).toHaveAttribute('aria-checked', 'true');
    await look('Grid').click();
    expect(place(2).top).toBe(place(1).top);
  });

  test('is walked in two dimensions, and Shift extends', async () => {
    await show(crowd(28));
    selectionStore.getState().select('face-3');
    focusList();
    await userEvent.keyboard('{ArrowDown}');
    const below = Number(selected()[0]?.replace('face-', ''));
    expect(place(below).left).toBe(place(3).left);
    expect(place(below).top).toBeGreaterThan(place(3).top);
    await userEvent.keyboard('{ArrowRight}{ArrowLeft}{ArrowUp}');
    expect(selected()).toEqual(['face-3']);
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(selected()).toHaveLength(below - 2);
    await expect.poll(activeName).toMatch(new RegExp(`^Face ${below},`));
  });

  test('its primary face has its name, its size and its actions under the grid, beside the listbox', async () => {
    await show(crowd(28));
    const before = place(20);
    await option(7).click();
    const toolbar = page.getByRole('toolbar', { name: 'Face actions' });
    await expect.element(toolbar).toBeVisible();
    expect(list().element().contains(toolbar.element())).toBe(false);
    await expect.element(page.getByText('face_6')).toBeVisible();
    expect(place(20)).toEqual(before);
    await page.getByRole('button', { name: 'Zoom to face' }).click();
    expect(zoom.mock.calls.map(([face]) => face.id)).toEqual(['face-7']);
  });

  test('says once how many are small, and again of the one that is chosen', async () => {
    await showCards(crowd(40));
    await expect.element(page.getByText('8 of 40 are small (under 80 px)')).toBeVisible();
    expect(page.getByText('small', { exact: true }).query()).toBeNull();
    await option(5).click();
    await expect.element(page.getByText('small', { exact: true })).toBeVisible();
  });

  test('of a few each says it', async () => {
    await show(crowd(10));
    expect(page.getByText('small', { exact: true }).elements()).toHaveLength(2);
    expect(page.getByText(/are small/).query()).toBeNull();
  });

  test('a thousand crops are a virtual grid that says how many there are', async () => {
    await show(crowd(1000));
    await expect.poll(() => options().length).toBeGreaterThan(20);
    expect(options().length).toBeLessThan(120);
    await expect.element(option(2)).toHaveAttribute('aria-setsize', '1000');
    expect(place(2).top).toBe(place(1).top);
    selectionStore.getState().select('face-703');
    await expect.poll(() => option(703).query() !== null && isInView(option(703).element())).toBe(true);
    expect(place(702).top).toBe(place(703).top);
    expect(place(702).right).toBeLessThan(place(703).left);
    focusList();
    await userEvent.keyboard('{End}');
    await expect.poll(() => option(1000).query() !== null && isInView(option(1000).element())).toBe(true);
    const backAtFirst = () => {
      list().element().closest('.overflow-y-auto')?.scrollTo({ top: 0 });
      return option(1).query() !== null;
    };
    await expect.poll(backAtFirst).toBe(true);
    expect(activeName()).toMatch(/^Face 1000,/);
  });
});

describe('a thousand faces', () => {
  test('are a virtual list that still says how many there are', async () => {
    await showCards(crowd(1000));
    await expect.poll(() => options().length).toBeGreaterThan(4);
    expect(options().length).toBeLessThan(60);
    await expect.element(option(2)).toHaveAttribute('aria-posinset', '2');
    await expect.element(option(2)).toHaveAttribute('aria-setsize', '1000');
  });

  test('a face selected elsewhere comes into view', async () => {
    await showCards(crowd(1000));
    selectionStore.getState().select('face-700');
    await expect.element(option(700)).toBeInTheDocument();
    await expect.poll(() => isInView(option(700).element())).toBe(true);
    await expect.element(page.getByRole('toolbar', { name: 'Face actions' })).toBeVisible();
  });

  test('the option that the keyboard stands on stays in the document wherever the list is scrolled', async () => {
    await showCards(crowd(1000));
    selectionStore.getState().select('face-3');
    await expect.element(option(3)).toHaveAttribute('aria-selected', 'true');
    // The chosen one comes into view a moment after it is chosen, and would take a scroll before that back.
    const farDown = () => {
      list().element().closest('.overflow-y-auto')?.scrollTo({ top: 60_000 });
      return options().some((element) => Number(element.getAttribute('aria-posinset')) > 500);
    };
    await expect.poll(farDown).toBe(true);
    expect(activeName()).toMatch(/^Face 3,/);
  });

  test('End goes to the last face and Home back', async () => {
    await showCards(crowd(1000));
    focusList();
    await userEvent.keyboard('{End}');
    await expect.poll(() => option(1000).query() !== null && isInView(option(1000).element())).toBe(true);
    await userEvent.keyboard('{Home}');
    await expect.poll(() => isInView(option(1).element())).toBe(true);
    expect(selected()).toEqual(['face-1']);
  });

  test('the field for a number goes there', async () => {
    await showCards(crowd(1000));
    await page.getByLabelText('Go to face number').fill('512');
    await expect.poll(() => option(512).query() !== null && isInView(option(512).element())).toBe(true);
  });
});
