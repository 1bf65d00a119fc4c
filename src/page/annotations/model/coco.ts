import { boxOf, drawnName, type ExportedPicture } from '#page/painting/model/exported-picture.ts';
import type { Orientation } from '#shared/geometry/orientation.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';

/** COCO's object detection format (https://cocodataset.org/#format-data), with what is ours in `attributes`. */
export type Coco = {
  readonly info: { readonly description: string; readonly version: string; readonly contributor: string };
  readonly licenses: readonly [];
  readonly categories: readonly { readonly id: number; readonly name: string; readonly supercategory: string }[];
  readonly images: readonly {
    readonly id: number;
    readonly width: number;
    readonly height: number;
    readonly file_name: string;
    /** Only where the numbers are in the file's stored frame: how EXIF turns it. Readers that know it turn boxes too. */
    readonly exif_orientation?: Orientation;
  }[];
  readonly annotations: readonly {
    readonly id: number;
    readonly image_id: number;
    readonly category_id: number;
    /** Left, top, width, height in pixels of the picture's frame. */
    readonly bbox: readonly [number, number, number, number];
    readonly area: number;
    readonly iscrowd: 0;
    readonly segmentation: readonly [];
    /** A face that was drawn by hand has no number. */
    readonly attributes: { readonly face_no?: number; readonly name: string; readonly drawn?: true };
  }[];
};

const FACE_CATEGORY = 1;

/** Every picture with its faces as one COCO document. The same pictures always give the same document: it has no date. */
export function toCoco(pictures: readonly ExportedPicture[]): Coco {
  let annotationId = 0;
  return {
    info: { description: 'Faces with their faceNo', version: '1.0', contributor: 'Facebound' },
    licenses: [],
    categories: [{ id: FACE_CATEGORY, name: 'face', supercategory: 'person' }],
    images: pictures.map(({ size, orientation, fileName }, index) => ({
      id: index + 1,
      width: size.width,
      height: size.height,
      file_name: fileName,
      ...(orientation === 1 ? {} : { exif_orientation: orientation }),
    })),
    annotations: pictures.flatMap((picture, index) => {
      const annotation = (bound: ImageRect, attributes: Coco['annotations'][number]['attributes']) => {
        const { x, y, width, height } = boxOf(picture, { bound });
        annotationId += 1;
        return {
          id: annotationId,
          image_id: index + 1,
          category_id: FACE_CATEGORY,
          bbox: [x, y, width, height] as const,
          area: Math.round(width * height * 1000) / 1000,
          iscrowd: 0 as const,
          segmentation: [] as const,
          attributes,
        };
      };
      return [
        ...picture.detection.faces.map(({ bound, faceNo, name }) => annotation(bound, { face_no: faceNo, name })),
        ...(picture.drawn ?? []).map((face) => annotation(face.bound, { name: drawnName(face), drawn: true })),
      ];
    }),
  };
}
