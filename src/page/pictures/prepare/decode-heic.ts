import createLibheif, { type HeifImage } from 'libheif-js/libheif-wasm/libheif-bundle.mjs';

/**
 * The primary picture of a HEIC file as RGBA in the file's own colours, turned as the file says. Throws on what the
 * decoder does not know.
 */
export async function decodeHeic(bytes: Uint8Array): Promise<ImageData> {
  const decoder = new (createLibheif().HeifDecoder)();
  const images = decoder.decode(bytes);
  try {
    const primary = images.find((image) => image.is_primary()) ?? images[0];
    if (primary === undefined) throw new Error('No picture');
    return await draw(primary);
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
