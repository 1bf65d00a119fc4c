import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { EngineName } from '#contract/routes.ts';
import { createKeyedStore, useKeyed } from '#page/platform/keyed-store.ts';
import type { Detection } from '#shared/face.ts';
import type { Exchange } from '#shared/failure.ts';
import type { Orientation } from '#shared/geometry/orientation.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import type { PictureId } from '#shared/picture-id.ts';
import type { HandedOver } from './model/handed-over.ts';
import { dropSelectionsOf } from './selection-store.ts';
import type { UndoStack } from './undo-step.ts';

/** Where a picture came from. A link is sent to the engine as it is; everything else is uploaded. */
export type PictureSource =
  | {
      readonly kind: 'file';
      readonly via: 'drop' | 'browse' | 'paste' | 'link' | 'sample';
      /** The link that it is a copy of, where that cannot be sent as it is. */
      readonly url?: string | undefined;
    }
  | { readonly kind: 'link'; readonly url: string };

/** The address that a picture can be had by again: of a link, or of what it is a copy of. */
export function linkOf(origin: PictureOrigin): string | undefined {
  return origin.kind === 'replay' ? undefined : origin.url;
}

/** A result that was saved earlier: shown again without any call. */
export type SavedResult = {
  /** Key that the memory has it under, once it came out of there: earlier versions had another for the same result. */
  readonly keptAs?: string;
  /** Who answered then. */
  readonly engine: EngineName;
  readonly detection: Detection;
  readonly exchange: Exchange;
  readonly imageReference: string;
  /** Where the picture came from when it was saved. */
  readonly source: PictureSource;
  /** The service's crops by their addresses; `url` is an object URL, revoked with the picture. */
  readonly crops: ReadonlyMap<string, { readonly blob: Blob; readonly url: string }>;
};

export type PictureOrigin = PictureSource | { readonly kind: 'replay'; readonly saved: SavedResult };

/** A file as it was handed over. A reference: its bytes stay where they are until they are read. */
export type Original = {
  readonly file: Blob;
  /** Its upright size in pixels. */
  readonly size: Size;
};

/** A picture of the work: exactly what is sent is what is shown. */
export type Picture = {
  readonly id: PictureId;
  /** Place in the order in which pictures were handed over; preparing may finish in another. */
  readonly order: number;
  /** Letter for letter as it was handed over: the file's own name. What is shown and written is made safe there. */
  readonly name: string;
  readonly origin: PictureOrigin;
  /** The bytes that are sent (for a link: that the relay showed). */
  readonly blob: Blob;
  /** Object URL of `blob`; revoked when the picture is removed. */
  readonly url: string;
  /** A small copy for the filmstrip and for what is remembered. */
  readonly thumbnail: Blob;
  /** Object URL of `thumbnail`; revoked with `url`. */
  readonly thumbnailUrl: string;
  /** Upright size of `blob` in pixels. */
  readonly size: Size;
  /** What was changed before sending, in words. */
  readonly changes: readonly string[];
  /**
   * EXIF orientation of `blob`: 1 for all that was taken in since a link that is stored turned is sent as a copy. Earlier
   * versions kept others of links.
   */
  readonly orientation: Orientation;
  /** What may go wrong because a link is sent unrepaired, in sentences. */
  readonly warnings: readonly string[];
  /** SHA-256 of `blob`, hex: the same bytes are the same picture. */
  readonly sha256: string;
  /** The file that it was made from. Undefined for links, and for what an earlier version of the page wrote down. */
  readonly handedOver?: HandedOver | undefined;
  /** What was handed over, where preparing changed its size. For this visit only: never stored, gone with the picture. */
  readonly original?: Original | undefined;
};

/** Something on its way in: being read, repaired or fetched. */
export type PendingImport = {
  readonly id: PictureId;
  readonly name: string;
  readonly cancel: () => void;
  /** A saved result: what it holds has its answer and is sent to nobody. */
  readonly isSaved?: true;
};

/** How far something on its way in is. */
export type ImportStep = {
  /** What happens now, in words: "Reading", "Turning upright", "Fetching the link". */
  readonly step: string;
  /** 0 to 1, when known. */
  readonly progress: number | undefined;
};

/** Beside the work, because hundreds tell every step of theirs, which only who shows one has to hear. */
const importSteps = createKeyedStore<ImportStep>();

/** What a person decided about a picture for each engine and account (see `send-permissions.ts`). */
export type Asks = Readonly<
  Record<
    string,
    {
      /** It may be sent there. */
      readonly allowed?: boolean;
      /** A person was asked and left it out: not asked about again, and not allowed either. */
      readonly withheld?: boolean;
      /** What was under way there was stopped. react-query does not tell that from what never began. */
      readonly stopped?: boolean;
    }
  >
>;

/**
 * The work: pictures in their order with one of them open, and what is arriving. Everything is looked up by id, so that
 * a look costs the same among thousands.
 */
export type WorkState = {
  /** The ids of the pictures, in the order in which they were handed over. */
  readonly order: readonly PictureId[];
  /** The pictures of that order. */
  readonly records: ReadonlyMap<PictureId, Picture>;
  readonly openId: PictureId | undefined;
  /** Whether the open picture opened as it came in, and not because a person went to it. */
  readonly openedByItself: boolean;
  /** What is on its way, in the order in which it was handed over. */
  readonly pendingImports: ReadonlyMap<PictureId, PendingImport>;
  /** What was removed and can be brought back (`undo-stack.ts`), in the order in which it went. */
  readonly removed: readonly Picture[];
  /**
   * Those of it that are offered now, because they went a moment ago: they survive a reload. The addresses of the others
   * are given up.
   */
  readonly offered: readonly PictureId[];
  /** By picture, from when it is on its way until it cannot be brought back. */
  readonly asks: ReadonlyMap<PictureId, Asks>;
  /** A person paused what goes out to the server and what is prepared: see `work-queue.ts`. */
  readonly paused: boolean;
  /** Until when the service asked to wait, in milliseconds since 1970; undefined when it did not. */
  readonly heldUntil: number | undefined;
  /** What was done to pictures and can be taken back: see `undo-stack.ts`. */
  readonly undo: UndoStack;
};

/** Nothing to work with. */
export const EMPTY_WORK: Omit<WorkState, 'pendingImports' | 'paused' | 'heldUntil' | 'undo'> = {
  order: [],
  records: new Map(),
  openId: undefined,
  openedByItself: false,
  removed: [],
  offered: [],
  asks: new Map(),
};

export const workStore = createStore<WorkState>()(() => ({
  ...EMPTY_WORK,
  pendingImports: new Map(),
  paused: false,
  heldUntil: undefined,
  undo: { done: [], undone: [], taken: undefined },
}));

/** Lists by the records that they are of: whoever follows the list is woken when it changes, and made no new one else. */
const lists = new WeakMap<WorkState['records'], readonly Picture[]>();

/** All pictures in their order. */
export function picturesOf({ order, records }: Pick<WorkState, 'order' | 'records'>): readonly Picture[] {
  let list = lists.get(records);
  if (list === undefined) {
    list = order.flatMap((id) => records.get(id) ?? []);
    lists.set(records, list);
  }
  return list;
}

/** Some pictures more, each where its `order` puts it. */
export function withPictures(
  { order, records }: Pick<WorkState, 'order' | 'records'>,
  added: readonly Picture[],
): Pick<WorkState, 'order' | 'records'> {
  const all = new Map(records);
  for (const picture of added) all.set(picture.id, picture);
  const placeOf = (id: PictureId): number => all.get(id)?.order ?? 0;
  const ids = [...order, ...added.map(({ id }) => id)];
  const [last = '', first = ''] = [order.at(-1), added[0]?.id];
  // Nearly always after everything that is there; and sorting what is sorted costs a look at each.
  const isInOrder = added.length === 1 && (order.length === 0 || placeOf(last) <= placeOf(first));
  return { records: all, order: isInOrder ? ids : ids.sort((a, b) => placeOf(a) - placeOf(b)) };
}

/**
 * Adds a picture in the order it was handed over, and opens it when asked or when nothing is open. The same bytes from
 * the same place are the same picture: that one is opened instead, and gets the original back that a reload took away.
 * Gives the id of the picture that it is now.
 */
export function addPicture(picture: Picture, open: boolean): PictureId {
  const state = workStore.getState();
  const { records, openId, openedByItself } = state;
  const opens = open || openId === undefined;
  const same = picturesOf(state).find(
    (other) => other.sha256 === picture.sha256 && sameOrigin(other.origin, picture.origin),
  );
  const { id } = same ?? picture;
  const shown = { openId: opens ? id : openId, openedByItself: opens || openedByItself };
  if (same === undefined) {
    workStore.setState({ ...withPictures(state, [picture]), ...shown });
    return id;
  }
  releaseUrls(picture);
  const known = withFileOf(same, picture);
  workStore.setState({ ...(known === same ? {} : { records: new Map(records).set(id, known) }), ...shown });
  return id;
}

/** What is known of its file stays as it was first told: the same bytes may lie under many names. */
const withFileOf = (picture: Picture, { original, handedOver }: Picture): Picture =>
  original === undefined && (handedOver === undefined || picture.handedOver !== undefined)
    ? picture
    : { ...picture, original: original ?? picture.original, handedOver: picture.handedOver ?? handedOver };

function sameOrigin(a: PictureOrigin, b: PictureOrigin): boolean {
  switch (a.kind) {
    case 'file':
      return b.kind === 'file';
    case 'link':
      return b.kind === 'link' && a.url === b.url;
    case 'replay':
      return (
        b.kind === 'replay' && a.saved.exchange.body === b.saved.exchange.body && a.saved.engine === b.saved.engine
      );
  }
}

/** Gives up everything that only a picture of the work needs: its addresses, and what was selected on it. */
export function releasePicture(picture: Picture): void {
  releaseUrls(picture);
  dropSelectionsOf(picture.id);
}

/** Gives up its addresses: it cannot be shown any more. */
export function releaseUrls(picture: Picture): void {
  URL.revokeObjectURL(picture.url);
  URL.revokeObjectURL(picture.thumbnailUrl);
  if (picture.origin.kind === 'replay')
    for (const { url } of picture.origin.saved.crops.values()) URL.revokeObjectURL(url);
}

/** What was decided about pictures, without what was about this one. */
export function withoutAsksOf(id: PictureId, asks = workStore.getState().asks): WorkState['asks'] {
  if (!asks.has(id)) return asks;
  const others = new Map(asks);
  others.delete(id);
  return others;
}

export const openPicture = (id: PictureId): void => workStore.setState({ openId: id, openedByItself: false });

/** Opens the next (+1) or previous (-1) picture; stays at the ends. */
export function stepPicture(by: 1 | -1): void {
  const { order, openId } = workStore.getState();
  const next = openId === undefined ? undefined : order[order.indexOf(openId) + by];
  if (next !== undefined) openPicture(next);
}

/** Notes what is on its way from now on, with where each begins. */
export function addPendingImports(added: readonly (PendingImport & ImportStep)[]): void {
  for (const { id, step, progress } of added) importSteps.set(id, { step, progress });
  workStore.setState(({ pendingImports }) => {
    const all = new Map(pendingImports);
    for (const { step: _, progress: __, ...pendingImport } of added) all.set(pendingImport.id, pendingImport);
    return { pendingImports: all };
  });
}

/** Says where an arrival stands; what says nothing new changes nothing, and nobody hears of it but who shows this one. */
export function updatePendingImport(id: PictureId, change: Partial<ImportStep>): void {
  const before = importSteps.get(id);
  if (before === undefined) return;
  const now = { ...before, ...change };
  if (now.step !== before.step || now.progress !== before.progress) importSteps.set(id, now);
}

/** Takes an arrival off the list: it is a picture now, or nothing came of it. */
export function removePendingImport(id: PictureId): void {
  workStore.setState(({ pendingImports, records, asks }) => {
    const left = new Map(pendingImports);
    left.delete(id);
    return { pendingImports: left, asks: records.has(id) ? asks : withoutAsksOf(id) };
  });
  importSteps.set(id, undefined);
}

export const useWork = <T>(select: (state: WorkState) => T): T => useStore(workStore, select);

/** The picture of this id, followed. */
export const usePicture = (id: PictureId | undefined): Picture | undefined =>
  useWork(({ records }) => (id === undefined ? undefined : records.get(id)));

/** The open picture, if there is one. */
export const useOpenPicture = (): Picture | undefined =>
  useWork(({ records, openId }) => (openId === undefined ? undefined : records.get(openId)));

/** Where an arrival stands, followed; undefined once it is none any more. */
export const useImportStep = (id: PictureId): ImportStep | undefined => useKeyed(importSteps, id);
