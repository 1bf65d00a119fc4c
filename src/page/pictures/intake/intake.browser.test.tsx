import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { AddPictures } from './add-pictures.tsx';
import { DropOverlay } from './drop-overlay.tsx';
import { EmptyState } from './empty-state.tsx';
import type { ImportItem, Refusal } from './import-item.ts';
import { IntakeProvider } from './intake-provider.tsx';

const onImport = vi.fn<(items: readonly ImportItem[]) => void>();
const onRefused = vi.fn<(refusal: Refusal) => void>();
let mounted: Mounted | undefined;

const show = (content: React.ReactNode) => {
  mounted = mount(
    <QueryClientProvider client={new QueryClient()}>
      <IntakeProvider onImport={onImport} onRefused={onRefused}>
        {content}
        <DropOverlay goesToKling={false} />
      </IntakeProvider>
    </QueryClientProvider>,
    { width: 1200, height: 800 },
  );
};

const picture = (name: string, type = 'image/jpeg') => new File(['a picture'], name, { type });
const fileInput = () => page.getByLabelText('Choose pictures', { exact: true });
const linkField = () => page.getByRole('textbox', { name: 'Image link' });
const headline = () => page.getByRole('heading', { name: 'Drop pictures to find their faces' });

/** What a drag or a paste carries: files, and texts by type. */
function carrying(files: readonly File[], texts: Readonly<Record<string, string>> = {}): DataTransfer {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  for (const [type, text] of Object.entries(texts)) data.setData(type, text);
  return data;
}

function drag(type: string, dataTransfer: DataTransfer, target: Element = headline().element()): DragEvent {
  const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
}

function paste(clipboardData: DataTransfer, target: EventTarget = document.body): ClipboardEvent {
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
}

/** Everything that came in so far, as `via name` or the address. */
const arrived = () =>
  onImport.mock.calls.flatMap(([items]) =>
    items.map((item) => (item.kind === 'file' ? `${item.via} ${item.name}` : item.url)),
  );

beforeEach(async () => {
  await page.viewport(1200, 800);
  onImport.mockReset();
  onRefused.mockReset();
});
afterEach(() => mounted?.unmount());

describe('on the empty page', () => {
  beforeEach(async () => {
    show(<EmptyState privacy="Nothing leaves this machine with the embedded detector." />);
    await expect.element(headline()).toBeVisible();
  });

  test('it says what to do and where pictures go', async () => {
    await expect.element(page.getByText('Nothing leaves this machine with the embedded detector.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Browse' })).toBeVisible();
    await expect.element(page.getByText('or paste from the clipboard')).toBeVisible();
  });

  test('browsing takes several files of any kind', async () => {
    const input = fileInput();
    expect(input.element()).toMatchObject({ multiple: true, type: 'file' });
    await userEvent.upload(input, [picture('a.jpg'), picture('b.heic', '')]);
    await expect.poll(arrived).toEqual(['browse a.jpg', 'browse b.heic']);
  });

  test('the Browse button opens the file dialog', async () => {
    const opened = vi.fn();
    fileInput()
      .element()
      .addEventListener('click', (event) => {
        event.preventDefault();
        opened();
      });
    await page.getByRole('button', { name: 'Browse' }).click();
    expect(opened).toHaveBeenCalledOnce();
  });

  describe('dropping', () => {
    test('takes every file, in its order', async () => {
      drag('drop', carrying([picture('a.jpg'), picture('notes.txt', 'text/plain'), picture('c.png', 'image/png')]));
      await expect.poll(arrived).toEqual(['drop a.jpg', 'drop notes.txt', 'drop c.png']);
    });

    test('a second drop does not cost the first, though both are still being read', async () => {
      drag('drop', carrying([picture('first.jpg')]));
      drag('drop', carrying([picture('second.jpg')]));
      await expect.poll(arrived).toEqual(['drop first.jpg', 'drop second.jpg']);
    });

    test('a picture from another page brings its address, not that of the link around it', async () => {
      const html =
        '<a href="https://example.com/page.html"><img src="https://cdn.example.com/team.jpg?a=1&amp;b=2"></a>';
      drag('drop', carrying([], { 'text/html': html, 'text/uri-list': 'https://example.com/page.html' }));
      await expect.poll(arrived).toEqual(['https://cdn.example.com/team.jpg?a=1&b=2']);
    });

    const dot = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
    test.each([
      ['the address that comes with it', `<img src="${dot}">`, 'https://example.com/team.jpg', 'team.jpg'],
      [
        'what its page will load, where only the page around it comes with it',
        `<a href="https://example.com/page"><img src="${dot}" data-src="https://example.com/lazy.jpg"></a>`,
        'https://example.com/page',
        'lazy.jpg',
      ],
      [
        'the first of the sizes that its page has',
        `<img src="${dot}" srcset="https://example.com/small.jpg 320w, https://example.com/large.jpg 1280w">`,
        '',
        'small.jpg',
      ],
    ])('a placeholder yields to %s', async (_what, html, list, name) => {
      drag('drop', carrying([], { 'text/html': html, ...(list === '' ? {} : { 'text/uri-list': list }) }));
      await expect.poll(arrived).toEqual([`https://example.com/${name}`]);
    });

    test('an address that is dragged as plain text is loaded, words are refused', async () => {
      drag('drop', carrying([], { 'text/plain': ' https://example.com/a.jpg\nhttps://example.com/b.jpg' }));
      await expect.poll(arrived).toEqual(['https://example.com/a.jpg', 'https://example.com/b.jpg']);
      drag('drop', carrying([], { 'text/plain': 'a shopping list' }));
      expect(onRefused).toHaveBeenCalledWith({
        name: 'What you dropped',
        failure: { code: 'nothing-to-load', via: 'drop' },
      });
    });

    test('a file of the system alone comes in, to be left out in a line', async () => {
      drag('drop', carrying([picture('Thumbs.db', ''), picture('.DS_Store', '')]));
      await expect.poll(arrived).toEqual(['drop Thumbs.db', 'drop .DS_Store']);
    });

    test('an address alone is taken too', async () => {
      drag('drop', carrying([], { 'text/uri-list': '# from a page\r\nhttps://example.com/team.jpg' }));
      await expect.poll(arrived).toEqual(['https://example.com/team.jpg']);
    });

    test('a picture that is written out in the page becomes a file', async () => {
      drag('drop', carrying([], { 'text/html': `<img src="data:image/png;base64,${btoa('pixels')}">` }));
      await expect.poll(arrived).toEqual(['drop Picture from a page']);
      const [item] = onImport.mock.calls[0]?.[0] ?? [];
      expect(item?.kind === 'file' && (await item.file.text())).toBe('pixels');
    });

    test('a file is preferred to the address that comes with it', async () => {
      drag('drop', carrying([picture('team.jpg')], { 'text/uri-list': 'https://example.com/team.jpg' }));
      await expect.poll(arrived).toEqual(['drop team.jpg']);
    });

    test('something without a picture in it is refused with a reason', async () => {
      drag('drop', carrying([], { 'text/html': '<p>only words</p>' }));
      await expect
        .poll(() => onRefused.mock.calls)
        .toEqual([[{ name: 'What you dropped', failure: { code: 'nothing-to-load', via: 'drop' } }]]);
    });

    test("the page's own pictures cannot be dropped into it", async () => {
      const data = carrying([picture('thumb.webp')], { 'text/uri-list': 'https://example.com/thumb.webp' });
      drag('dragstart', data);
      drag('dragenter', data);
      expect(page.getByText('Drop to find the faces').query()).toBeNull();
      expect(drag('drop', data).defaultPrevented).toBe(true);
      drag('dragend', data);
      drag('drop', carrying([picture('mine.jpg')]));
      await expect.poll(arrived).toEqual(['drop mine.jpg']);
    });

    test('text that is dragged into the link field stays what it is', () => {
      const field = linkField().element();
      expect(
        drag('dragover', carrying([], { 'text/plain': 'https://example.com/a.jpg' }), field).defaultPrevented,
      ).toBe(false);
      expect(drag('drop', carrying([], { 'text/plain': 'https://example.com/a.jpg' }), field).defaultPrevented).toBe(
        false,
      );
      expect(arrived()).toEqual([]);
    });
  });

  describe('while something is dragged over the window', () => {
    test('the target lights up, counts, and goes out again', async () => {
      const data = carrying([picture('a.jpg'), picture('b.jpg'), picture('c.jpg')]);
      drag('dragenter', data);
      await expect.element(page.getByText('Drop 3 pictures to find their faces')).toBeVisible();
      drag('dragleave', data);
      await expect.element(page.getByText('Drop 3 pictures to find their faces')).not.toBeInTheDocument();
    });

    test('crossing from one element to the next does not make it flicker', async () => {
      const data = carrying([picture('a.jpg')]);
      drag('dragenter', data);
      drag('dragenter', data, linkField().element());
      drag('dragleave', data);
      await expect.element(page.getByText('Drop to find the faces')).toBeVisible();
      drag('dragleave', data, linkField().element());
      await expect.element(page.getByText('Drop to find the faces')).not.toBeInTheDocument();
    });

    test.each([
      ['a file', carrying([picture('a.jpg')]), 'Drop to find the faces'],
      ['an address', carrying([], { 'text/uri-list': 'https://example.com/a.jpg' }), 'Drop to load this picture'],
    ])('dropping %s ends it', async (_name, data, words) => {
      drag('dragenter', data);
      await expect.element(page.getByText(words)).toBeVisible();
      drag('drop', data);
      await expect.element(page.getByText(words)).not.toBeInTheDocument();
    });

    test('the page lets the browser know that it takes files and addresses, and nothing else', () => {
      expect(drag('dragover', carrying([picture('a.jpg')])).defaultPrevented).toBe(true);
      const address = carrying([], { 'text/uri-list': 'https://example.com/a.jpg' });
      expect(drag('dragover', address).defaultPrevented).toBe(true);
      const shape = drag('dragover', carrying([], { 'application/x-shape': 'circle' }));
      expect(shape.dataTransfer?.dropEffect).toBe('none');
    });
  });

  describe('pasting', () => {
    test('a bitmap comes in under a name that says where from', () => {
      expect(paste(carrying([picture('image.png', 'image/png')])).defaultPrevented).toBe(true);
      expect(arrived()).toEqual(['paste Pasted picture']);
    });

    test('copied files keep their names', () => {
      paste(carrying([picture('a.jpg'), picture('b.jpg')]));
      expect(arrived()).toEqual(['paste a.jpg', 'paste b.jpg']);
    });

    test('cells that are wholly addresses are loaded, and not the bitmap that shows them', () => {
      paste(
        carrying([picture('image.png', 'image/png')], {
          'text/plain': 'https://example.com/a.jpg\thttps://example.com/b.jpg\r\n',
          'text/html': '<table><tr><td>https://example.com/a.jpg</td><td>https://example.com/b.jpg</td></tr></table>',
        }),
      );
      expect(arrived()).toEqual(['https://example.com/a.jpg', 'https://example.com/b.jpg']);
    });

    test('a bitmap is preferred to cells that are anything else, and to the address that it was copied with', () => {
      const bitmap = picture('image.png', 'image/png');
      paste(carrying([bitmap], { 'text/plain': 'Anna\thttps://example.com/a.jpg' }));
      paste(
        carrying([bitmap], {
          'text/plain': 'https://example.com/a.jpg',
          'text/html': '<img src="https://example.com/a.jpg">',
        }),
      );
      expect(arrived()).toEqual(['paste Pasted picture', 'paste Pasted picture']);
    });

    test('addresses as text are loaded', () => {
      paste(carrying([], { 'text/plain': 'https://example.com/a.jpg\nhttps://example.com/b.jpg' }));
      expect(arrived()).toEqual(['https://example.com/a.jpg', 'https://example.com/b.jpg']);
    });

    test('other text is refused with a reason', () => {
      paste(carrying([], { 'text/plain': 'a shopping list' }));
      expect(onRefused).toHaveBeenCalledWith({ name: 'Clipboard', failure: { code: 'nothing-to-load', via: 'paste' } });
    });

    test('text that is pasted into a field stays there', () => {
      const event = paste(carrying([], { 'text/plain': 'https://example.com/a.jpg' }), linkField().element());
      expect(event.defaultPrevented).toBe(false);
      expect(arrived()).toEqual([]);
    });

    test('a bitmap comes in even while a field has the focus', () => {
      paste(carrying([picture('image.png', 'image/png')]), linkField().element());
      expect(arrived()).toEqual(['paste Pasted picture']);
    });

    test('cells that come as text and as a bitmap stay in their field', () => {
      paste(carrying([picture('image.png', 'image/png')], { 'text/plain': '1\t2' }), linkField().element());
      expect(arrived()).toEqual([]);
    });
  });

  describe('the link field', () => {
    test('loads an address with Enter, and is empty again', async () => {
      await linkField().fill('https://example.com/team.jpg');
      await userEvent.keyboard('{Enter}');
      expect(arrived()).toEqual(['https://example.com/team.jpg']);
      await expect.element(linkField()).toHaveValue('');
    });

    test('loads many, one a line, with its button', async () => {
      await linkField().fill('https://example.com/a.jpg\nhttps://example.com/b.jpg');
      await page.getByRole('button', { name: 'Load', exact: true }).click();
      expect(arrived()).toEqual(['https://example.com/a.jpg', 'https://example.com/b.jpg']);
    });

    test('says what is missing, and fixes it with one click', async () => {
      await linkField().fill('www.example.com/team.jpg');
      await userEvent.keyboard('{Enter}');
      await expect.element(page.getByRole('alert')).toHaveTextContent('Did you mean https://www.example.com/team.jpg?');
      await expect.element(linkField()).toHaveAttribute('aria-invalid', 'true');
      await page.getByRole('button', { name: 'Load that' }).click();
      expect(arrived()).toEqual(['https://www.example.com/team.jpg']);
      expect(page.getByRole('alert').query()).toBeNull();
    });

    test('keeps a long address whole, and the one it suggests is as long', async () => {
      const long = `www.example.com/${'photos/'.repeat(20)}team.jpg`;
      await linkField().fill(long);
      await userEvent.keyboard('{Enter}');
      await expect.element(linkField()).toHaveValue(long);
      await page.getByRole('button', { name: 'Load that' }).click();
      expect(arrived()).toEqual([`https://${long}`]);
      await expect.element(linkField()).toHaveValue('');
    });

    test('takes the good lines and keeps the others, each with its sentence', async () => {
      await linkField().fill('https://example.com/a.jpg\nC:\\photos\\b.jpg');
      await userEvent.keyboard('{Enter}');
      expect(arrived()).toEqual(['https://example.com/a.jpg']);
      await expect.element(linkField()).toHaveValue('C:\\photos\\b.jpg');
      await expect.element(page.getByRole('alert')).toHaveTextContent('which a page cannot open');
    });

    test('asks for an address when there is none', async () => {
      await page.getByRole('button', { name: 'Load', exact: true }).click();
      await expect.element(page.getByRole('alert')).toHaveTextContent('Paste the address of a picture first.');
    });
  });

  describe('samples', () => {
    test('three of them, each a button that brings its picture', async () => {
      const cards = page.getByRole('list', { name: 'Samples' }).getByRole('button');
      await expect.poll(() => cards.elements().length).toBe(3);
      await cards.first().click();
      await expect.poll(arrived).toEqual(['sample Portrait']);
      const [item] = onImport.mock.calls[0]?.[0] ?? [];
      expect(item?.kind === 'file' && item.file.size).toBeGreaterThan(1000);
    });

    test('one that does not load is refused with a reason', async () => {
      const cards = page.getByRole('list', { name: 'Samples' }).getByRole('button');
      await expect.poll(() => cards.elements().length).toBe(3);
      vi.spyOn(window, 'fetch').mockResolvedValueOnce(new Response(null, { status: 500 }));
      await cards.nth(1).click();
      await expect
        .poll(() => onRefused.mock.calls)
        .toEqual([[{ name: 'Group', failure: { code: 'sample-unreachable' } }]]);
    });
  });
});

describe('beside results', () => {
  beforeEach(async () => {
    show(
      <>
        <h2>Drop pictures to find their faces</h2>
        <AddPictures />
      </>,
    );
    await page.getByRole('button', { name: 'Add pictures' }).click();
  });

  test('the same ways in are one step away', async () => {
    const panel = page.getByRole('dialog', { name: 'Add pictures' });
    await expect.element(panel.getByRole('button', { name: 'Browse' })).toBeVisible();
    await expect.poll(() => panel.getByRole('list', { name: 'Samples' }).getByRole('button').elements().length).toBe(3);
    await panel.getByRole('textbox', { name: 'Image link' }).fill('https://example.com/a.jpg');
    await userEvent.keyboard('{Enter}');
    expect(arrived()).toEqual(['https://example.com/a.jpg']);
    await expect.element(panel).not.toBeInTheDocument();
  });

  test('a drop over the open panel counts as a drop on the page', async () => {
    drag('drop', carrying([picture('a.jpg')]), page.getByRole('dialog', { name: 'Add pictures' }).element());
    await expect.poll(arrived).toEqual(['drop a.jpg']);
  });
});
