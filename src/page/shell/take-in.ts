import type { ImportItem } from '#page/pictures/intake/import-item.ts';
import type { SendScope } from '#page/pictures/send-permissions.ts';
import { CodeError, fetchCode, noteMissingCode } from '#page/platform/fetched-code.ts';
import type { PictureId } from '#shared/picture-id.ts';

/** What makes pictures of what is handed over: fetched as soon as the page can be handed something. */
const importCode = () => import('#page/pictures/intake/import-items.ts');

/** Fetches it ahead; what fails now is told when it is needed. */
export const preloadTakingIn = (): void => void importCode().catch(() => undefined);

/** `importItems`, once its code is there. What was handed over waits for it, and for a connection. */
export async function takeIn(
  items: readonly ImportItem[],
  scopes: readonly SendScope[],
  onHeld: (ids: readonly PictureId[]) => void,
): Promise<void> {
  try {
    const { importItems } = await fetchCode(importCode);
    await importItems(items, scopes, onHeld);
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    const name = items.length === 1 ? 'What takes your picture in' : `What takes your ${items.length} pictures in`;
    noteMissingCode({ name, failure: error.failure, retry: () => void takeIn(items, scopes, onHeld) });
  }
}
