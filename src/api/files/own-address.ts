import { appPaths } from '#contract/routes.ts';
import { storedPictureKind } from './stored-name.ts';

/**
 * Reads an address of ours: what follows one of our bases, from the slash on; undefined for a stranger's address. A base
 * is what all our addresses begin with, without a slash at its end: an origin, or a folder of one.
 */
export type BelowOurBase = (url: URL) => string | undefined;

/** An address of ours: the name of the picture behind it, `missing` when it can name none, undefined for a stranger's. */
export type OwnAddress = { readonly name: string } | 'missing' | undefined;

/** Address of a stored file below a base of ours. */
export const fileUrl = (base: string, name: string): string => `${base}${appPaths.files}/${name}`;

/** Reads what `fileUrl` made, wherever it comes from. */
export function ownAddressOf(address: string, belowOurBase: BelowOurBase): OwnAddress {
  if (!URL.canParse(address)) return undefined;
  const path = belowOurBase(new URL(address));
  const prefix = `${appPaths.files}/`;
  if (path === undefined || !path.startsWith(prefix)) return undefined;
  const name = path.slice(prefix.length);
  return storedPictureKind(name) !== undefined ? { name } : 'missing';
}
