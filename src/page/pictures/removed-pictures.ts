import type { PictureId } from '#shared/picture-id.ts';
import { shownName } from './model/picture-name.ts';
import { dropSteps, pushStep, undoStep } from './undo-stack.ts';
import type { UndoStep } from './undo-step.ts';
import {
  addPicture,
  openPicture,
  type Picture,
  releasePicture,
  releaseUrls,
  withoutAsksOf,
  workStore,
} from './work-store.ts';

/**
 * Most bytes of removed pictures that are kept to be brought back; the first that went are given up first. Ours: what a
 * phone can spare.
 */
const MOST_REMOVED_BYTES = 256 * 1024 * 1024;

/** Removes a picture; its neighbour opens. That can be undone for as long as the visit lasts. */
export function removePicture(id: PictureId): void {
  const { records } = workStore.getState();
  const picture = records.get(id);
  if (picture === undefined) return;
  noteRemoval(picture);
  takeOut(id);
  const { removed } = workStore.getState();
  let left = removed.reduce((sum, { blob, original }) => sum + blob.size + (original?.file.size ?? 0), 0);
  const tooMuch = new Set<PictureId>();
  for (const { id: oldest, blob, original } of removed.slice(0, -1)) {
    if (left <= MOST_REMOVED_BYTES) break;
    left -= blob.size + (original?.file.size ?? 0);
    tooMuch.add(oldest);
  }
  if (tooMuch.size > 0) forgetRemoved([...tooMuch]);
}

/** By removed picture the step that brings it back, and what was open before it went. */
const removals = new Map<PictureId, { readonly step: UndoStep; readonly openId: PictureId | undefined }>();

function noteRemoval({ id, name }: Picture): void {
  const step: UndoStep = {
    label: `${shownName(name)} removed`,
    goTo: { picture: id, faceNo: undefined },
    undo: () => bringBack(id),
    redo: () => void takeOut(id),
    onDropped: () => {
      // It may have been removed once more since.
      if (removals.get(id)?.step === step) forgetRemoved([id]);
    },
  };
  removals.set(id, { step, openId: workStore.getState().openId });
  pushStep(step);
}

/** Takes pictures in that were removed before a reload and are still offered. */
export function offerRemoved(pictures: readonly Picture[]): void {
  if (pictures.length === 0) return;
  workStore.setState(({ removed, offered }) => ({
    removed: [...removed, ...pictures],
    offered: [...offered, ...pictures.map(({ id }) => id)],
  }));
  for (const picture of pictures) noteRemoval(picture);
}

/** Brings back everything that is offered; what was open before is open again. */
export function bringBackOffered(): void {
  const { offered } = workStore.getState();
  const openId = offered.length > 1 ? removals.get(offered[0] ?? '')?.openId : undefined;
  for (const id of offered.toReversed()) {
    const step = removals.get(id)?.step;
    if (step !== undefined) undoStep(step, offered.length > 1 ? `${offered.length} pictures removed` : step.label);
  }
  if (openId !== undefined && workStore.getState().records.has(openId)) openPicture(openId);
}

/** Removes a picture for good, because another one has taken its place. */
export function dropPicture(id: PictureId): void {
  if (takeOut(id) !== undefined) forgetRemoved([id]);
}

function takeOut(id: PictureId): Picture | undefined {
  const { order, records, openId, removed, offered } = workStore.getState();
  const gone = records.get(id);
  if (gone === undefined) return undefined;
  const index = order.indexOf(id);
  const rest = order.toSpliced(index, 1);
  const left = new Map(records);
  left.delete(id);
  const nextOpen = openId === id ? (rest[index] ?? rest[index - 1]) : openId;
  workStore.setState({
    order: rest,
    records: left,
    openId: nextOpen,
    openedByItself: false,
    removed: [...removed, gone],
    offered: [...offered, id],
  });
  return gone;
}

/** Brings a removed picture back to its place, and opens it. */
function bringBack(id: PictureId): void {
  const { removed, offered, asks } = workStore.getState();
  const gone = removed.find((picture) => picture.id === id);
  if (gone === undefined) return;
  // In this order: there is no moment in which nobody holds it, and its bytes would be given up.
  const now = addPicture(offered.includes(id) ? gone : withNewUrls(gone), true);
  workStore.setState({
    removed: removed.filter((picture) => picture !== gone),
    offered: offered.filter((each) => each !== id),
    openedByItself: false,
    asks: now === id ? asks : withoutAsksOf(id),
  });
}

/** Offers nothing more of what was removed; it can still be undone. */
export function stopOffering(): void {
  const { removed, offered } = workStore.getState();
  workStore.setState({ offered: [] });
  for (const picture of removed) if (offered.includes(picture.id)) releaseUrls(picture);
}

/** Gives up removed pictures: they cannot be brought back any more. */
export function forgetRemoved(ids: readonly PictureId[]): void {
  const { removed, offered } = workStore.getState();
  const gone = removed.filter(({ id }) => ids.includes(id));
  if (gone.length === 0) return;
  let { asks } = workStore.getState();
  for (const picture of gone) {
    asks = withoutAsksOf(picture.id, asks);
    releasePicture(picture);
  }
  workStore.setState({
    removed: removed.filter((picture) => !gone.includes(picture)),
    offered: offered.filter((id) => !ids.includes(id)),
    asks,
  });
  const steps = new Set(gone.map(({ id }) => removals.get(id)?.step));
  for (const { id } of gone) removals.delete(id);
  dropSteps((step) => steps.has(step));
}

/** The same picture with addresses that can be shown. */
function withNewUrls(picture: Picture): Picture {
  const { origin } = picture;
  const addresses = { url: URL.createObjectURL(picture.blob), thumbnailUrl: URL.createObjectURL(picture.thumbnail) };
  if (origin.kind !== 'replay') return { ...picture, ...addresses };
  const crops = new Map(
    [...origin.saved.crops].map(([key, { blob }]) => [key, { blob, url: URL.createObjectURL(blob) }]),
  );
  return { ...picture, ...addresses, origin: { kind: 'replay', saved: { ...origin.saved, crops } } };
}
