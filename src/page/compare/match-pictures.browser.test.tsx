import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { useMatched } from './match-pictures.ts';
import type { ComparedBoxes } from './model/compared.ts';

let host: HTMLElement;
let root: Root;

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
});
afterEach(() => {
  root.unmount();
  host.remove();
  vi.restoreAllMocks();
});

/** Pictures of so many faces in rows; in each the last one was not found. */
const pictures = (count: number, faces: number): readonly ComparedBoxes[] =>
  Array.from({ length: count }, () => {
    const bounds = Array.from({ length: faces }, (_, index) => imageRect(200 * index, 0, 100, 100));
    return { found: bounds.slice(0, -1), truth: bounds.map((bound) => ({ bound })) };
  });

function Counts({ all, from }: { readonly all: readonly ComparedBoxes[]; readonly from: number }) {
  const matched = useMatched(all, from);
  const pairs = [...(matched?.comparisons.values() ?? [])].reduce((sum, each) => sum + each.pairs.length, 0);
  return <p>{matched === undefined ? 'matching' : `${pairs} pairs from ${matched.from}`}</p>;
}

const show = (all: readonly ComparedBoxes[], from: number) => root.render(<Counts all={all} from={from} />);
const text = () => host.textContent;

test('a few faces are matched at once', async () => {
  const posted = vi.spyOn(Worker.prototype, 'postMessage');
  show(pictures(2, 10), 0.5);
  await expect.poll(text).toBe('18 pairs from 0.5');
  expect(posted).not.toHaveBeenCalled();
});

test('beyond two hundred a worker matches them, and the figures before stay until it is done', async () => {
  const posted = vi.spyOn(Worker.prototype, 'postMessage');
  const all = pictures(20, 50);
  show(all, 0.5);
  await expect.poll(text).toBe('980 pairs from 0.5');
  expect(posted).toHaveBeenCalledTimes(1);
  show(all, 0.8);
  await expect.poll(text).toBe('980 pairs from 0.8');
  expect(posted).toHaveBeenCalledTimes(2);
  // What was matched once is known.
  show(all, 0.5);
  await expect.poll(text).toBe('980 pairs from 0.5');
  expect(posted).toHaveBeenCalledTimes(2);
});
