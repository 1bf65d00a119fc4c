import { MAX_ASSET_BYTES, MIN_ASSET_SIDE } from '#contract/limits.ts';
import { formatBytes } from '#shared/format-measures.ts';
import { FORMAT_NAMES, type PictureFormat, SNIFF_LENGTH, sniff } from '#shared/formats/format.ts';
import { readPicture } from '../formats/read-picture.ts';

/**
 * Why a linked picture cannot be sent as its address: whoever fetches it may see it in another way than it is shown here,
 * or not at all. A copy of what is shown is uploaded instead.
 */
export type LinkNeed =
  | { readonly kind: 'turned' }
  | { readonly kind: 'frames' }
  | { readonly kind: 'format'; readonly format: PictureFormat }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'changes' }
  | { readonly kind: 'changed' };

/** Formats that are sent by their address: every browser and every service shows them alike. */
const SENT_BY_ADDRESS: ReadonlySet<PictureFormat> = new Set(['jpeg', 'png', 'webp', 'gif']);

export type LinkFacts = {
  /** The first reason to send a copy; undefined when the link can be sent as it is. */
  readonly need: LinkNeed | undefined;
  /** What may go wrong when it is sent as it is, in sentences, each with its reason. */
  readonly warnings: readonly string[];
};

/** Looks at a linked picture's bytes for what a dropped one would have repaired. Never throws. */
export function linkFacts(bytes: Uint8Array<ArrayBuffer>): LinkFacts {
  const sniffed = sniff(bytes.subarray(0, SNIFF_LENGTH));
  if (sniffed.kind !== 'picture') return { need: { kind: 'unknown' }, warnings: [] };
  const { format } = sniffed;
  const { orientation, width, height, animated, complete, mended } = readPicture(bytes, format);
  const need = (): LinkNeed | undefined => {
    if (!SENT_BY_ADDRESS.has(format)) return { kind: 'format', format };
    if (orientation !== 1) return { kind: 'turned' };
    if (animated) return { kind: 'frames' };
    return complete && mended === 'no' ? undefined : { kind: 'damaged' };
  };
  const warnings: string[] = [];
  if (bytes.length > MAX_ASSET_BYTES) {
    warnings.push(`The linked picture has ${formatBytes(bytes.length)}, more than ${formatBytes(MAX_ASSET_BYTES)}.`);
  }
  if (width > 0 && Math.min(width, height) < MIN_ASSET_SIDE) {
    warnings.push(`The linked picture is under ${MIN_ASSET_SIDE} pixels on a side, the least that the service takes.`);
  }
  if (format !== 'jpeg' && format !== 'png') {
    warnings.push('The linked picture is neither JPEG nor PNG, the two kinds that the service is known to take.');
  }
  return { need: need(), warnings };
}

/** The note that a copy was uploaded, with the reason; stands before what was changed in it. */
export function copyNote(need: LinkNeed): string {
  switch (need.kind) {
    case 'turned':
      return 'uploaded as a copy, because the link is stored turned';
    case 'frames':
      return 'uploaded as a copy, because the link has several frames';
    case 'format':
      return `uploaded as a copy, because the link is ${FORMAT_NAMES[need.format]}`;
    case 'damaged':
      return 'uploaded as a copy, because the link’s file is damaged';
    case 'unknown':
      return 'uploaded as a copy of the link';
    case 'changes':
      return 'uploaded as a copy, because the link gives another picture each time';
    case 'changed':
      return 'uploaded as a copy, because this link gave another picture before';
  }
}
