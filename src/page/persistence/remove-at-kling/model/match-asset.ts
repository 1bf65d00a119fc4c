import type { UploadedAsset } from '#contract/uploaded-assets.ts';

/** What an upload's reply said of it. */
export type Sent = { readonly address: string; readonly fileName?: string | undefined };

/**
 * Which of the listed are this very upload: those whose name and address both equal what its reply said. The list is a
 * keyword search, and teams share accounts, so that a like name proves nothing. Without a name there is none.
 */
export const idsOf = (sent: Sent, listed: readonly UploadedAsset[]): readonly string[] =>
  listed
    .filter(({ name, resource }) => name === sent.fileName && resource.resource === sent.address)
    .map(({ id }) => id)
    .filter((id) => /^\d+$/.test(id));

/** In parts of at most `size`. */
export const inParts = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
