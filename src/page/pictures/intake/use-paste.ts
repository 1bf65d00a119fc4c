import { useEffect, useEffectEvent } from 'react';
import type { ImportItem, Refusal } from './import-item.ts';
import { importItemsFromText } from './import-items-from-text.ts';
import { isTextField } from './text-field.ts';

/** The name that browsers give to a bitmap on the clipboard, which says nothing to a person. */
const BITMAP_NAME = /^image\.(?:png|jpe?g|bmp|tiff?)$/i;

/**
 * Takes what is pasted anywhere in the window: a bitmap, copied files, or addresses of pictures as text. What is
 * pasted into a text field stays there, unless it is a file without any text, which the field could not take.
 */
export function usePaste(
  onImport: (items: readonly ImportItem[]) => void,
  onRefused: (refusal: Refusal) => void,
): void {
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const data = event.clipboardData;
    if (data === null || event.defaultPrevented) return;
    const text = data.getData('text/plain').trim();
    const inField = isTextField(event.target);
    const files = [...data.files];
    if (inField && (text !== '' || files.length === 0)) return;
    if (files.length > 0 && !isOnlyShownAs(files, text, data.getData('text/html'))) {
      event.preventDefault();
      onImport(files.map(pasted));
      return;
    }
    if (text === '') return;
    const { items } = importItemsFromText(text, 'paste');
    if (items.length > 0) onImport(items);
    else onRefused({ name: 'Clipboard', failure: { code: 'nothing-to-load', via: 'paste' } });
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => onPaste(event);
    document.addEventListener('paste', listener);
    return () => document.removeEventListener('paste', listener);
  }, []);
}

/**
 * Whether a bitmap only shows the text that was copied, which is wholly addresses: Excel and Word put one of the cells or
 * words beside them. A picture that was copied from a page brings its address along as well, and an image as HTML.
 */
const isOnlyShownAs = (files: readonly File[], text: string, html: string): boolean =>
  files.every(({ name }) => BITMAP_NAME.test(name)) && isWhollyAddresses(text) && !/<img[\s/>]/i.test(html);

function isWhollyAddresses(text: string): boolean {
  const { items, problems } = importItemsFromText(text, 'paste');
  return items.length > 0 && problems.length === 0;
}

const pasted = (file: File): ImportItem => ({
  kind: 'file',
  file,
  via: 'paste',
  name: BITMAP_NAME.test(file.name) ? 'Pasted picture' : file.name,
});
