import { MAX_ASSET_BYTES, MIN_ASSET_SIDE } from '#contract/limits.ts';
import { formatBytes } from '#shared/format-measures.ts';
import { SNIFF_LENGTH, sniff } from '#shared/formats/format.ts';
import type { Orientation } from '#shared/geometry/orientation.ts';
import { readPicture } from '../formats/read-picture.ts';

/** What may go wrong with a linked picture, which is sent as it is. */
export type LinkWarnings = {
  readonly orientation: Orientation;
  /** In sentences, each with its reason; empty when nothing speaks against sending the link. */
  readonly warnings: readonly string[];
};

/** Looks at a linked picture's bytes for what an uploaded one would have had repaired. Never throws. */
export function linkWarnings(bytes: Uint8Array<ArrayBuffer>): LinkWarnings {
  const sniffed = sniff(bytes.subarray(0, SNIFF_LENGTH));
  if (sniffed.kind !== 'picture') return { orientation: 1, warnings: [] };
  const { orientation, width, height } = readPicture(bytes, sniffed.format);
  const warnings: string[] = [];
  if (orientation !== 1) {
    warnings.push('The linked picture is stored turned. A service that does not turn it finds faces in other places.');
  }
  if (bytes.length > MAX_ASSET_BYTES) {
    warnings.push(`The linked picture has ${formatBytes(bytes.length)}, more than ${formatBytes(MAX_ASSET_BYTES)}.`);
  }
  if (width > 0 && Math.min(width, height) < MIN_ASSET_SIDE) {
    warnings.push(`The linked picture is under ${MIN_ASSET_SIDE} pixels on a side, the least that the service takes.`);
  }
  if (sniffed.format !== 'jpeg' && sniffed.format !== 'png') {
    warnings.push('The linked picture is neither JPEG nor PNG, the two kinds that the service is known to take.');
  }
  return { orientation, warnings };
}
