import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { TEST_TIMEOUTS } from '#testing/test-timeouts.ts';
import { setSingleKeysOn } from './single-key-preference.ts';
import { type ShortcutHandlers, useShortcuts } from './use-shortcuts.ts';

const ran = vi.fn<(what: string | number | boolean) => void>();

/** True while a number is being typed, which a 0 belongs to. */
let open = false;

const HANDLERS: ShortcutHandlers = {
  'pick-face': (digit) => {
    ran(Number(digit));
    return digit !== '0' || open;
  },
  fit: () => ran('fit'),
  'next-face': () => ran('next-face'),
  'first-face': () => ran('first-face'),
  'previous-picture': () => ran('previous-picture'),
  'use-for-kolors': () => ran('use-for-kolors'),
  'zoom-in': () => ran('zoom-in'),
  'toggle-labels': () => ran('toggle-labels'),
  help: () => ran('help'),
  out: () => ran('out'),
  'hide-boxes': ran,
};

function Page({ enabled = true, handlers = HANDLERS }: { enabled?: boolean; handlers?: ShortcutHandlers }) {
  useShortcuts(handlers, { enabled });
  return (
    <>
      <input aria-label="text" />
      <input type="checkbox" aria-label="checkbox" />
      <input type="range" aria-label="range" />
      <button type="button" aria-label="button" />
      <button type="button" aria-label="handles" onKeyDown={(event) => event.key === 'l' && event.preventDefault()} />
      <div role="dialog" aria-label="dialog">
        <button type="button" aria-label="in dialog" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area as the page has them */}
      <section aria-label="scrolls" tabIndex={0} style={{ height: 40, overflow: 'auto' }}>
        <div style={{ height: 400 }} />
      </section>
    </>
  );
}

let mounted: Mounted;
const focus = (label: string) => {
  const element = mounted.host.querySelector(`[aria-label="${label}"]`);
  if (!(element instanceof HTMLElement)) throw new Error(`No ${label}`);
  element.focus();
};
const did = () => ran.mock.calls.map(([what]) => what);

beforeEach(async () => {
  vi.clearAllMocks();
  open = false;
  setSingleKeysOn(true);
  mounted = mount(<Page />, { width: 300, height: 300 });
  await vi.waitFor(() => expect(mounted.host.querySelector('input')).not.toBeNull(), TEST_TIMEOUTS);
});
afterEach(() => {
  mounted.unmount();
  setSingleKeysOn(true);
});

describe('a shortcut', () => {
  test('runs its command, digits with their number', async () => {
    await userEvent.keyboard('{ArrowRight}j7{Home}l{Escape}');
    expect(did()).toEqual(['next-face', 'next-face', 7, 'first-face', 'toggle-labels', 'out']);
  });

  test('gets a 0 unless it belongs to the number being typed', async () => {
    await userEvent.keyboard('0');
    expect(did()).toEqual([0, 'fit']);
    open = true;
    await userEvent.keyboard('0');
    expect(did()).toEqual([0, 'fit', 0]);
  });

  test('that needs Shift to be typed works with it', async () => {
    await userEvent.keyboard('{Shift>}?{/Shift}');
    expect(did()).toEqual(['help']);
  });

  test.each(['Control', 'Alt', 'Meta'])('is left to the browser while %s is held', async (modifier) => {
    await userEvent.keyboard(`{${modifier}>}l{/${modifier}}`);
    expect(did()).toEqual([]);
  });

  test('is left to the layout while AltGr is held, but for the brackets, which many layouts have nowhere else', () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '[', modifierAltGraph: true, bubbles: true }));
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'l', modifierAltGraph: true, bubbles: true }));
    expect(did()).toEqual(['previous-picture']);
  });

  test('does not mix with Shift on a named key, which extends selections', async () => {
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    expect(did()).toEqual([]);
  });

  test('takes the key from the browser only where somebody handles it', async () => {
    const press = (key: string) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(press('Home')).toBe(true);
    expect(press('End')).toBe(false);
  });

  test('repeats while held where walking and zooming want it, and nowhere else', () => {
    const repeat = (key: string) =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, repeat: true, bubbles: true }));
    repeat('ArrowRight');
    repeat('=');
    repeat('l');
    expect(did()).toEqual(['next-face', 'zoom-in']);
  });

  test('tells whether its key is merely still held', async () => {
    const told = vi.fn<(repeat: boolean) => void>();
    mounted.update(<Page handlers={{ 'next-face': ({ repeat }) => told(repeat) }} />);
    await vi.waitFor(() => {
      told.mockClear();
      for (const repeat of [false, true])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', repeat, bubbles: true }));
      expect(told.mock.calls).toEqual([[false], [true]]);
    }, TEST_TIMEOUTS);
  });

  test('sleeps while text is being composed', () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'l', isComposing: true, bubbles: true }));
    expect(did()).toEqual([]);
  });

  test('can be switched off as a whole', async () => {
    mounted.update(<Page enabled={false} />);
    await vi.waitFor(async () => {
      ran.mockClear();
      await userEvent.keyboard('l');
      expect(did()).toEqual([]);
    }, TEST_TIMEOUTS);
  });
});

describe('a focused control keeps the keys it uses', () => {
  test.each([
    ['text', 'l7{ArrowRight}{Home}', []],
    ['checkbox', 'l{ArrowRight} ', ['toggle-labels', 'next-face']],
    ['range', '{ArrowRight}{Home}l', ['toggle-labels']],
    ['button', '{Enter}l{ArrowRight}', ['toggle-labels', 'next-face']],
    ['handles', 'l7', [7]],
    ['in dialog', 'l7{ArrowRight}', []],
    ['scrolls', '{ArrowRight}{Home}l', ['toggle-labels']],
  ])('%s', async (label, keys, expected) => {
    focus(label);
    await userEvent.keyboard(keys);
    expect(did()).toEqual(expected);
  });
});

describe('holding H', () => {
  test('hides until it is released, however long the key repeats', async () => {
    await userEvent.keyboard('{h>3}');
    expect(did()).toEqual([true]);
    await userEvent.keyboard('{/h}');
    expect(did()).toEqual([true, false]);
  });

  test('ends when the window loses the focus', async () => {
    await userEvent.keyboard('{h>}');
    window.dispatchEvent(new FocusEvent('blur'));
    expect(did()).toEqual([true, false]);
    await userEvent.keyboard('{/h}');
    expect(did()).toEqual([true, false]);
  });

  test('ends when the page goes away', async () => {
    await userEvent.keyboard('{h>}');
    mounted.update(<p>gone</p>);
    await vi.waitFor(() => expect(did()).toEqual([true, false]), TEST_TIMEOUTS);
    await userEvent.keyboard('{/h}');
  });
});

describe('with single-character keys off', () => {
  test('letters, digits and signs rest, named keys go on', async () => {
    setSingleKeysOn(false);
    await userEvent.keyboard('l7?{ArrowRight}{Escape}');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Dead', code: 'BracketLeft', bubbles: true }));
    expect(did()).toEqual(['next-face', 'out']);
  });

  test('the choice is remembered', () => {
    setSingleKeysOn(false);
    expect(Object.values(localStorage)).toContain('off');
  });
});
