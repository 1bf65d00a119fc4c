import '#page/shell/theme.css';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

/** A part of the page, drawn with the page's own styles into a column of this size, in CSS pixels. */
export type Mounted = {
  readonly host: HTMLElement;
  readonly update: (ui: ReactNode) => void;
  readonly unmount: () => void;
};

/** Draws a part of the page into the document. Whoever mounts it unmounts it. */
export function mount(ui: ReactNode, size: { readonly width: number; readonly height: number }): Mounted {
  const host = document.createElement('div');
  host.style.cssText = `position: fixed; top: 0; left: 0; display: flex; flex-direction: column; width: ${size.width}px; height: ${size.height}px`;
  document.body.append(host);
  const root = createRoot(host);
  root.render(ui);
  return {
    host,
    update: (next) => root.render(next),
    unmount: () => {
      root.unmount();
      host.remove();
    },
  };
}
