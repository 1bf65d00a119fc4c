import type { QueryClient } from '@tanstack/react-query';
import type { ImportItem } from '#page/pictures/intake/import-item.ts';
import { importAgain } from '#page/pictures/intake/import-items.ts';
import { offerRemoved } from '#page/pictures/removed-pictures.ts';
import { selectionStore } from '#page/pictures/selection-store.ts';
import { allowEach, type SendScope } from '#page/pictures/send-permissions.ts';
import { type Picture, withPictures, workStore } from '#page/pictures/work-store.ts';
import { toast } from '#page/platform/notices.ts';
import { chooseAccount } from '#page/session/session-store.ts';
import { seedAnswers } from './engine-answers.ts';
import type { LoadedPicture } from './memory.ts';
import { memory } from './page-memory.ts';
import { isOutdated } from './records.ts';
import type { SavedWorkspace } from './saved-workspace.ts';
import { fromStoredOrigin } from './stored-origin.ts';

/** What a reload brought back. */
export type Restored = {
  /** Pictures that the memory knows under today's keys. */
  readonly kept: readonly Picture[];
  /** Keys of earlier versions, whose pictures have to be written down anew. */
  readonly outdated: readonly string[];
};

/** So many come back first, with the open one among them: what is to be seen of a strip that is opened there. */
const FIRST = 24;
/** So many come back at once after them: the page gets its turn in between. */
const AT_ONCE = 25;

/**
 * Puts a tab's work back as it was before the page was loaded anew: pictures in their order, which is open, what is
 * selected, every answer, and what may be sent to whom, without asking anybody. A linked picture whose bytes are missing
 * is loaded again; what else is missing is said. `onFirst` runs when the open picture and those beside it are there;
 * the others come after it, the nearest first.
 */
export async function restoreWorkspace(
  client: QueryClient,
  kept: SavedWorkspace,
  onFirst: () => void,
): Promise<Restored> {
  if (kept.email !== undefined) chooseAccount(kept.email);
  selectionStore.setState({ selections: kept.selections });
  const restored: Restoring = { kept: [], outdated: [], links: new Map(), missing: new Map() };
  const openAt = Math.max(
    0,
    kept.pictures.findIndex(({ id }) => id === kept.openId),
  );
  const nearest = kept.pictures
    .map((saved, index): Saved => ({ ...saved, index }))
    .toSorted((a, b) => Math.abs(a.index - openAt) - Math.abs(b.index - openAt));
  for (let at = 0; at < nearest.length; at += at === 0 ? FIRST : AT_ONCE) {
    await restoreSome(client, kept, nearest.slice(at, at + (at === 0 ? FIRST : AT_ONCE)), restored);
    if (at === 0) onFirst();
  }
  const { links, missing } = restored;
  if (links.size > 0) importAgain(links);
  notifyMissing([...[...missing].toSorted(([a], [b]) => a - b).map(([, name]) => name), ...kept.arriving]);
  return restored;
}

/** A picture of the note, with its place among all of them. */
type Saved = SavedWorkspace['pictures'][number] & { readonly index: number };

type Restoring = {
  readonly kept: Picture[];
  readonly outdated: string[];
  readonly links: Map<ImportItem, readonly SendScope[]>;
  /** Names by place. */
  readonly missing: Map<number, string>;
};

async function restoreSome(
  client: QueryClient,
  note: SavedWorkspace,
  some: readonly Saved[],
  { kept, outdated, links, missing }: Restoring,
): Promise<void> {
  const pictures: Picture[] = [];
  const removed: Picture[] = [];
  const allowed: (readonly [string, readonly SendScope[]])[] = [];
  // Side by side, and one that cannot be read costs itself alone.
  const all = await Promise.all(some.map(({ key }) => memory.load(key).catch(() => undefined)));
  for (const [at, saved] of some.entries()) {
    const { id, key, index, isRemoved } = saved;
    const loaded = all[at];
    if (loaded?.blob === undefined) {
      if (isRemoved) continue;
      if (loaded?.picture.origin.kind === 'link') {
        links.set({ kind: 'link', url: loaded.picture.origin.url, name: loaded.picture.name }, saved.allowed);
      } else {
        missing.set(index, loaded?.picture.name ?? 'a picture');
      }
      continue;
    }
    // Before everything that will be handed over now, in the order they had.
    const picture = rememberedPicture(loaded, loaded.blob, id, index - note.pictures.length);
    seedAnswers(client, picture, loaded.answers);
    allowed.push([id, saved.allowed]);
    if (isRemoved) removed.push(picture);
    else pictures.push(picture);
    if (isOutdated(loaded.picture)) outdated.push(key);
    else kept.push(picture);
  }
  allowEach(allowed);
  const state = workStore.getState();
  const first = pictures.find(({ id }) => id === note.openId) ?? pictures.toSorted((a, b) => a.order - b.order)[0];
  workStore.setState({
    ...withPictures(state, pictures),
    openId: state.openId ?? first?.id,
  });
  offerRemoved(removed);
}

/** A remembered picture as one of the work. */
export function rememberedPicture(
  { picture, handedOver }: LoadedPicture,
  blob: Blob,
  id: string,
  order: number,
): Picture {
  const { name, size, notes, orientation, concerns, sha256 } = picture;
  const thumbnail = picture.thumbnail.size > 0 ? picture.thumbnail : blob;
  return {
    id,
    order,
    name,
    origin: fromStoredOrigin(picture, handedOver),
    blob,
    url: URL.createObjectURL(blob),
    thumbnail,
    thumbnailUrl: URL.createObjectURL(thumbnail),
    size,
    changes: notes,
    orientation,
    warnings: concerns,
    sha256,
    handedOver,
  };
}

function notifyMissing(names: readonly string[]): void {
  if (names.length === 0) return;
  const shown = names.slice(0, 3).join(', ');
  const others = names.length - 3;
  toast({
    title:
      names.length === 1
        ? `${shown} has to be handed over again`
        : `${names.length} pictures have to be handed over again`,
    text: `They were still being prepared when the page was loaded anew, or this browser could not keep them: ${shown}${others > 0 ? `, and ${others} more` : ''}.`,
  });
}
