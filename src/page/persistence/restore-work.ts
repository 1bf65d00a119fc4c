import type { QueryClient } from '@tanstack/react-query';
import { chooseAccount } from '#lib/credentials-store.ts';
import type { KeptWork } from '#lib/memory/kept-work.ts';
import type { Recalled } from '#lib/memory/memory.ts';
import { selectionStore } from '#lib/selection-store.ts';
import { addNotice, type Picture, workStore } from '#lib/work-store.ts';
import { addIncoming } from '../intake/add-incoming.ts';
import { seedAnswers } from './engine-answers.ts';
import { memory } from './page-memory.ts';
import { fromStoredOrigin } from './stored-origin.ts';

/**
 * Puts a tab's work back as it was before the page was loaded anew: pictures in their order, which is open, what is
 * selected, and every answer, without asking anybody. A linked picture whose bytes are missing is loaded again; what
 * else is missing is said.
 */
export async function restoreWork(
  client: QueryClient,
  kept: KeptWork,
  serverHasToken: boolean,
): Promise<readonly Picture[]> {
  if (kept.email !== undefined) chooseAccount(kept.email);
  const pictures: Picture[] = [];
  const links: { url: string; name: string }[] = [];
  const missing: string[] = [];
  for (const [index, { id, key }] of kept.pictures.entries()) {
    const recalled = await memory.recall(key);
    if (recalled?.blob === undefined) {
      if (recalled?.picture.origin.kind === 'link') {
        links.push({ url: recalled.picture.origin.url, name: recalled.picture.name });
      } else {
        missing.push(recalled?.picture.name ?? 'a picture');
      }
      continue;
    }
    // Before everything that will be handed over now, in the order they had.
    const picture = toPicture(recalled, recalled.blob, id, index - kept.pictures.length);
    seedAnswers(client, picture, recalled.answers, serverHasToken);
    pictures.push(picture);
  }
  selectionStore.setState({ selections: kept.selections });
  const open = pictures.find(({ id }) => id === kept.openId) ?? pictures[0];
  workStore.setState({ pictures, openId: open?.id });
  if (links.length > 0) addIncoming(links.map((link) => ({ kind: 'link', ...link })));
  sayMissing([...missing, ...kept.arriving]);
  return pictures;
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
