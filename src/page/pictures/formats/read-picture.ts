import type { PictureFormat } from '#shared/formats/format.ts';
import { assertNever } from '#shared/result.ts';
import type { PictureMetadata } from '../model/picture-metadata.ts';
import { readBmp } from './bmp.ts';
import { readGif } from './gif.ts';
import { readHeif } from './heif.ts';
import { readJp2 } from './jp2.ts';
import { readJpeg } from './jpeg.ts';
import { readJxl } from './jxl.ts';
import { readPng } from './png.ts';
import { readTiff } from './tiff.ts';
import { readWebp } from './webp.ts';

/** What the file's header says of its picture, by format. Never throws, whatever the bytes. */
export function readPicture(bytes: Uint8Array<ArrayBuffer>, format: PictureFormat): PictureMetadata {
  switch (format) {
    case 'jpeg':
      return readJpeg(bytes);
    case 'png':
      return readPng(bytes);
    case 'webp':
      return readWebp(bytes);
    case 'gif':
      return readGif(bytes);
    case 'bmp':
      return readBmp(bytes);
    case 'tiff':
      return readTiff(bytes);
    case 'avif':
    case 'heic':
      return readHeif(bytes);
    case 'jxl':
      return readJxl(bytes);
    case 'jp2':
      return readJp2(bytes);
    default:
      return assertNever(format);
  }
}
