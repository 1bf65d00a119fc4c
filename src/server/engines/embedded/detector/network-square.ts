import sharp from 'sharp';
import type { ImagePoint, ImageRect } from '#domain/geometry/spaces.ts';
import { imagePoint } from '#domain/geometry/spaces.ts';
import { asSharpInput, type Pixels } from './pixels.ts';

/** A part of a picture, scaled and padded with black to the square that a network looks at. */
export type NetworkSquare = {
  /** RGB bytes of `side` × `side` pixels. */
  readonly data: Uint8Array;
  /** A point of the square, as shares of its side, in pixels of the picture that it was cut from. */
  readonly toPicture: (x: number, y: number) => ImagePoint;
};

type Placement = {
  readonly side: number;
  /** Where the padding goes: after the picture (right or below), or half on each side. */
  readonly align: 'start' | 'centre';
  /** Largest magnification, pixels of the square per pixel of the picture. */
  readonly maxScale: number;
};

/** Cuts `region` (whole pixels, inside the picture) out and fits it into a square, keeping its proportions. */
export async function cutSquare(picture: Pixels, region: ImageRect, placement: Placement): Promise<NetworkSquare> {
  const { side, align, maxScale } = placement;
  const scale = Math.min(side / Math.max(region.width, region.height), maxScale);
  const width = Math.max(1, Math.round(region.width * scale));
  const height = Math.max(1, Math.round(region.height * scale));
  // face-api pads the original picture and rounds there; after scaling, half a pixel more or less is below its noise.
  const left = align === 'start' ? 0 : Math.floor((side - width) / 2);
  const top = align === 'start' ? 0 : Math.floor((side - height) / 2);
  const data = await sharp(picture.data, asSharpInput(picture))
    .extract({ left: region.x, top: region.y, width: region.width, height: region.height })
    .resize(width, height, { fit: 'fill' })
    .extend({ left, top, right: side - width - left, bottom: side - height - top, background: '#000' })
    .raw()
    .toBuffer();
  return {
    data,
    toPicture: (x, y) =>
      imagePoint(
        region.x + ((x * side - left) * region.width) / width,
        region.y + ((y * side - top) * region.height) / height,
      ),
  };
}
