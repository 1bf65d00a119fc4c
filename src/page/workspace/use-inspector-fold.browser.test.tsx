import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { selectionStore } from '#page/pictures/selection-store.ts';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { useInspectorFold } from './use-inspector-fold.ts';

let mounted: Mounted | undefined;

function Fold() {
  const { isOpen, onChange } = useInspectorFold();
  return (
    <button type="button" aria-expanded={isOpen} onClick={() => onChange(!isOpen)}>
      Inspector
    </button>
  );
}

const button = () => page.getByRole('button', { name: 'Inspector' });
const expectOpen = (isOpen: boolean) => expect.element(button()).toHaveAttribute('aria-expanded', String(isOpen));
const select = () => selectionStore.getState().select('face-1');
const clear = () => selectionStore.getState().clear();

beforeEach(() => {
  selectionStore.getState().openScope(crypto.randomUUID());
  mounted = mount(<Fold />, { width: 300, height: 100 });
});
afterEach(() => mounted?.unmount());

test('the inspector is folded while nothing is selected, and opens on selecting', async () => {
  await expectOpen(false);
  select();
  await expectOpen(true);
  clear();
  await expectOpen(false);
});

test('opened by hand it stays, whatever is selected, until it is folded by hand', async () => {
  await expectOpen(false);
  await button().click();
  await expectOpen(true);
  select();
  clear();
  await expectOpen(true);
  await button().click();
  await expectOpen(false);
  select();
  await expectOpen(true);
});

test('folded over a selection it stays so, also after a reload, until it is opened by hand', async () => {
  select();
  await button().click();
  await expectOpen(false);
  selectionStore.getState().select('face-2');
  await expectOpen(false);
  expect(localStorage.getItem('facebound.inspector')).toBe('folded');
  await button().click();
  await expectOpen(true);
  clear();
  await expectOpen(false);
  select();
  await expectOpen(true);
});
