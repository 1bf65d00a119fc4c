import { currentSelection, selectionStore, useSelection } from '#page/pictures/selection-store.ts';
import { linkOf, type Picture } from '#page/pictures/work-store.ts';
import { copyText } from '#page/platform/clipboard.ts';
import { toast } from '#page/platform/notices.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { primaryOf } from '#shared/selection.ts';
import { CopyLink } from './copy-link.tsx';
import { sharedAddress } from './follow-address.ts';

/** Copies the address of the open picture with its selected face, or says why it has none. Not on phones. */
export function ShareButton({ session, picture }: { readonly session: EngineSession; readonly picture: Picture }) {
  const address = sharedAddress(session, picture, primaryOf(useSelection()));
  return (
    <div className="max-md:hidden">
      <CopyLink address={address} why={whyNot(picture)} />
    </div>
  );
}

/** The same from the menu that phones have instead: a notice says what came of it when it is not the link. */
export async function copySharedAddress(session: EngineSession, picture: Picture): Promise<void> {
  const address = sharedAddress(session, picture, primaryOf(currentSelection(selectionStore.getState())));
  if (address === undefined) toast({ title: 'This picture has no link', text: whyNot(picture) });
  else if (!(await copyText(address))) {
    toast({
      title: 'The link could not be copied',
      text: 'The browser did not allow it. The link is in the address bar.',
    });
  }
}

function whyNot(picture: Picture): string {
  return linkOf(picture.origin) !== undefined
    ? 'The link of this picture is too long to be part of an address. Send the link itself instead.'
    : 'Only linked pictures can be shared by an address. This one is in this browser and on this server only: put it on the web and load it by its link, or export it and send the file.';
}
