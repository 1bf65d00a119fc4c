import type { EngineName } from '#contract/routes.ts';
import type { ExportedPicture } from '#page/painting/model/exported-picture.ts';
import { endingFor, uniqueStems } from '#page/painting/model/file-names.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { Detection } from '#shared/face.ts';
import type { Exchange } from '#shared/failure.ts';

/** A picture with its result, as the page holds it. */
export type ExportItem = {
  readonly picture: Picture;
  /** Who found the faces. */
  readonly engine: EngineName;
  /** Address that was sent for detection. */
  readonly imageReference: string;
  readonly detection: Detection;
  readonly exchange: Exchange;
};

/** An item that knows what its files are called. */
export type NamedItem = ExportItem & ExportedPicture;

/** Gives every item a name of its own within one export. */
export function namedItems(items: readonly ExportItem[]): readonly NamedItem[] {
  const stems = uniqueStems(items.map(({ picture }) => picture.name));
  return items.map((item, index) => {
    const stem = stems[index] ?? `picture-${index + 1}`;
    const { size, blob } = item.picture;
    return { ...item, stem, fileName: `${stem}.${endingFor(blob.type)}`, size };
  });
}
