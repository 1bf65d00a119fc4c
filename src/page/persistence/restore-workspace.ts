import type { QueryClient } from '@tanstack/react-query';
import type { ImportItem } from '#page/pictures/intake/import-item.ts';
import { importAgain } from '#page/pictures/intake/import-items.ts';
import { selectionStore } from '#page/pictures/selection-store.ts';
import { allowSending, type SendScope } from '#page/pictures/send-permissions.ts';
import { type Picture, workStore } from '#page/pictures/work-store.ts';
import { toast } from '#page/platform/toasts.ts';
import { chooseAccount } from '#page/session/credentials-store.ts';
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

/**
 * Puts a tab's work back as it was before the page was loaded anew: pictures in their order, which is open, what is
 * selected, every answer, and what may be sent to whom, without asking anybody. A linked picture whose bytes are missing
 * is loaded again; what else is missing is said.
 */
export async function restoreWorkspace(client: QueryClient, kept: SavedWorkspace): Promise<Restored> {
  if (kept.email !== undefined) chooseAccount(kept.email);
  const pictures: Picture[] = [];
  const outdated = new Map<Picture, string>();
  const links = new Map<ImportItem, readonly SendScope[]>();
  const missing: string[] = [];
  let removed: Picture | undefined;
  // Side by side, and one that cannot be read costs itself alone.
  const all = await Promise.all(kept.pictures.map(({ key }) => memory.load(key).catch(() => undefined)));
  for (const [index, { id, key, allowed, isRemoved }] of kept.pictures.entries()) {
    const loaded = all[index];
    if (loaded?.blob === undefined) {
      if (isRemoved) continue;
      if (loaded?.picture.origin.kind === 'link') {
        links.set({ kind: 'link', url: loaded.picture.origin.url, name: loaded.picture.name }, allowed);
      } else {
        missing.push(loaded?.picture.name ?? 'a picture');
      }
      continue;
    }
    // Before everything that will be handed over now, in the order they had.
    const picture = rememberedPicture(loaded, loaded.blob, id, index - kept.pictures.length);
    seedAnswers(client, picture, loaded.answers);
    allowSending(allowed, [id]);
    if (isRemoved) removed = picture;
    else pictures.push(picture);
    if (isOutdated(loaded.picture)) outdated.set(picture, key);
  }
  selectionStore.setState({ selections: kept.selections });
  const open = pictures.find(({ id }) => id === kept.openId) ?? pictures[0];
  workStore.setState({ pictures, openId: open?.id, removed });
  if (links.size > 0) importAgain(links);
  notifyMissing([...missing, ...kept.arriving]);
  const held = removed === undefined ? pictures : [...pictures, removed];
  return { kept: held.filter((picture) => !outdated.has(picture)), outdated: [...outdated.values()] };
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
