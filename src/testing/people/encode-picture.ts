import sharp, { type Sharp } from 'sharp';
import { imageOf, type PeoplePicture } from './compose-people.ts';

/** EXIF orientation: how a viewer must turn the stored pixels to show the picture upright (CIPA DC-008, tag 0x0112). */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export type EncodeOptions = {
  readonly format: 'jpeg' | 'png' | 'webp';
  /** 1 to 100, for JPEG and WebP; 85 unless told. */
  readonly quality?: number;
  /** Width of the upright picture in pixels, the height following in proportion; the picture's own unless told. */
  readonly width?: number;
  /** Stores the pixels turned and says so in EXIF, as a camera held sideways does; plain upright pixels unless told. */
  readonly orientation?: Orientation;
};

/** An encoded picture of drawn people. */
export async function encodePicture(
  picture: PeoplePicture,
  { format, quality = 85, width = picture.width, orientation }: EncodeOptions,
): Promise<Buffer> {
  const height = Math.max(1, Math.round((picture.height * width) / picture.width));
  const upright = imageOf(picture).resize(width, height, { fit: 'fill' });
  if (orientation === undefined) return encode(upright, format, quality).toBuffer();
  const data = await upright.raw().toBuffer();
  const stored = turnAway(sharp(data, { raw: { width, height, channels: 3 } }), orientation);
  return encode(stored, format, quality).withMetadata({ orientation }).toBuffer();
}

/** Undoes in the pixels what a viewer does for this orientation. sharp mirrors before it turns. */
function turnAway(picture: Sharp, orientation: Orientation): Sharp {
  switch (orientation) {
    case 1:
      return picture;
    case 2:
      return picture.flop();
    case 3:
      return picture.rotate(180);
    case 4:
      return picture.flip();
    case 5:
      return picture.flip().rotate(90);
    case 6:
      return picture.rotate(270);
    case 7:
      return picture.flip().rotate(270);
    case 8:
      return picture.rotate(90);
  }
}

function encode(picture: Sharp, format: EncodeOptions['format'], quality: number): Sharp {
  switch (format) {
    case 'jpeg':
      return picture.jpeg({ quality });
    case 'png':
      return picture.png();
    case 'webp':
      return picture.webp({ quality, effort: 2 });
  }
}
