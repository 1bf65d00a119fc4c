import { describe, expect, test } from 'vitest';
import { importItemsFromText } from './import-items-from-text.ts';

describe('what a text of addresses brings in', () => {
  test('links by their address and name', () => {
    expect(importItemsFromText('https://example.com/team.jpg', 'paste').items).toEqual([
      { kind: 'link', url: 'https://example.com/team.jpg', name: 'team.jpg' },
    ]);
  });

  test('a picture that is written out becomes a file with its type', async () => {
    const [item] = importItemsFromText(`data:image/webp;base64,${btoa('pixels')}`, 'link').items;
    expect(item).toMatchObject({ kind: 'file', via: 'link', name: 'Picture from a page' });
    if (item?.kind !== 'file') throw new Error('Not a file');
    expect(item.file.type).toBe('image/webp');
    expect(await item.file.text()).toBe('pixels');
  });

  test.each(['data:image/png;base64,@@@', 'data:image/svg+xml,%3Csvg%3E', 'data:image/png;base64,%E0%A4%A'])(
    'one that is damaged or not Base64 is named as a problem: %s',
    (text) => {
      const { items, problems } = importItemsFromText(text, 'link');
      expect(items).toEqual([]);
      expect(problems).toMatchObject([{ code: 'not-an-address' }]);
    },
  );

  test('nothing brings nothing', () => {
    expect(importItemsFromText('  \n ', 'paste')).toEqual({ items: [], problems: [] });
  });
});
