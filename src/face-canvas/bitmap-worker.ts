/**
 * Cuts display bitmaps out of a picture away from the page's thread: resampling 24 megapixels takes a third of a
 * second. It gets a picture's bytes once, decodes them and steps them down by halves, so that shrinking never skips
 * pixels (which looks jagged), and answers every request with one bitmap at exactly the pixels asked for.
 *
 * It decodes by itself: WebKit loses the pixels of a bitmap that came from the page in one of five times.
 */
import type { Size } from '#shared/geometry/spaces.ts';
import { putCheckerboardBehind } from './checkerboard.ts';
import type { Cut } from './picture-cut.ts';

export type WorkerRequest =
  | { readonly kind: 'open'; readonly blob: Blob; readonly picture: Size }
  | { readonly kind: 'cut'; readonly cut: Cut }
  /** Lets go of the picture; another may be opened. */
  | { readonly kind: 'close' };
/** `undecodable` answers the first request for a cut of what the browser cannot decode. */
export type WorkerReply =
  | { readonly kind: 'cut'; readonly cut: Cut; readonly bitmap: ImageBitmap }
  | { readonly kind: 'undecodable' };

/**
 * From this magnification on, in device pixels, single pixels are what one wants to see, so they stay square. A face that
 * is gone to is smooth on any screen: 400 % of its pixels are 12 device pixels on the densest.
 */
const SQUARE_PIXELS_FROM = 16;
/** Most pixels of a picture that are decoded (4 bytes each): a phone's tab has a few hundred megabytes in all. */
const MAX_DECODED_PIXELS = 40_000_000;
/**
 * Most pixels of the whole picture that are kept while a half of it or less is what is shown: more of them are decoded
 * once more as somebody comes close again. A photograph of 12 megapixels, shown whole, takes 12 MB instead of 61.
 */
const MAX_UNUSED_PIXELS = 6_000_000;
/** How long such a picture is kept after a cut, in milliseconds: another may follow at once, or as somebody looks about. */
const KEPT_MS = { unused: 300, used: 10_000 } as const;

type Level = ImageBitmap | OffscreenCanvas;

/** The picture, and each time half of the one before; made when first needed. The first may have been let go. */
const levels: (Level | undefined)[] = [];
let picture: Size = { width: 1, height: 1 };
let mayHaveAlpha = false;
let bytes: Blob | undefined;
let opened: Promise<'decoded' | 'undecodable'> | undefined;
let keptUntil: ReturnType<typeof setTimeout> | undefined;

self.onmessage = async ({ data }: MessageEvent<WorkerRequest>) => {
  clearTimeout(keptUntil);
  if (data.kind === 'open') {
    picture = data.picture;
    mayHaveAlpha = data.blob.type !== 'image/jpeg';
    bytes = data.blob;
    opened = decode(data.blob);
    return;
  }
  if (data.kind === 'close') {
    for (const level of levels.splice(0)) release(level);
    bytes = undefined;
    return;
  }
  if ((await opened) !== 'decoded') {
    reply({ kind: 'undecodable' });
    return;
  }
  if (levels[0] === undefined && bytes !== undefined && needsWhole(data.cut)) {
    opened = decode(bytes);
    if ((await opened) !== 'decoded') {
      reply({ kind: 'undecodable' });
      return;
    }
  }
  const bitmap = make(data.cut);
  reply({ kind: 'cut', cut: data.cut, bitmap }, [bitmap]);
  keptUntil = setTimeout(letUnusedGo, needsWhole(data.cut) ? KEPT_MS.used : KEPT_MS.unused);
};

/** Whether a cut shows more than the half of the picture can give. */
const needsWhole = ({ magnification }: Cut): boolean =>
  levels[1] === undefined || levels[1].width < picture.width * magnification;

function letUnusedGo(): void {
  const [whole, half] = levels;
  if (whole === undefined || half === undefined || whole.width * whole.height <= MAX_UNUSED_PIXELS) return;
  release(whole);
  levels[0] = undefined;
}

function release(level: Level | undefined): void {
  if (level instanceof ImageBitmap) level.close();
  // A canvas gives its pixels back when it is collected, which may be long after, or when it has none.
  else if (level !== undefined) level.width = 0;
}

const reply = (message: WorkerReply, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });

async function decode(blob: Blob): Promise<'decoded' | 'undecodable'> {
  try {
    const whole = await createImageBitmap(blob, affordable(picture));
    // Another may have been opened meanwhile.
    if (bytes === blob) levels[0] = whole;
    else whole.close();
    return 'decoded';
  } catch {
    return 'undecodable';
  }
}

/** Options that shrink a picture too large to be kept. */
function affordable({ width, height }: Size): ImageBitmapOptions {
  const share = Math.sqrt(MAX_DECODED_PIXELS / Math.max(1, width * height));
  return share < 1 ? { resizeWidth: Math.round(width * share), resizeQuality: 'medium' } : {};
}

function make(cut: Cut): ImageBitmap {
  const canvas = new OffscreenCanvas(cut.width, cut.height);
  const context = canvas.getContext('2d');
  const width = picture.width * cut.magnification;
  const height = picture.height * cut.magnification;
  const level = levelFor(width);
  if (context !== null && level !== undefined) {
    context.imageSmoothingEnabled = cut.magnification < SQUARE_PIXELS_FROM;
    context.imageSmoothingQuality = 'high';
    context.drawImage(level, -cut.x, -cut.y, width, height);
    if (mayHaveAlpha) putCheckerboardBehind(context, { x: -cut.x, y: -cut.y, width, height });
  }
  return canvas.transferToImageBitmap();
}

/** The smallest level that is not narrower than `width`. */
function levelFor(width: number): Level | undefined {
  // Without the whole picture its half is the first.
  const first = levels[0] === undefined ? 1 : 0;
  let chosen = levels[first];
  for (let index = first + 1; chosen !== undefined && chosen.width / 2 >= width; index++) {
    chosen = levels[index] ??= halve(chosen);
  }
  return chosen;
}

function halve(level: Level): OffscreenCanvas {
  const half = new OffscreenCanvas(Math.max(1, Math.round(level.width / 2)), Math.max(1, Math.round(level.height / 2)));
  const context = half.getContext('2d');
  if (context !== null) {
    // At exactly half, bilinear sampling averages each four pixels: nothing is skipped, nothing is costlier than needed.
    context.imageSmoothingQuality = 'low';
    context.drawImage(level, 0, 0, half.width, half.height);
  }
  return half;
}
