import sharp from 'sharp';
import type { Codec } from '#detector/ports.ts';
import { decodePicture } from './decode-picture.ts';
import { sharpInput } from './memory-pixels.ts';

/** Pictures by libvips, on its own threads. */
export const sharpCodec: Codec = {
  decode: decodePicture,
  encodeJpeg: (pixels, quality) => sharp(pixels.data, sharpInput(pixels)).jpeg({ quality }).toBuffer(),
};
