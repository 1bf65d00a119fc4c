import sharp, { type Sharp } from 'sharp';
import { heicPicture } from './heic-files.ts';
import { pixelAt, storedSize, uprightPlace } from './pixels.ts';
import type { PictureRecipe } from './recipe.ts';

/**
 * Makes a real picture file: four quarters in red, green (above), blue and yellow (below) when upright. Orientation is
 * laid out as EXIF 2.32 words it ("the 0th row is the visual right-hand side …"), on its own, so that a test against it
 * means something. HEIC is there in those kinds alone that were recorded.
 */
export async function makePicture(recipe: PictureRecipe): Promise<Uint8Array<ArrayBuffer>> {
  if (recipe.format === 'bmp') return makeBmp(recipe);
  if (recipe.format === 'heic') return heicPicture(recipe);
  let image = recipe.frames === undefined ? stillImage(recipe) : await animation(recipe, recipe.frames);
  if (recipe.cmyk === true) image = image.withIccProfile('cmyk');
  if (recipe.sixteenBit === true) image = image.toColourspace('rgb16');
  if (recipe.displayP3 === true) image = image.withIccProfile('p3');
  if (recipe.orientation !== undefined) image = image.withMetadata({ orientation: recipe.orientation });
  if (recipe.gps === true) image = image.withExifMerge(CAMERA_AND_PLACE);
  return new Uint8Array(await encode(image, recipe));
}

const CAMERA_AND_PLACE = {
  IFD0: { Make: 'Testcam', Artist: 'A. Person', Copyright: 'Secret Studio' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '52/1 31/1 0/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '13/1 24/1 0/1',
  },
};

function encode(image: Sharp, { format, quality, progressive, lossless = false }: PictureRecipe): Promise<Buffer> {
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality: quality ?? 95, progressive: progressive ?? false }).toBuffer();
    case 'png':
      return image.png({ compressionLevel: 6 }).toBuffer();
    case 'webp':
      return image.webp({ quality: quality ?? 95, lossless }).toBuffer();
    case 'avif':
      return image.avif({ quality: quality ?? 80, effort: 0 }).toBuffer();
    case 'gif':
      return image.gif().toBuffer();
    case 'tiff':
      return image.tiff({ compression: 'lzw' }).toBuffer();
    case 'bmp':
    case 'heic':
      throw new Error('sharp writes no such file');
  }
}

function stillImage(recipe: PictureRecipe): Sharp {
  const { width, height } = storedSize(recipe);
  // Few pixels are set one by one; a large picture is a small one with every pixel repeated.
  const factor = width * height > 1_000_000 ? 50 : 1;
  const small = quarters({
    ...recipe,
    width: Math.ceil(recipe.width / factor),
    height: Math.ceil(recipe.height / factor),
  });
  return factor === 1 ? small : small.resize(width, height, { kernel: 'nearest', fit: 'fill' });
}

function quarters(recipe: PictureRecipe): Sharp {
  const { width, height } = storedSize(recipe);
  const channels = recipe.transparent === true || recipe.opaqueAlpha === true ? 4 : 3;
  const data = Buffer.alloc(width * height * channels);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const pixel = pixelAt(recipe, ...uprightPlace(recipe, row, column));
      for (let channel = 0; channel < channels; channel += 1) {
        data[(row * width + column) * channels + channel] = pixel[channel] ?? 0;
      }
    }
  }
  return sharp(data, { raw: { width, height, channels } });
}

async function animation(recipe: PictureRecipe, frames: number): Promise<Sharp> {
  const { width, height } = recipe;
  const first = await stillImage(recipe).png().toBuffer();
  const later = { create: { width, height, channels: 3, background: '#0000ff' } } as const;
  const others = await Promise.all(Array.from({ length: frames - 1 }, () => sharp(later).png().toBuffer()));
  return sharp([first, ...others], { join: { animated: true } });
}

/** BMP with 24 bits a pixel, rows from the bottom, as Windows writes it. */
function makeBmp(recipe: PictureRecipe): Uint8Array<ArrayBuffer> {
  const { width, height } = recipe;
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + rowBytes * height);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue] = pixelAt(recipe, x, y);
      const at = 54 + (height - 1 - y) * rowBytes + x * 3;
      file.set([blue, green, red], at);
    }
  }
  return new Uint8Array(file);
}
