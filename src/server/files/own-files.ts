import { appPaths } from '#contract/routes.ts';

const PICTURE_NAME = /^[0-9a-f]{64}\.(jpg|png)$/;

/** An address of ours: the name of the picture behind it, `missing` when it can name none, undefined for a stranger's. */
export type OwnFile = { readonly name: string } | 'missing' | undefined;

/** Reads an address. `isOwn` tells whether it begins with one of our origins. */
export function ownFileOf(address: string, isOwn: (url: URL) => boolean): OwnFile {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const prefix = `${appPaths.files}/`;
  if (!isOwn(url) || !url.pathname.startsWith(prefix)) return undefined;
  const name = url.pathname.slice(prefix.length);
  return PICTURE_NAME.test(name) ? { name } : 'missing';
}
