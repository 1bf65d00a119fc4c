import { appPaths } from '#contract/routes.ts';
import { storedPictureKind } from './stored-name.ts';

/** An address of ours: the name of the picture behind it, `missing` when it can name none, undefined for a stranger's. */
export type OwnAddress = { readonly name: string } | 'missing' | undefined;

/** Reads an address. `isOwn` tells whether it begins with one of our origins. */
export function ownAddressOf(address: string, isOwn: (url: URL) => boolean): OwnAddress {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const prefix = `${appPaths.files}/`;
  if (!isOwn(url) || !url.pathname.startsWith(prefix)) return undefined;
  const name = url.pathname.slice(prefix.length);
  return storedPictureKind(name) !== undefined ? { name } : 'missing';
}
