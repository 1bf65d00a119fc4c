import { useStore } from 'zustand';
import type { UndoStep } from '#page/pictures/undo-step.ts';
import { type SheetPlace, sheetStore } from '../check-state.ts';
import { openPage, type SheetFilter, type SheetItem, type SheetPage, type Sight } from '../model/sheet.ts';

export const useSheet = <T>(select: (state: SheetPlace) => T): T => useStore(sheetStore, select);

/** Shows what a filter shows, from its beginning. */
export const filterSheet = (filter: SheetFilter): void =>
  sheetStore.setState(({ turn }) => ({
    filter,
    page: undefined,
    active: undefined,
    anchor: undefined,
    preview: undefined,
    turn: turn + 1,
  }));

/** Something is done on the page: it stays as it is until it is closed. */
export const beginPage = (page: SheetPage): void =>
  sheetStore.setState(({ page: before }) =>
    before === page && page.isBegun ? {} : { page: { ...page, isBegun: true } },
  );

/** Moves to a crop; the range that was being marked ends. What is shown beside a crop goes along. */
export const goToCrop = (key: string): void =>
  sheetStore.setState(({ preview }) => ({
    active: key,
    anchor: undefined,
    preview: preview?.isHeld === true ? { key, isHeld: true } : undefined,
  }));

/** Moves the end of a range to a crop. */
export const extendToCrop = (anchor: string, key: string): void =>
  sheetStore.setState({ active: key, anchor, preview: undefined });

export const showPreview = (key: string, isHeld: boolean): void => sheetStore.setState({ preview: { key, isHeld } });
export const hidePreview = (): void => sheetStore.setState({ preview: undefined });
export const forgetClosed = (): void => sheetStore.setState({ closed: undefined });

/** Notes what was on screen. A crop that was seen stays seen. */
export function noteSights(sights: ReadonlyMap<string, Sight>): void {
  const { seen } = sheetStore.getState();
  const added = [...sights].filter(([key, sight]) => seen.get(key) !== sight && seen.get(key) !== 'crop');
  if (added.length > 0) sheetStore.setState({ seen: new Map([...seen, ...added]) });
}

/**
 * Closes a page, and the next one comes in. `step` is what was said by closing it, undefined where nothing was left to
 * say; `message` tells what was done.
 */
export const closePage = (page: SheetPage, step: UndoStep | undefined, message: string): void =>
  sheetStore.setState(({ past, active, turn }) => ({
    page: undefined,
    active: undefined,
    anchor: undefined,
    preview: undefined,
    closed: message === '' ? undefined : { message, step },
    past: step === undefined ? past : [...past, { step, page: { ...page, isBegun: true }, active }],
    turn: turn + 1,
  }));

/** A step was taken back: where it had closed a page, that one is open again. True when it was one. */
export function reopenPage(step: UndoStep): boolean {
  const { past, turn } = sheetStore.getState();
  const last = past.at(-1);
  sheetStore.setState({ closed: undefined, preview: undefined, anchor: undefined });
  if (last?.step !== step) return false;
  sheetStore.setState({
    filter: last.page.filter,
    page: last.page,
    active: last.active ?? last.page.keys[0],
    past: past.slice(0, -1),
    turn: turn + 1,
  });
  return true;
}

/** Asks the sheet to go to a face as soon as it is open and knows it: it is the one that was judged elsewhere. */
export const wantFace = (face: SheetPlace['wanted']): void => sheetStore.setState({ wanted: face });

/**
 * Goes to a crop: on the page where it is there; where nobody has begun with a page, on the one of what is shown
 * (`items`) that has it, else among all faces. A page that was begun stays, and so does the place on it.
 */
export function openSheetAt(
  key: string,
  page: SheetPage,
  items: readonly SheetItem[],
  all: readonly SheetItem[],
): void {
  sheetStore.setState(({ turn, filter }) => {
    const here = { wanted: undefined, anchor: undefined, preview: undefined };
    if (page.keys.includes(key)) return { ...here, active: key };
    if (page.isBegun) return here;
    const isShown = items.some((item) => item.key === key);
    const opened = isShown ? openPage(filter, items, key) : openPage('all', all);
    return { ...here, active: key, filter: opened.filter, page: { ...opened, isBegun: true }, turn: turn + 1 };
  });
}
