import type { PictureId } from '#shared/picture-id.ts';
import type { ImportItem } from './import-item.ts';
import type { SavedKind } from './saved-kind.ts';

/**
 * What taking pictures in needs of rooms above it. They say so when the page begins, before the code that takes pictures
 * in has come.
 */
type IntakeAbove = {
  /** Fetches what opens saved results. */
  readonly fetchOpener: () => Promise<AddSaved>;
  /** Asks a person, where that is needed, before a copy of a link goes to Kling. */
  readonly askAboutCopy: (id: PictureId) => void;
};

/** What is left of what was handed over once the saved results among it are opened. */
export type LeftOver = {
  readonly rest: readonly ImportItem[];
  /** Pictures that may be there only because of a file about them: nobody meant them to be sent. */
  readonly held: ReadonlySet<ImportItem>;
  /** Runs once all of the rest is taken in, with the ids of the pictures that it became. */
  readonly whenTaken?: (ids: readonly PictureId[]) => void;
};

/** Opens saved results with their pictures, and gives back what is neither. */
export type AddSaved = (sorted: readonly SortedItem[]) => Promise<LeftOver>;

/** An item with the kind of saved result that it may be. */
export type SortedItem = { readonly item: ImportItem; readonly kind: SavedKind | undefined };

let above: IntakeAbove | undefined;

export function setIntakeAbove(told: IntakeAbove): void {
  above = told;
}

export function intakeAbove(): IntakeAbove {
  if (above === undefined) throw new Error('Nobody opens saved results or asks about copies');
  return above;
}
