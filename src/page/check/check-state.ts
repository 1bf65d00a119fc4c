import * as z from 'zod/mini';
import { createStore } from 'zustand/vanilla';
import type { EngineName } from '#contract/routes.ts';
import type { UndoStep } from '#page/pictures/undo-step.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { tabStorage } from '#page/platform/browser-storage.ts';
import { randomId } from '#page/platform/random-id.ts';
import { partOf } from '#page/platform/store-part.ts';
import type { DrawnFace, FaceId } from '#shared/face.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { emptySelection, type Selection } from '#shared/selection.ts';
import type { CheckRecords } from './model/commands.ts';
import type { Act } from './model/progress.ts';
import { SHEET_FILTERS, type SheetFilter, type SheetPage, type Sight } from './model/sheet.ts';
import type { CheckSet } from './model/verdict.ts';

/** What is said about the pictures of the work, and whether it is kept. */
export type CheckState = {
  /** `loading` until the browser gave what it keeps; `unavailable` where it keeps nothing. */
  readonly status: 'loading' | 'ready' | 'unavailable';
  readonly own: CheckSet;
  /** Sets of others that records here are of, or may be. */
  readonly others: readonly CheckSet[];
  readonly records: CheckRecords;
  /** Digests whose records were asked for. */
  readonly loaded: ReadonlySet<string>;
  /** Digests whose records are here, as far as there are any. */
  readonly known: ReadonlySet<string>;
  /** Verdicts of this visit, to tell the time that is left. */
  readonly acts: readonly Act[];
  /** False after a write that the browser refused, until one succeeds. */
  readonly isSaved: boolean;
};

export const beginning = (): CheckState => ({
  status: 'loading',
  own: { id: randomId(), reviewer: '', isOwn: true },
  others: [],
  records: new Map(),
  loaded: new Set(),
  known: new Set(),
  acts: [],
  isSaved: true,
});

/** A box that is being placed: a missed face, or where the face of a wrong box is. In pixels of the answer. */
export type Draft = { readonly of: 'missed' | FaceId; readonly bound: ImageRect };

/** A face that was drawn by hand, and where. */
export type DrawnOn = {
  readonly picture: Picture;
  /** Beside whose answer it was drawn. */
  readonly engine: EngineName;
  readonly face: DrawnFace;
  /** The space of its box, in pixels. */
  readonly size: Size;
};

/** Where a person is while checking: the face that is judged, and what is open about it. */
export type CheckPlace = {
  readonly selection: Selection;
  readonly hovered: FaceId | undefined;
  /** The reasons were put away by Esc, until another face or verdict. */
  readonly reasonsClosed: boolean;
  readonly draft: Draft | undefined;
  /** Which pictures the strip lists. */
  readonly filter: PictureFilter;
  /** Who makes something of a face that was drawn; its room lies beside this one and comes later. */
  readonly takeDrawn: ((drawn: DrawnOn) => void) | undefined;
};

export type PictureFilter = 'all' | 'open' | 'wrong' | 'missed' | 'noted' | 'disputed';

/** Where a person is on the contact sheet. It outlives the sheet, so that one comes back to the same place. */
export type SheetPlace = {
  readonly filter: SheetFilter;
  /** As it was when something was done on it last; `pageNow` tells what it is now. */
  readonly page: SheetPage | undefined;
  /** The crop that the keys are at. */
  readonly active: string | undefined;
  /** Where a range begins, while one is being marked. */
  readonly anchor: string | undefined;
  /** What was on screen in this visit. */
  readonly seen: ReadonlyMap<string, Sight>;
  /** The crop whose picture is shown beside it; `isHeld` until it is put away, else while the pointer rests there. */
  readonly preview: { readonly key: string; readonly isHeld: boolean } | undefined;
  /** The page that was closed last, until it is said no more; `step` takes it back. */
  readonly closed: { readonly message: string; readonly step: UndoStep | undefined } | undefined;
  /** Pages that were closed, with what closed them: undo opens them again. */
  readonly past: readonly { readonly step: UndoStep; readonly page: SheetPage; readonly active: string | undefined }[];
  /** Counts the pages that came in. */
  readonly turn: number;
  /** A face to go to, from another way of checking. */
  readonly wanted: { readonly picture: PictureId; readonly faceNo: number } | undefined;
};

const KEY = 'facebound.sheet-place';
const kept = z.object({ filter: z.enum(SHEET_FILTERS), active: z.optional(z.string()) });

/** After a reload one is where one was, as far as that is still there. */
function placeBefore(): Pick<SheetPlace, 'filter' | 'active'> {
  try {
    const read = kept.safeParse(JSON.parse(tabStorage.get(KEY) ?? 'null'));
    return read.success
      ? { filter: read.data.filter, active: read.data.active }
      : { filter: 'to-check', active: undefined };
  } catch {
    return { filter: 'to-check', active: undefined };
  }
}

/** All that check mode holds, in three parts; what happens to each is told in a file of its own. */
const checkModeStore = createStore<{
  readonly checks: CheckState;
  readonly place: CheckPlace;
  readonly sheet: SheetPlace;
}>()(() => ({
  checks: beginning(),
  place: {
    selection: emptySelection,
    hovered: undefined,
    reasonsClosed: false,
    draft: undefined,
    filter: 'all',
    takeDrawn: undefined,
  },
  sheet: {
    ...placeBefore(),
    page: undefined,
    anchor: undefined,
    seen: new Map(),
    preview: undefined,
    closed: undefined,
    past: [],
    turn: 0,
    wanted: undefined,
  },
}));

/** Verdicts: `check-store.ts`. */
export const checkStore = partOf(
  checkModeStore,
  ({ checks }) => checks,
  (checks) => ({ checks }),
);

/** Picture by picture: `check-place.ts`. */
export const checkPlaceStore = partOf(
  checkModeStore,
  ({ place }) => place,
  (place) => ({ place }),
);

/** The contact sheet: `sheet/sheet-store.ts`. */
export const sheetStore = partOf(
  checkModeStore,
  ({ sheet }) => sheet,
  (sheet) => ({ sheet }),
);

sheetStore.subscribe(({ filter, active }, before) => {
  if (filter !== before.filter || active !== before.active) tabStorage.set(KEY, JSON.stringify({ filter, active }));
});
