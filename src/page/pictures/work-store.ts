import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { EngineName } from '#contract/routes.ts';
import type { Detection } from '#shared/face.ts';
import type { Exchange } from '#shared/failure.ts';
import type { Orientation } from '#shared/geometry/orientation.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import type { PictureId } from '#shared/picture-id.ts';
import type { HandedOver } from './model/handed-over.ts';
import { dropSelectionsOf } from './selection-store.ts';

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
  /** What happens now, in words: "Reading", "Turning upright", "Fetching the link". */
  readonly step: string;
  /** 0 to 1, when known. */
  readonly progress: number | undefined;
  readonly cancel: () => void;
  /** A saved result: what it holds has its answer and is sent to nobody. */
  readonly isSaved?: true;
};

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

/** The work: a list of pictures with one of them open, and what is arriving. */
export type WorkState = {
  readonly pictures: readonly Picture[];
  readonly openId: PictureId | undefined;
  /** Whether the open picture opened as it came in, and not because a person went to it. */
  readonly openedByItself: boolean;
  readonly pendingImports: readonly PendingImport[];
  /** The picture that was removed last, while it can be brought back. */
  readonly removed: Picture | undefined;
  /** By picture, from when it is on its way until it cannot be brought back. */
  readonly asks: Readonly<Record<PictureId, Asks>>;
};

export const workStore = createStore<WorkState>()(() => ({
  pictures: [],
  openId: undefined,
  openedByItself: false,
  pendingImports: [],
  removed: undefined,
  asks: {},
}));

/**
 * Adds a picture in the order it was handed over, and opens it when asked or when nothing is open. The same bytes from
 * the same place are the same picture: that one is opened instead, and gets the original back that a reload took away.
 * Gives the id of the picture that it is now.
 */
export function addPicture(picture: Picture, open: boolean): PictureId {
  const { pictures, openId, openedByItself } = workStore.getState();
  const opens = open || openId === undefined;
  const same = pictures.find((other) => other.sha256 === picture.sha256 && sameOrigin(other.origin, picture.origin));
  if (same !== undefined) releaseUrls(picture);
  const { id } = same ?? picture;
  workStore.setState({
    pictures:
      same === undefined
        ? [...pictures, picture].sort((a, b) => a.order - b.order)
        : pictures.map((each) => (each === same ? withFileOf(each, picture) : each)),
    openId: opens ? id : openId,
    openedByItself: opens || openedByItself,
  });
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

function releaseUrls(picture: Picture): void {
  URL.revokeObjectURL(picture.url);
  URL.revokeObjectURL(picture.thumbnailUrl);
  if (picture.origin.kind === 'replay')
    for (const { url } of picture.origin.saved.crops.values()) URL.revokeObjectURL(url);
}

/** Removes a picture; its neighbour opens. It can be brought back until the next one is removed. */
export function removePicture(id: PictureId): void {
  const { pictures, openId, removed } = workStore.getState();
  const index = pictures.findIndex((picture) => picture.id === id);
  const gone = pictures[index];
  if (gone === undefined) return;
  if (removed !== undefined) releasePicture(removed);
  const asks = withoutAsksOf(removed?.id);
  const rest = pictures.filter((picture) => picture.id !== id);
  const nextOpen = openId === id ? (rest[index] ?? rest[index - 1])?.id : openId;
  workStore.setState({ pictures: rest, openId: nextOpen, openedByItself: false, removed: gone, asks });
}

/** Brings the picture back that was removed last, and opens it. */
export function undoRemove(): void {
  const { removed } = workStore.getState();
  if (removed === undefined) return;
  // In this order: there is no moment in which nobody holds it, and its bytes would be given up.
  const id = addPicture(removed, true);
  const asks = id === removed.id ? workStore.getState().asks : withoutAsksOf(removed.id);
  workStore.setState({ removed: undefined, openedByItself: false, asks });
}

/** Gives up the picture that was removed last. */
export function forgetRemoved(): void {
  const { removed } = workStore.getState();
  if (removed !== undefined) releasePicture(removed);
  workStore.setState({ removed: undefined, asks: withoutAsksOf(removed?.id) });
}

function withoutAsksOf(id: PictureId | undefined): WorkState['asks'] {
  const { asks } = workStore.getState();
  if (id === undefined || asks[id] === undefined) return asks;
  const { [id]: _, ...others } = asks;
  return others;
}

export const openPicture = (id: PictureId): void => workStore.setState({ openId: id, openedByItself: false });

/** Opens the next (+1) or previous (-1) picture; stays at the ends. */
export function stepPicture(by: 1 | -1): void {
  const { pictures, openId } = workStore.getState();
  const next = pictures[pictures.findIndex((picture) => picture.id === openId) + by];
  if (next) openPicture(next.id);
}

export const addPendingImports = (added: readonly PendingImport[]): void =>
  workStore.setState(({ pendingImports }) => ({ pendingImports: [...pendingImports, ...added] }));

/** Says where an arrival stands; what says nothing new changes nothing, because hundreds say it at once. */
export function updatePendingImport(id: PictureId, change: Partial<Pick<PendingImport, 'step' | 'progress'>>): void {
  const { pendingImports } = workStore.getState();
  const before = pendingImports.find((pendingImport) => pendingImport.id === id);
  if (before === undefined) return;
  const now = { ...before, ...change };
  if (now.step === before.step && now.progress === before.progress) return;
  workStore.setState({
    pendingImports: pendingImports.map((pendingImport) => (pendingImport === before ? now : pendingImport)),
  });
}

/** Takes an arrival off the list: it is a picture now, or nothing came of it. */
export const removePendingImport = (id: PictureId): void =>
  workStore.setState(({ pendingImports, pictures, asks }) => ({
    pendingImports: pendingImports.filter((pendingImport) => pendingImport.id !== id),
    asks: pictures.some((picture) => picture.id === id) ? asks : withoutAsksOf(id),
  }));

export const useWork = <T>(select: (state: WorkState) => T): T => useStore(workStore, select);

/** The open picture, if there is one. */
export const useOpenPicture = (): Picture | undefined =>
  useWork((state) => state.pictures.find((picture) => picture.id === state.openId));
