import type { EngineName } from '#contract/routes.ts';
import type { ExportedPicture } from '#page/painting/model/exported-picture.ts';
import { chosenSuffix, distinctNames, uniqueStems } from '#page/painting/model/file-names.ts';
import { shownName } from '#page/pictures/model/picture-name.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { Detection, DrawnFace, Face } from '#shared/face.ts';
import type { Exchange } from '#shared/failure.ts';
import { type Orientation, uprightSize } from '#shared/geometry/orientation.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { assertNever } from '#shared/result.ts';

/** A picture with its result, as the page holds it. */
export type ExportItem = {
  readonly picture: Picture;
  /** Who found the faces. */
  readonly engine: EngineName;
  /** Address that was sent for detection. */
  readonly imageReference: string;
  readonly detection: Detection;
  /** Faces that somebody drew on it, in the space of the answer's boxes. */
  readonly drawn?: readonly DrawnFace[];
  readonly exchange: Exchange;
  /** The numbers of the faces that were chosen, where `detection` holds those alone: the files are named after them. */
  readonly chosen?: readonly number[];
};

/** An item of nothing but these found faces. Its reply stays whole. */
export const onlyFaces = (item: ExportItem, faces: readonly Face[]): ExportItem => ({
  ...item,
  detection: { ...item.detection, faces },
  drawn: [],
  chosen: faces.map(({ faceNo }) => faceNo),
});

/**
 * Which pixels an export is about, pictures and data alike: those that were sent, those of the file that was handed over
 * (upright), or that file's before EXIF turns them, which only data can be in.
 */
export type PixelChoice = 'sent' | 'original' | 'stored';

/** An item that knows what its files are called. */
export type NamedItem = ExportItem & ExportedPicture;

/** Gives every item a name of its own within one export, and its numbers their frame. */
export function namedItems(items: readonly ExportItem[], pixels: PixelChoice): readonly NamedItem[] {
  const stems = uniqueStems(items.map(({ picture }) => picture.name));
  const names = distinctNames(items.map(({ picture }) => ownName(picture)));
  return items.map((item, index) => {
    const stem = (stems[index] ?? `picture-${index + 1}`) + chosenSuffix(item.chosen);
    return { ...item, stem, fileName: names[index] ?? stem, ...frameOf(item.picture, pixels) };
  });
}

/** The name of the person's own file; where there is none, what the page calls the picture. */
export function ownName({ name, origin, handedOver }: Picture): string {
  const source = origin.kind === 'replay' ? origin.saved.source : origin;
  const isTheirs = source.kind === 'file' && (source.via === 'drop' || source.via === 'browse');
  return handedOver?.path ?? (isTheirs ? name : shownName(name));
}

/** Upright size and EXIF orientation of the file that a picture was made from; a link's is what is shown. */
export const originalFrame = ({ size, orientation, handedOver }: Picture): FrameOfFile =>
  handedOver ?? { size, orientation };
export type FrameOfFile = { readonly size: Size; readonly orientation: Orientation };

/** The frame that numbers are in: its size in pixels, and how EXIF turns it. */
function frameOf(picture: Picture, pixels: PixelChoice): FrameOfFile {
  const original = originalFrame(picture);
  switch (pixels) {
    case 'sent':
      return { size: picture.size, orientation: 1 };
    case 'original':
      return { size: original.size, orientation: 1 };
    case 'stored':
      return { size: uprightSize(original.size, original.orientation), orientation: original.orientation };
    default:
      return assertNever(pixels);
  }
}
