/** Names in the store: 64 digits that nobody can guess, and what it is. Of most files the digits are a keyed digest. */
const STORED_NAME = /^[0-9a-f]{64}\.(jpg|png|json|bin)$/;

/** Whether it is a name that the store gives: whatever else comes from outside never becomes a path. */
export const isStoredName = (name: string): boolean => STORED_NAME.test(name);

/** The kind of a stored picture; undefined for answers, and for what is no name of ours. */
export function storedPictureKind(name: string): 'jpg' | 'png' | undefined {
  const kind = STORED_NAME.exec(name)?.[1];
  return kind === 'jpg' || kind === 'png' ? kind : undefined;
}

/** An upload's public name. Random, so that it tells nothing of the picture, ends with a wipe, and is nobody else's. */
export function newUploadName(kind: 'jpg' | 'png'): string {
  const digits = [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0'));
  return `${digits.join('')}.${kind}`;
}

/**
 * What the store keeps, as notes of who refers to it have it: a name alone is a crop, an answer, or an upload from before
 * uploads had public names; `@name` the public name of an upload, `=name` its bytes, which equal uploads share.
 */
export type StoredKey = string;

export const publicNameKey = (name: string): StoredKey => `@${name}`;
export const uploadBytesKey = (name: string): StoredKey => `=${name}`;

/** A key's place and name; undefined for what is none of ours. */
export function readStoredKey(
  key: StoredKey,
): { readonly place: 'files' | 'names' | 'uploads'; readonly name: string } | undefined {
  const place = key.startsWith('@') ? 'names' : key.startsWith('=') ? 'uploads' : 'files';
  const name = place === 'files' ? key : key.slice(1);
  return isStoredName(name) ? { place, name } : undefined;
}

/** Whether bytes are behind it, as behind all but public names, which lead to those of an upload. */
export const namesBytes = (key: StoredKey): boolean => {
  const place = readStoredKey(key)?.place;
  return place === 'files' || place === 'uploads';
};

/** A name of its own for a picture that is lent: random, and of the kind that no address serves. */
export const newLentName = (): string => newUploadName('png').replace(/png$/, 'bin');

/** Whether it is such a name. */
export const isLentName = (key: StoredKey): boolean => isStoredName(key) && key.endsWith('.bin');

/** Whether it is a picture that a person would count: an upload by its name, or a crop. */
export function isCountedPicture(key: StoredKey): boolean {
  const stored = readStoredKey(key);
  return stored !== undefined && stored.place !== 'uploads' && storedPictureKind(stored.name) !== undefined;
}
