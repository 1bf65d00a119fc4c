import type { QueryClient } from '@tanstack/react-query';
import { expectPicture, importItems } from '#page/pictures/intake/import-items.ts';
import { addPicture, picturesOf, workStore } from '#page/pictures/work-store.ts';
import { toast } from '#page/platform/notices.ts';
import { randomId } from '#page/platform/random-id.ts';
import { seedAnswers } from './engine-answers.ts';
import type { RecentPicture } from './memory.ts';
import { memory, rememberedPictures } from './page-memory.ts';
import { forgetOutdated } from './persist-workspace.ts';
import { isOutdated } from './records.ts';
import { rememberedPicture } from './restore-workspace.ts';

/**
 * Opens a remembered picture with its results, without asking anybody and without sending it anywhere new. A link whose bytes are not kept is loaded again;
 * a file is handed over again by the person, who gets the results as soon as it is the same one.
 */
export async function openRecent(client: QueryClient, recent: RecentPicture): Promise<void> {
  const loaded = await memory.load(recent.key).catch(() => undefined);
  if (loaded === undefined) {
    toast({
      title: `${recent.name} is no longer remembered`,
      text: 'It was removed, perhaps in another tab. Hand the picture over again.',
    });
    await rememberedPictures.refresh();
    return;
  }
  const { picture, answers, blob } = loaded;
  if (blob !== undefined) {
    // After everything in work, before what is handed over next.
    const order = (picturesOf(workStore.getState()).at(-1)?.order ?? -1) + 0.5;
    const opened = rememberedPicture(loaded, blob, randomId(), order);
    seedAnswers(client, opened, answers);
    addPicture(opened, true);
    if (isOutdated(picture)) forgetOutdated(recent.key);
    return;
  }
  expectPicture(picture.sha256, (prepared) => seedAnswers(client, prepared, answers));
  if (picture.origin.kind === 'link') {
    void importItems([{ kind: 'link', url: picture.origin.url, name: picture.name }], []);
  }
}
