import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { parseDetection } from '#page/pictures/model/parse-detection.ts';
import { currentSelection, selectionStore } from '#page/pictures/selection-store.ts';
import type { ShownCall } from '#page/requests/index.ts';
import type { Exchange } from '#shared/failure.ts';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { TEST_TIMEOUTS } from '#testing/test-timeouts.ts';
import { Inspector } from './inspector.tsx';

const reply = (count: number) => ({
  status: 0,
  message: '',
  faceItems: Array.from({ length: count }, (_, index) => ({
    name: `face_${index}`,
    confidence: 0.5,
    resources: [
      {
        name: 'face',
        type: 'image',
        url: `https://cdn.example/${index}.jpg`,
        marginTop: 4,
        countInRow: 2,
        points: 468,
      },
    ],
    arguments: [{ name: 'face_bound', value: `{"x":${index - 5},"y":80,"width":200,"height":240}` }],
  })),
  mediaInfo: { type: 'image', duration: 0, width: 724, height: 1268 },
});

const CALLS: readonly ShownCall[] = [
  {
    label: 'Detect faces',
    request: {
      method: 'POST',
      url: new URL('https://api.useapi.net/v1/kling/images/recognize-faces'),
      body: { kind: 'json', value: { imageReference: 'https://example.com/a.jpg' } },
    },
  },
];

let mounted: Mounted | undefined;
const noSource = { pictureUrl: undefined, cropHref: () => 'data:,' };
const unreadable = { key: 'none', blob: new Blob(), frame: { size: { width: 1000, height: 800 }, scale: 1 } };

function show(body: string, status = 200): void {
  const exchange: Exchange = { method: 'POST', path: '/x', status, durationMs: 378, body, requestId: undefined };
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = undefined;
  }
  const parsed = parseDetection(json, undefined);
  mounted = mount(
    <Inspector
      detection={parsed.ok ? parsed.value : undefined}
      source={noSource}
      factSource={unreadable}
      calls={CALLS}
      exchange={exchange}
      fileName="party.faces.json"
    />,
    { width: 368, height: 500 },
  );
}
const openTab = (name: string) => page.getByRole('tab', { name }).click();
const tree = () => page.getByRole('tree', { name: 'Response' });
const rows = () => [...document.querySelectorAll('[data-line]')];
const rowWith = (text: string) => rows().find((row) => row.textContent.includes(text));
const marked = () => rows().filter((row) => row.getAttribute('aria-selected') === 'true');

/** True when the row lies in the visible part of the tree. */
function isInView(row: Element | undefined): boolean {
  const frame = tree().element().parentElement?.getBoundingClientRect();
  const at = row?.getBoundingClientRect();
  return frame !== undefined && at !== undefined && at.top >= frame.top - 1 && at.bottom <= frame.bottom + 1;
}

beforeEach(() => selectionStore.getState().openScope(crypto.randomUUID()));
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
});

describe('Face', () => {
  test('shows every field that the service sent, known or not', async () => {
    show(JSON.stringify(reply(2)));
    selectionStore.getState().select('face-1');
    const panel = page.getByRole('tabpanel', { name: 'Face' });
    await expect.element(panel.getByText('faceNo 1')).toBeVisible();
    const text = panel.element().textContent;
    for (const part of [
      'x -5, y 80, 200 × 240 px',
      'x 0, y 80, 195 × 240 px',
      'marginTop4',
      'countInRow2',
      'points468',
    ])
      expect(text).toContain(part);
    for (const part of ['confidence0.5', 'duration0', 'face_bound', '724 × 1268 px', 'https://cdn.example/0.jpg'])
      expect(text).toContain(part);
    expect(text).toContain('This box leaves the picture.');
  });

  test('stays small and readable whatever hangs on the face: megabytes of text, thousands of things, any depth', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ name: `part_${index}`, value: index }));
    const [face] = reply(1).faceItems;
    const long = 'n'.repeat(1_000_000);
    show(
      JSON.stringify({
        status: 0,
        faceItems: [
          {
            ...face,
            name: long,
            deep: 'DEEP',
            note: long,
            [long]: 1,
            resources: many,
            arguments: [...(face?.arguments ?? []), ...many, { name: 'long', value: long }],
            ...Object.fromEntries(many.map(({ name, value }) => [name, value])),
          },
        ],
      }).replace('"DEEP"', `${'['.repeat(50_000)}${']'.repeat(50_000)}`),
    );
    selectionStore.getState().select('face-1');
    const panel = () => document.querySelector('[role="tabpanel"]')?.textContent ?? '';
    await expect.poll(panel).toContain('4950 more resources in the response');
    // Not every engine can write so deep a value as text.
    expect(panel()).toMatch(/deep(?:\[\[|nested too deeply)/);
    expect(panel()).toContain('1000000 characters');
    expect(panel().length).toBeLessThan(20_000);
    await openTab('Response');
    await expect.poll(() => rows().length).toBeGreaterThan(0);
    expect(tree().element().textContent.length).toBeLessThan(20_000);
  });

  test('says when the service’s crop cannot be loaded', async () => {
    show(JSON.stringify(reply(1)));
    selectionStore.getState().select('face-1');
    await expect.element(page.getByText('The face crop cannot be loaded')).toBeVisible();
    await expect.element(page.getByText('No face_feature crop')).toBeVisible();
  });

  test('asks for a selection when there is none', async () => {
    show(JSON.stringify(reply(2)));
    await expect.element(page.getByText(/Select a face/)).toBeVisible();
  });
});

describe('folded', () => {
  const fold = vi.fn<(open: boolean) => void>();
  const folded = (isOpen: boolean) => (
    <Inspector
      detection={undefined}
      source={noSource}
      factSource={unreadable}
      calls={CALLS}
      exchange={undefined}
      fileName="party.faces.json"
      fold={{ isOpen, onChange: fold }}
    />
  );

  test('it is its heading; a button opens it, and so does a tab, but not by the focus alone', async () => {
    fold.mockClear();
    mounted = mount(folded(false), { width: 368, height: 500 });
    const button = page.getByRole('button', { name: 'Open the inspector' });
    await expect.element(button).toHaveAttribute('aria-expanded', 'false');
    expect(page.getByRole('tabpanel').query()).toBeNull();
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByRole('tab', { name: 'Request' })).toHaveFocus();
    expect(fold).not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    expect(fold.mock.calls).toEqual([[true]]);
    mounted.update(folded(true));
    await expect.element(page.getByRole('tabpanel', { name: 'Request' })).toBeVisible();
    await page.getByRole('button', { name: 'Fold the inspector' }).click();
    expect(fold.mock.calls).toEqual([[true], [false]]);
  });
});

describe('Request', () => {
  test('has four forms, each with the placeholder and a button that copies it', async () => {
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    show(JSON.stringify(reply(1)));
    await openTab('Request');
    for (const [form, start] of [
      ['cURL', 'curl -X POST'],
      ['JavaScript', 'const token = process.env.USEAPI_TOKEN; // $USEAPI_TOKEN'],
      ['Python', 'import os'],
      ['HTTP', 'POST /v1/kling/images/recognize-faces HTTP/1.1'],
    ] as const) {
      await openTab(form);
      await page.getByRole('button', { name: `Copy as ${form}: Detect faces` }).click();
      await expect.element(page.getByText('Copied.')).toBeInTheDocument();
      const copied = writeText.mock.lastCall?.[0] ?? '';
      expect(copied.startsWith(start)).toBe(true);
      expect(copied).toContain('$USEAPI_TOKEN');
    }
    writeText.mockRestore();
  });
});

describe('Response', () => {
  test('says status, time and size', async () => {
    show('{"error":"Unauthorized","code":401}', 401);
    await expect.element(page.getByText('401 · 378 ms · 35 B')).toBeVisible();
  });

  test('marks the selected face’s part and brings it into view', async () => {
    show(JSON.stringify(reply(40)));
    await openTab('Response');
    selectionStore.getState().select('face-30');
    await expect.poll(() => isInView(rowWith('"face_29"'))).toBe(true);
    expect(marked().length).toBeGreaterThan(5);
    expect(marked().some((row) => row.textContent.includes('"face_28"'))).toBe(false);
  });

  test('unfolds what hides the selected face', async () => {
    show(JSON.stringify(reply(4)));
    await openTab('Response');
    await page.getByRole('button', { name: 'Fold all' }).click();
    await expect.poll(() => rowWith('"face_2"')).toBeUndefined();
    selectionStore.getState().select('face-3');
    await expect.poll(() => rowWith('faceItems')?.getAttribute('aria-expanded')).toBe('true');
  });

  test('a click on a face’s part selects it, pointing at it hovers it', async () => {
    show(JSON.stringify(reply(3)));
    await openTab('Response');
    await page.getByText('"face_1"').hover();
    expect(selectionStore.getState().hovered).toBe('face-2');
    await page.getByText('"face_1"').click();
    expect(currentSelection(selectionStore.getState()).ids).toEqual(['face-2']);
  });

  test('hover elsewhere marks and scrolls nothing', async () => {
    show(JSON.stringify(reply(40)));
    await openTab('Response');
    await expect.element(tree()).toBeVisible();
    selectionStore.getState().hover('face-1');
    await expect.poll(() => rowWith('"face_0"')?.className).toContain('bg-raised');
    selectionStore.getState().hover('face-40');
    await expect.poll(() => rowWith('"face_0"')?.className).not.toContain('bg-raised');
    expect(tree().element().parentElement?.scrollTop).toBe(0);
  });

  test('where status, time and size have no room side by side, the size goes and nothing is cut', async () => {
    show(JSON.stringify(reply(2)));
    const facts = () => page.getByTitle(/^200 · 378 ms · /).element();
    const isSeen = (fact: Element) => {
      const frame = facts().getBoundingClientRect();
      const at = fact.getBoundingClientRect();
      return at.bottom <= frame.bottom + 1 && at.left >= frame.left - 1 && at.right <= frame.right + 1;
    };
    const seen = () => [...facts().children].map(isSeen);
    await expect.poll(seen).toEqual([true, true, true]);
    const bar = facts().parentElement;
    if (bar !== null) bar.style.width = '300px';
    await expect.poll(seen).toEqual([true, true, false]);
  });

  test('search counts what it finds, goes from one to the next and opens what hides it', async () => {
    show(JSON.stringify(reply(40)));
    await openTab('Response');
    await page.getByRole('button', { name: 'Fold all' }).click();
    await page.getByLabelText('Search the response').fill('FACE_3');
    await expect.element(page.getByText('1 of 11')).toBeVisible();
    await expect.poll(() => isInView(rowWith('"face_3"'))).toBe(true);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('2 of 11')).toBeVisible();
    await expect.poll(() => isInView(rowWith('"face_30"'))).toBe(true);
    await page.getByLabelText('Search the response').fill('nowhere');
    await expect.element(page.getByText('Not found')).toBeVisible();
  });

  test('an address that is wider than the panel wraps, and so a hit at its end is seen', async () => {
    const sent = reply(30);
    const long = `https://cdn.example/${'a1b2/'.repeat(30)}end-of-it.jpg`;
    for (const item of sent.faceItems) for (const resource of item.resources) resource.url = long;
    show(JSON.stringify(sent));
    await openTab('Response');
    await page.getByLabelText('Search the response').fill('end-of-it');
    // The hits lie one face apart, and what has been passed may have left the document.
    const current = () => rows().find((row) => row.className.includes('bg-warn-soft'));
    for (let hit = 1; hit <= 5; hit++) {
      await expect.element(page.getByText(`${hit} of 30`)).toBeVisible();
      await expect.poll(() => isInView(current())).toBe(true);
      const mark = current()?.querySelector('mark')?.getBoundingClientRect();
      const frame = tree().element().parentElement?.getBoundingClientRect();
      expect(mark?.right).toBeLessThanOrEqual(frame?.right ?? 0);
      await userEvent.keyboard('{Enter}');
    }
  });

  test('the tree folds and walks by keyboard', async () => {
    show(JSON.stringify(reply(2)));
    await openTab('Response');
    const element = tree().element();
    if (element instanceof HTMLElement) element.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    const active = () => document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.textContent;
    await expect.poll(active).toContain('faceItems');
    await userEvent.keyboard('{ArrowLeft}');
    await expect.poll(() => rowWith('"face_0"')).toBeUndefined();
    expect(rowWith('faceItems')?.textContent).toBe('"faceItems": [ … 2 ],');
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => rowWith('"face_0"')).toBeDefined();
  });

  test('a thousand faces are a few rows in the document', async () => {
    show(JSON.stringify(reply(1000)));
    await openTab('Response');
    await expect.poll(() => rows().length).toBeGreaterThan(10);
    expect(rows().length).toBeLessThan(120);
    selectionStore.getState().select('face-900');
    await expect.poll(() => isInView(rowWith('"face_899"'))).toBe(true);
  });

  test('an answer that is not JSON is shown as it is', async () => {
    show('<html>Bad gateway</html>', 502);
    await openTab('Response');
    await expect.element(page.getByText('The answer is not JSON.')).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'Response' })).toHaveValue('<html>Bad gateway</html>');
  });

  test('copy gives the reply exactly as it came', async () => {
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    const body = '{ "big": 12345678901234567890, "a": 1, "a": 2 }';
    show(body);
    await openTab('Response');
    await page.getByRole('button', { name: 'Copy the response' }).click();
    await vi.waitFor(() => expect(writeText.mock.calls).toEqual([[body]]), TEST_TIMEOUTS);
    writeText.mockRestore();
  });
});
