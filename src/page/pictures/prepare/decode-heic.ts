import createLibheif, { type HeifImage } from 'libheif-js/libheif-wasm/libheif-bundle.mjs';
import { displayP3ToSrgb } from '../formats/display-p3.ts';
import type { PictureMetadata } from '../model/picture-metadata.ts';

/**
 * The primary picture of a HEIC file as RGBA in sRGB, turned as the file says. libheif hands over the file's own
 * colours, so Display P3 (every iPhone's) is converted. Throws on what the decoder does not know.
 */
export async function decodeHeic(bytes: Uint8Array, colour: PictureMetadata['colour']): Promise<ImageData> {
  const decoder = new (createLibheif().HeifDecoder)();
  const images = decoder.decode(bytes);
  try {
    const primary = images.find((image) => image.is_primary()) ?? images[0];
    if (primary === undefined) throw new Error('No picture');
    const drawn = await draw(primary);
    if (colour === 'display-p3') displayP3ToSrgb(drawn.data);
    return drawn;
  } finally {
    for (const image of images) image.free();
  }
}

async function draw(image: HeifImage): Promise<ImageData> {
  const target = new ImageData(image.get_width(), image.get_height());
  await new Promise<void>((resolve, reject) => {
    image.display(target, (drawn) => (drawn === null ? reject(new Error('Damaged picture')) : resolve()));
  });
  return target;
}
