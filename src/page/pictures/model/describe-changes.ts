import { MAX_ASSET_BYTES } from '#contract/limits.ts';
import { formatBytes, formatMegapixels, formatSize, formatWidth } from '#shared/format-measures.ts';
import { FORMAT_NAMES, type PictureFormat } from '#shared/formats/format.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/** Everything that preparing changed, in terms that `describeChanges` puts into words. Sizes are upright pixels. */
export type Changes = {
  readonly from: { readonly format: PictureFormat; readonly size: Size };
  readonly to: { readonly format: 'jpeg' | 'png'; readonly size: Size };
  readonly turned: boolean;
  readonly firstFrameOnly: boolean;
  readonly locationRemoved: boolean;
  readonly metadataRemoved: boolean;
  readonly colour: 'kept' | 'profile-to-srgb' | 'cmyk-to-srgb' | 'profile-unused';
  readonly bitsReducedFrom: number | undefined;
  readonly flattened: boolean;
  readonly compressedToFit: boolean;
  /** The file ended before its picture did, and a person wanted what is there. */
  readonly endMissing: boolean;
};

/** What was changed, in words, the most surprising first. Empty when the file passes as it was. */
export function describeChanges(changes: Changes): readonly string[] {
  return [
    changes.endMissing ? 'cut off, used as far as it goes' : undefined,
    changes.turned ? 'turned upright' : undefined,
    changes.locationRemoved ? 'location removed' : undefined,
    changes.metadataRemoved && !changes.locationRemoved ? 'metadata removed' : undefined,
    resizeNote(changes.from.size, changes.to.size),
    changes.from.format === changes.to.format
      ? undefined
      : `converted from ${FORMAT_NAMES[changes.from.format]} to ${FORMAT_NAMES[changes.to.format]}`,
    changes.firstFrameOnly ? `first ${changes.from.format === 'tiff' ? 'page' : 'frame'} only` : undefined,
    changes.colour === 'profile-to-srgb' ? 'colours converted to sRGB' : undefined,
    changes.colour === 'cmyk-to-srgb' ? 'print colours (CMYK) converted to sRGB' : undefined,
    changes.colour === 'profile-unused' ? 'colour profile of an unknown kind left out' : undefined,
    changes.bitsReducedFrom === undefined ? undefined : `${changes.bitsReducedFrom} → 8 bits a channel`,
    changes.flattened ? 'transparent parts made white' : undefined,
    changes.compressedToFit ? `compressed to fit ${formatBytes(MAX_ASSET_BYTES)}` : undefined,
  ].filter((note) => note !== undefined);
}

function resizeNote(from: Size, to: Size): string | undefined {
  if (from.width === to.width && from.height === to.height) return undefined;
  const before = formatMegapixels(from);
  const after = formatMegapixels(to);
  if (to.width > from.width || to.height > from.height) return `enlarged to ${formatSize(to, 'sentence')}`;
  return before === after
    ? `shrunk to ${formatSize(to, 'sentence')}`
    : `${before} → ${after} megapixels, ${formatWidth(to)} wide`;
}
