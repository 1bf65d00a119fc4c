import { useEffect, useEffectEvent } from 'react';
import type { ImportItem, Refusal } from './import-item.ts';
import { importItemsFromText } from './import-items-from-text.ts';
import { isTextField } from './text-field.ts';

/** The name that browsers give to a bitmap on the clipboard, which says nothing to a person. */
const BITMAP_NAME = /^image\.(?:png|jpe?g|bmp|tiff?)$/i;

/**
 * Takes what is pasted anywhere in the window: a bitmap, copied files, or the address of a picture as text. What is
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
    if (files.length > 0) {
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

const pasted = (file: File): ImportItem => ({
  kind: 'file',
  file,
  via: 'paste',
  name: BITMAP_NAME.test(file.name) ? 'Pasted picture' : file.name,
});
