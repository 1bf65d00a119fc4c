import type { EngineSession } from '#features/detection/engine-session.ts';
import { CopyLink } from '#features/share/copy-link.tsx';
import type { Picture } from '#lib/work-store.ts';
import { useSharedAddress } from './share-area.tsx';

/** Copies the address of the open picture with its selected face, or says why it has none. */
export function ShareButton({ session, picture }: { readonly session: EngineSession; readonly picture: Picture }) {
  const address = useSharedAddress(session, picture);
  return <CopyLink address={address} why={whyNot(picture)} />;
}

function whyNot(picture: Picture): string {
  return picture.origin.kind === 'link'
    ? 'The link of this picture is too long to be part of an address. Send the link itself instead.'
    : 'Only linked pictures can be shared by an address. This one is in this browser and on this server only: put it on the web and load it by its link, or export it and send the file.';
}
