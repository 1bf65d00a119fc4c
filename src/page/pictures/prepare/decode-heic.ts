import createLibheif, { type HeifImage } from 'libheif-js/libheif-wasm/libheif-bundle.mjs';
import type { PictureFacts } from '#domain/intake/facts.ts';

/**
 * The primary picture of a HEIC file as RGBA, turned as the file says. libheif hands over the file's own colours, so
 * Display P3 (every iPhone's) is named for the canvas to convert. Throws on what the decoder does not know.
 */
export async function decodeHeic(bytes: Uint8Array, colour: PictureFacts['colour']): Promise<ImageData> {
  const decoder = new (createLibheif().HeifDecoder)();
  const images = decoder.decode(bytes);
  try {
    const primary = images.find((image) => image.is_primary()) ?? images[0];
    if (primary === undefined) throw new Error('No picture');
    return await draw(primary, colour === 'display-p3' ? 'display-p3' : 'srgb');
  } finally {
    for (const image of images) image.free();
  }
}

async function draw(image: HeifImage, colorSpace: PredefinedColorSpace): Promise<ImageData> {
  const target = new ImageData(image.get_width(), image.get_height(), { colorSpace });
  await new Promise<void>((resolve, reject) => {
    image.display(target, (drawn) => (drawn === null ? reject(new Error('Damaged picture')) : resolve()));
  });
  return target;
}
