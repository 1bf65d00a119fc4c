/**
 * Runs inside the page, in each engine the same: finds what a screen reader would find, by role and accessible name,
 * and says where a hand would have to go. It only looks; what is done is done by the engine's own mouse and keys.
 * Bundled by `bundle.ts`, injected by the drivers as the global `eye`.
 */
import { computeAccessibleName, getRole, isDisabled, isInaccessible } from 'dom-accessibility-api';

/** An exact text, or a pattern. */
export type Wording = string | { readonly source: string };

/** Things of one role, by their accessible name, inside the first thing that `within` finds. */
export type Query = { readonly role: string; readonly name?: Wording; readonly within?: Query };

export type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A thing as somebody perceives it; `text` without what only divides lines. */
export type Seen = {
  readonly name: string;
  readonly text: string;
  readonly value: string;
  readonly isSelected: boolean;
  readonly isDisabled: boolean;
  readonly rect: Rect;
};

/** Everything that answers to the query, in the order of the document. */
export const look = (query: Query): Seen[] =>
  find(query).map((element) => ({
    name: nameOf(element),
    text: wordsOf(element),
    value: 'value' in element ? String(element.value) : '',
    isSelected: element.ariaSelected === 'true',
    isDisabled: isOff(element),
    rect: rectOf(element),
  }));

/**
 * Where to press the one thing that answers to the query: the middle of what is on the screen of it. A text says why
 * it cannot be pressed now: it is not there or not alone, moves, is off, or lies under something else.
 */
export async function aim(query: Query): Promise<{ readonly x: number; readonly y: number } | string> {
  const [element, ...others] = find(query);
  if (element === undefined) return 'it is not there';
  if (others.length > 0) return `there are ${others.length + 1} of it`;
  if (isOff(element)) return 'it is off';
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const before = rectOf(element);
  await frames(2);
  const { x, y, width, height } = rectOf(element);
  if (before.x !== x || before.y !== y) return 'it moves';
  const left = Math.max(x, 0);
  const top = Math.max(y, 0);
  const point = {
    x: (left + Math.min(x + width, innerWidth)) / 2,
    y: (top + Math.min(y + height, innerHeight)) / 2,
  };
  const hit = document.elementFromPoint(point.x, point.y);
  const label = hit?.closest('label');
  const isReached = hit !== null && (element.contains(hit) || label?.control === element);
  return isReached ? point : `<${hit?.localName} class="${hit?.className}"> lies over it`;
}

/** Puts the focus into the one thing that answers to the query. */
export function focus(query: Query): boolean {
  const [element, ...others] = find(query);
  if (!(element instanceof HTMLElement) || others.length > 0) return false;
  element.focus();
  return document.activeElement === element;
}

/** Takes away what is written in the field that has the focus, as a person does who selects all of it. */
export function selectAll(): boolean {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return false;
  field.select();
  return true;
}

/** Writes into the field that has the focus, for an engine whose driver has no keys for every character. */
export const write = (text: string): boolean => document.execCommand('insertText', false, text);

/** Turns the wheel while a key is held, for an engine whose driver cannot do both at once. */
export function turnWheel(turn: Readonly<Record<'x' | 'y' | 'deltaY', number> & { held: 'Control' | 'Shift' }>): void {
  const { x, y, deltaY, held } = turn;
  const keys = { ctrlKey: held === 'Control', shiftKey: held === 'Shift' };
  document.elementFromPoint(x, y)?.dispatchEvent(
    new WheelEvent('wheel', {
      clientX: x,
      clientY: y,
      deltaY,
      bubbles: true,
      cancelable: true,
      composed: true,
      ...keys,
    }),
  );
}

/** The boxes that the stage's scene holds, in pixels of the window, by the name of their face. */
export function boxes(): Record<string, Rect> {
  type Box = { id(): string; getClientRect(): Rect };
  type Scene = { find(selector: string): Box[]; container(): HTMLElement };
  const { Konva } = globalThis as typeof globalThis & { Konva?: { stages: Scene[] } };
  const found: Record<string, Rect> = {};
  for (const stage of Konva?.stages ?? []) {
    const origin = stage.container().getBoundingClientRect();
    for (const box of stage.find('.box')) {
      const { x, y, width, height } = box.getClientRect();
      found[box.id()] = { x: origin.x + x, y: origin.y + y, width, height };
    }
  }
  return found;
}

/** Lets files go over the middle of the window, as after dragging them out of a folder. */
export function drop(
  files: readonly { readonly name: string; readonly type: string; readonly base64: string }[],
): void {
  const dataTransfer = new DataTransfer();
  for (const { name, type, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name, { type }));
  }
  const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2) ?? document.body;
  for (const type of ['dragenter', 'dragover', 'drop']) {
    target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer }));
  }
}

/** Size of the window's inside and of what wants to be shown in it, in CSS pixels. */
export const extent = () => ({
  width: innerWidth,
  height: innerHeight,
  pageWidth: document.documentElement.scrollWidth,
  isFullScreen: document.fullscreenElement !== null,
});

/**
 * How many entries each store of the page's memory holds; nothing before there is a memory. What is known of pictures'
 * files lies among the answers and is none.
 */
export async function remembered(): Promise<Record<string, number>> {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  if (!names.includes('facebound')) return {};
  const db = await settled(indexedDB.open('facebound'));
  try {
    const stores = [...db.objectStoreNames];
    const transaction = db.transaction(stores);
    const counted = stores.map(async (name) => {
      const rows: readonly unknown[] = await settled(transaction.objectStore(name).getAll());
      const isFile = (row: unknown) => typeof row === 'object' && row !== null && 'handedOver' in row;
      return [name, rows.filter((row) => !isFile(row)).length] as const;
    });
    return Object.fromEntries(await Promise.all(counted));
  } finally {
    db.close();
  }
}

/** Resolves when everything that moves has arrived and the frame after it is drawn. */
export async function settle(): Promise<void> {
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map((animation) => animation.finished));
  await frames(2);
}

function find({ role, name, within }: Query): Element[] {
  const root = within === undefined ? document : find(within)[0];
  if (root === undefined) return [];
  return [...root.querySelectorAll('*')].filter(
    (element) => getRole(element) === role && isShown(element) && (name === undefined || fits(nameOf(element), name)),
  );
}

const fits = (text: string, wording: Wording): boolean =>
  typeof wording === 'string' ? text === wording : new RegExp(wording.source, 'u').test(text);

const isShown = (element: Element): boolean => !isInaccessible(element) && element.getClientRects().length > 0;

const isOff = (element: Element): boolean => isDisabled(element) || element.ariaDisabled === 'true';

const nameOf = (element: Element): string => plain(computeAccessibleName(element));

const wordsOf = (element: Element): string =>
  plain(element instanceof HTMLElement ? element.innerText : (element.textContent ?? ''));

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

const rectOf = (element: Element): Rect => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
};

async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

const settled = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// Refusals of the Content-Security-Policy reach every engine's console through this line.
document.addEventListener('securitypolicyviolation', (event) => {
  console.error(`Content-Security-Policy: ${event.violatedDirective} stopped ${event.blockedURI}`);
});
// So does what an element could not load, of which some engines say nothing.
addEventListener(
  'error',
  ({ target }) => {
    // A preload is a hint, called off when the page is left; the import that needs the file fails for itself.
    const isHint = target instanceof HTMLLinkElement && target.rel === 'modulepreload';
    if (target instanceof Element && !isHint) console.error(`Not loaded: ${target.outerHTML.slice(0, 200)}`);
  },
  true,
);
