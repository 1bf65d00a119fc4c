import sharp from 'sharp';

/** What another decoder says of a picture file. */
export type Inspection = {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly space: string;
  readonly depth: string;
  readonly hasAlpha: boolean;
  /** Kinds of metadata that the file still carries. */
  readonly metadata: readonly string[];
};

/** Decodes the whole file with sharp, so that a broken one rejects. */
export async function inspectPicture(file: Uint8Array): Promise<Inspection> {
  const image = sharp(file);
  const { format, width, height, orientation, space, depth, hasAlpha, exif, xmp, iptc, comments } =
    await image.metadata();
  await image.stats();
  const kinds = { exif, xmp, iptc, comments };
  const metadata = Object.entries(kinds).flatMap(([kind, content]) => (content === undefined ? [] : [kind]));
  return { format, width, height, orientation: orientation ?? 1, space, depth: String(depth), hasAlpha, metadata };
}
