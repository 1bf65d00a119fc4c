/** Names of what the store keeps: a digest of the content, which nobody can guess, and what it is. */
const STORED_NAME = /^[0-9a-f]{64}\.(jpg|png|json)$/;

/** Whether it is a name that the store gives: whatever else comes from outside never becomes a path. */
export const isStoredName = (name: string): boolean => STORED_NAME.test(name);

/** The kind of a stored picture; undefined for answers, and for what is no name of ours. */
export function storedPictureKind(name: string): 'jpg' | 'png' | undefined {
  const kind = STORED_NAME.exec(name)?.[1];
  return kind === 'jpg' || kind === 'png' ? kind : undefined;
}
