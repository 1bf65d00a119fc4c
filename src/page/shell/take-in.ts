import type { ImportItem } from '#page/pictures/intake/import-item.ts';
import type { SendScope } from '#page/pictures/send-permissions.ts';
import { CodeError, fetchCode } from '#page/platform/fetched-code.ts';
import { noteMissingCode } from '#page/platform/notices.ts';
import type { PictureId } from '#shared/picture-id.ts';

/** What `importItems` is called with. */
type HandedOver = readonly [
  items: readonly ImportItem[],
  scopes: readonly SendScope[],
  onHeld: (ids: readonly PictureId[]) => void,
];

/** What makes pictures of what is handed over: fetched as soon as the page can be handed something. */
const importCode = () => import('#page/pictures/intake/import-items.ts');

/** Fetches it ahead; what fails now is told when it is needed. */
export const preloadTakingIn = (): void => void importCode().catch(() => undefined);

/** What was handed over before its code had come, in order: missing code is one notice, however often it is missed. */
let waiting: readonly HandedOver[] = [];

/** `importItems`, once its code is there. What was handed over waits for it, and for a connection. */
export async function takeIn(...handedOver: HandedOver): Promise<void> {
  waiting = [...waiting, handedOver];
  await takeWaiting();
}

async function takeWaiting(): Promise<void> {
  try {
    const { importItems } = await fetchCode(importCode);
    const all = waiting;
    waiting = [];
    await Promise.all(all.map((each) => importItems(...each)));
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    const retry = () => void takeWaiting();
    noteMissingCode({ name: 'What takes your pictures in', failure: error.failure, retry });
  }
}
