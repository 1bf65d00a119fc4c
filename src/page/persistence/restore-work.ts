import type { QueryClient } from '@tanstack/react-query';
import { addAgain } from '#page/pictures/intake/add-incoming.ts';
import type { Incoming } from '#page/pictures/intake/incoming.ts';
import { selectionStore } from '#page/pictures/selection-store.ts';
import { allowSending, type SendScope } from '#page/pictures/send-permissions.ts';
import { type Picture, workStore } from '#page/pictures/work-store.ts';
import { addNotice } from '#page/platform/notices.ts';
import { chooseAccount } from '#page/session/credentials-store.ts';
import { seedAnswers } from './engine-answers.ts';
import type { KeptWork } from './kept-work.ts';
import type { Recalled } from './memory.ts';
import { memory } from './page-memory.ts';
import { isOutdated } from './records.ts';
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
export async function restoreWork(client: QueryClient, kept: KeptWork, serverHasToken: boolean): Promise<Restored> {
  if (kept.email !== undefined) chooseAccount(kept.email);
  const pictures: Picture[] = [];
  const outdated = new Map<Picture, string>();
  const links = new Map<Incoming, readonly SendScope[]>();
  const missing: string[] = [];
  let removed: Picture | undefined;
  for (const [index, { id, key, allowed, isRemoved }] of kept.pictures.entries()) {
    const recalled = await memory.recall(key);
    if (recalled?.blob === undefined) {
      if (isRemoved) continue;
      if (recalled?.picture.origin.kind === 'link') {
        links.set({ kind: 'link', url: recalled.picture.origin.url, name: recalled.picture.name }, allowed);
      } else {
        missing.push(recalled?.picture.name ?? 'a picture');
      }
      continue;
    }
    // Before everything that will be handed over now, in the order they had.
    const picture = toPicture(recalled, recalled.blob, id, index - kept.pictures.length);
    seedAnswers(client, picture, recalled.answers, serverHasToken);
    allowSending(allowed, [id]);
    if (isRemoved) removed = picture;
    else pictures.push(picture);
    if (isOutdated(recalled.picture)) outdated.set(picture, key);
  }
  selectionStore.setState({ selections: kept.selections });
  const open = pictures.find(({ id }) => id === kept.openId) ?? pictures[0];
  workStore.setState({ pictures, openId: open?.id, removed });
  if (links.size > 0) addAgain(links);
  sayMissing([...missing, ...kept.arriving]);
  const held = removed === undefined ? pictures : [...pictures, removed];
  return { kept: held.filter((picture) => !outdated.has(picture)), outdated: [...outdated.values()] };
}

/** A remembered picture as one of the work. */
export function toPicture({ picture }: Recalled, blob: Blob, id: string, order: number): Picture {
  const { name, size, notes, orientation, concerns, sha256 } = picture;
  const thumbnail = picture.thumbnail.size > 0 ? picture.thumbnail : blob;
  return {
    id,
    order,
    name,
    origin: fromStoredOrigin(picture),
    blob,
    url: URL.createObjectURL(blob),
    thumbnail,
    thumbnailUrl: URL.createObjectURL(thumbnail),
    size,
    notes,
    orientation,
    concerns,
    sha256,
  };
}

function sayMissing(names: readonly string[]): void {
  if (names.length === 0) return;
  const shown = names.slice(0, 3).join(', ');
  const others = names.length - 3;
  addNotice({
    title:
      names.length === 1
        ? `${shown} has to be handed over again`
        : `${names.length} pictures have to be handed over again`,
    text: `They were still being prepared when the page was loaded anew, or this browser could not keep them: ${shown}${others > 0 ? `, and ${others} more` : ''}.`,
  });
}
