import { FACE_MESH_SIDE, LANDMARK_COUNT, LANDMARKS_SIDE } from '#detector/models/model-files.ts';
import { applySimilarity, fitSimilarity } from '#detector/pipeline/similarity.ts';
import type { Codec, Networks, PixelSource, Pixels } from '#detector/ports.ts';
import { type ImageRect, imagePoint, type Size } from '#shared/geometry/spaces.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { err, ok } from '#shared/result.ts';

/*
 * The detector's ports over arrays in memory: no decoder, no network. Faces are painted in colours, and the networks
 * look for these colours in the very pixels that they are given, so whatever is cut wrongly is found wrongly.
 */

type Rgb = readonly [red: number, green: number, blue: number];

/** A face as these networks know it: a red rectangle with two eyes, turned about its middle. */
export type PaintedFace = {
  /** Upright, in pixels of the picture. */
  readonly box: ImageRect;
  /** Turn in degrees, clockwise. */
  readonly turn?: number;
  /** What the network will say of it, 0 to 1. */
  readonly score?: number;
  /** Without eyes it is no face, which only the second network knows. */
  readonly eyes?: boolean;
};

export const BACKGROUND: Rgb = [40, 90, 140];
export const LEFT_EYE: Rgb = [255, 0, 255];
export const RIGHT_EYE: Rgb = [255, 255, 0];
/** The face's red is full everywhere; the score stands in the skin's blue, below that of an eye. */
const BLUE_OF_SCORE = 200;

/** Where the middle of each eye is, as shares of the box, and how wide an eye is. */
const EYES = { left: 0.3, right: 0.7, down: 0.4, side: 0.2 } as const;

/** Pixels of one colour. */
export function plain({ width, height }: Size, colour: Rgb): Pixels {
  const data = new Uint8Array(width * height * 3);
  data.set(colour);
  for (let filled = 3; filled < data.length; filled *= 2) data.copyWithin(filled, 0, filled);
  return { data, width, height };
}

export function paintFaces(size: Size, faces: readonly PaintedFace[]): Pixels {
  const { data, width, height } = plain(size, BACKGROUND);
  for (const face of faces) {
    const { box } = face;
    const reach = Math.hypot(box.width, box.height) / 2;
    const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
    for (let y = Math.max(0, Math.floor(middleY - reach)); y < Math.min(height, middleY + reach); y += 1) {
      for (let x = Math.max(0, Math.floor(middleX - reach)); x < Math.min(width, middleX + reach); x += 1) {
        const colour = colourOf(face, x + 0.5 - middleX, y + 0.5 - middleY);
        if (colour !== undefined) data.set(colour, (y * width + x) * 3);
      }
    }
  }
  return { data, width, height };
}

/** The colour of a face so many pixels beside and below its middle; undefined beside it. */
function colourOf({ box, turn = 0, score = 0.9, eyes = true }: PaintedFace, dx: number, dy: number): Rgb | undefined {
  const angle = (turn * Math.PI) / 180;
  const across = (dx * Math.cos(angle) + dy * Math.sin(angle)) / box.width + 0.5;
  const down = (dy * Math.cos(angle) - dx * Math.sin(angle)) / box.height + 0.5;
  if (across < 0 || across >= 1 || down < 0 || down >= 1) return undefined;
  const isIn = (eye: number) =>
    eyes && Math.abs(across - eye) < EYES.side / 2 && Math.abs(down - EYES.down) < EYES.side / 2;
  if (isIn(EYES.left)) return LEFT_EYE;
  return isIn(EYES.right) ? RIGHT_EYE : [255, 0, Math.round(score * BLUE_OF_SCORE)];
}

export const pixelAt = ({ data, width }: Pixels, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

/** A part of pixels at another size: each pixel is the one beneath its middle. */
export function resample(pixels: Pixels, area: ImageRect, { width, height }: Size): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const row = area.y + Math.floor(((y + 0.5) * area.height) / height);
    for (let x = 0; x < width; x += 1) {
      const from = (row * pixels.width + area.x + Math.floor(((x + 0.5) * area.width) / width)) * 3;
      const to = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel += 1) data[to + channel] = pixels.data[from + channel] ?? 0;
    }
  }
  return { data, width, height };
}

/** A picture in memory, which minds that only what is inside is asked for, and nothing once it is closed. */
export function sourceOf(pixels: Pixels): PixelSource & { readonly isClosed: boolean } {
  let isClosed = false;
  return {
    width: pixels.width,
    height: pixels.height,
    get isClosed() {
      return isClosed;
    },
    async sample(area, size) {
      if (isClosed) throw new Error('closed');
      if (!isInside(area, pixels)) throw new Error(`${JSON.stringify(area)} is not inside the picture`);
      const width = 'width' in size ? size.width : Math.round((area.width * size.height) / area.height);
      const height = 'height' in size ? size.height : Math.round((area.height * width) / area.width);
      return resample(pixels, area, { width, height });
    },
    close() {
      isClosed = true;
    },
  };
}

const isInside = ({ x, y, width, height }: ImageRect, size: Size): boolean =>
  [x, y, width, height].every(Number.isInteger) &&
  Math.min(x, y) >= 0 &&
  Math.min(width, height) >= 1 &&
  x + width <= size.width &&
  y + height <= size.height;

/** A file is one byte: the place of its picture in the list. */
export const fileOf = (place: number): Uint8Array => Uint8Array.of(place);

/** `decode` takes `fileOf` of a picture's place; a JPEG is the pixels themselves, for `readJpeg`. */
export const codecOf = (pictures: readonly { readonly size: Size; readonly pixels: PixelSource }[]): Codec => ({
  async decode(bytes) {
    const picture = pictures[bytes[0] ?? Number.NaN];
    return picture === undefined ? err({ code: 'unreadable-picture', reason: 'there is none' }) : ok(picture);
  },
  async encodeJpeg({ data, width, height }) {
    return joinBytes([Uint8Array.of(width >> 8, width & 0xff, height >> 8, height & 0xff), data]);
  },
});

export function readJpeg(bytes: Uint8Array): Pixels {
  const [wide = 0, width = 0, high = 0, height = 0] = bytes;
  return { width: wide * 256 + width, height: high * 256 + height, data: bytes.subarray(4) };
}

/** Side in pixels of its square below which a painted face is too small for the network, as for the real one. */
export const SMALLEST_SEEN = 16;

/**
 * Networks that see painted faces; with `upright` the first sees none that lies on its side or its head. `onPass` is
 * called at each look for faces, before it, with the side of the square.
 */
export const colourNetworks = (
  onPass: (side: number) => void = () => {},
  sees: 'any' | 'upright' = 'any',
): Networks => ({
  async findFaces(pixels, side, seen) {
    onPass(side);
    if (pixels.length !== side * side * 3) throw new Error('not a square of the network');
    if (!isBlackBeside(pixels, side, seen)) throw new Error('something is to be seen where it is said to be black');
    const found = redPatches(pixels, side)
      .filter(({ box }) => Math.max(box.width, box.height) >= SMALLEST_SEEN)
      .filter(({ box }) => sees === 'any' || Math.abs(leanOf(pixels, side, box)) < Math.PI / 4);
    return {
      boxes: Float32Array.from(
        found.flatMap(({ box: { x, y, width, height } }) => [y, x, y + height, x + width].map((at) => at / side)),
      ),
      scores: Float32Array.from(found, ({ score }) => score),
    };
  },
  async findLandmarks(pixels) {
    if (pixels.length !== LANDMARKS_SIDE ** 2 * 3) throw new Error('not a square of the network');
    const eyes = [LEFT_EYE, RIGHT_EYE].map((colour) => middleOf(pixels, LANDMARKS_SIDE, colour));
    const place = fitSimilarity([imagePoint(0.3, 0.4), imagePoint(0.7, 0.4)], eyes);
    // Eyes, nose and mouth corners of ArcFace's layout, as seen from its eyes; all other points are never read.
    const points = Array.from({ length: LANDMARK_COUNT }, () => imagePoint(0, 0));
    points.fill(imagePoint(0.3, 0.4), 36, 42).fill(imagePoint(0.7, 0.4), 42, 48);
    points.fill(imagePoint(0.5012, 0.6302), 30, 31).fill(imagePoint(0.337, 0.8637), 48, 49);
    points.fill(imagePoint(0.6682, 0.8618), 54, 55);
    return Float32Array.from(
      points.flatMap((point) => {
        const { x, y } = place === undefined ? point : applySimilarity(place, point);
        return [x / LANDMARKS_SIDE, y / LANDMARKS_SIDE];
      }),
    );
  },
  async judgeFaces(pixels) {
    const upright = Float32Array.from(cutUp(pixels, FACE_MESH_SIDE ** 2 * 3), (square) => {
      const lean = leanOf(square, FACE_MESH_SIDE);
      return Number.isNaN(lean) ? -9 : Math.abs(lean) < Math.PI / 4 ? 24 : 3;
    });
    return { isFace: upright.map((logit) => 1 / (1 + Math.exp(-logit))), upright };
  },
  async release() {},
});

/** Whether nothing is to be seen of a square below and to the right of a part of it. */
function isBlackBeside(pixels: Uint8Array, side: number, { width, height }: Size): boolean {
  for (let row = 0; row < side; row += 1) {
    const start = row < height ? width : 0;
    if (pixels.subarray((row * side + start) * 3, (row + 1) * side * 3).some((value) => value !== 0)) return false;
  }
  return true;
}

/** Squares that lie one after the other, `length` bytes each. */
function cutUp(pixels: Uint8Array, length: number): Uint8Array[] {
  if (pixels.length === 0 || pixels.length % length !== 0) throw new Error('not squares of the network');
  return Array.from({ length: pixels.length / length }, (_, at) => pixels.subarray(at * length, (at + 1) * length));
}

/** Connected patches of full red, with the score that most of their pixels tell. */
function redPatches(pixels: Uint8Array, side: number): { box: ImageRect; score: number }[] {
  const isRed = (at: number): boolean => pixels[at * 3] === 255;
  const seen = new Uint8Array(side * side);
  const patches: { box: ImageRect; score: number }[] = [];
  for (let start = 0; start < seen.length; start += 1) {
    if (seen[start] === 1 || !isRed(start)) continue;
    const patch = [start];
    seen[start] = 1;
    let [left, right, bottom] = [side, 0, 0];
    const blues = new Uint32Array(256);
    for (const at of patch) {
      const column = at % side;
      const blue = pixels[at * 3 + 2] ?? 0;
      blues[blue] = (blues[blue] ?? 0) + 1;
      left = Math.min(left, column);
      right = Math.max(right, column);
      bottom = Math.max(bottom, Math.floor(at / side));
      for (const next of [at - side, at + side, column > 0 ? at - 1 : -1, column < side - 1 ? at + 1 : -1]) {
        if (seen[next] !== 0 || !isRed(next)) continue;
        seen[next] = 1;
        patch.push(next);
      }
    }
    const top = Math.floor(start / side);
    patches.push({
      box: { x: left, y: top, width: right + 1 - left, height: bottom + 1 - top },
      score: blues.indexOf(Math.max(...blues)) / BLUE_OF_SCORE,
    });
  }
  return patches;
}

/** How far the line of the eyes leans, in radians; not a number where there are none. */
function leanOf(pixels: Uint8Array, side: number, within?: ImageRect): number {
  const left = middleOf(pixels, side, LEFT_EYE, within);
  const right = middleOf(pixels, side, RIGHT_EYE, within);
  return Math.atan2(right.y - left.y, right.x - left.x);
}

/** Middle of the pixels of about this colour in a square of `side` pixels; not a number where there are none. */
function middleOf(
  pixels: Uint8Array,
  side: number,
  colour: Rgb,
  { x: left, y: top, width, height }: ImageRect = { x: 0, y: 0, width: side, height: side },
) {
  let [count, x, y] = [0, 0, 0];
  for (let row = top; row < top + height; row += 1) {
    for (let column = left; column < left + width; column += 1) {
      if (!isNear(pixels, row * side + column, colour)) continue;
      count += 1;
      x += column + 0.5;
      y += row + 0.5;
    }
  }
  return imagePoint(x / count, y / count);
}

const isNear = (pixels: Uint8Array, at: number, colour: Rgb): boolean =>
  colour.every((value, channel) => Math.abs((pixels[at * 3 + channel] ?? 0) - value) < 40);
