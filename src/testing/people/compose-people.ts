import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { z } from 'zod';
import { clampToImage } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { createRandom } from './random.ts';

/** One person of a picture. All numbers are pixels of the picture; the turn is in degrees, clockwise. */
export type Place = {
  /** Middle of the face. */
  readonly x: number;
  readonly y: number;
  /** Roots of the hair to chin: 12 to 400. */
  readonly faceHeight: number;
  readonly turn?: number;
  /** Which of the drawn people stands here: any whole number, counted round. */
  readonly who: number;
  /** Share of the face, from the chin up, that something hides: 0 to 1. */
  readonly covered?: number;
};

/** How people stand: large side by side, a group photograph, or a crowd in rows. */
export type Layout = 'portrait' | 'group' | 'crowd';

export type PeoplePlan = Size & {
  /** The same plan with the same seed gives the same picture. */
  readonly seed: number | string;
  readonly count: number;
  readonly layout: Layout;
};

/** A picture of drawn people and the truth about it: whole pixels inside the picture, in the order of the places. */
export type PeoplePicture = Size & {
  readonly faces: readonly { readonly bound: ImageRect }[];
  /** RGB, three bytes a pixel, row by row. */
  readonly pixels: Buffer;
};

const rect = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const tileList = z.array(z.object({ file: z.string(), face: rect }));
type Tile = { readonly image: Buffer; readonly face: ImageRect; readonly size: Size };
let loading: Promise<readonly Tile[]> | undefined;

/** Height of the largest face as a share of the picture's long side, and room for one person in face heights. */
const LARGEST: Readonly<Record<Layout, number>> = { portrait: 0.21, group: 0.14, crowd: 0.11 };
const ACROSS = 1.36;
const BETWEEN_ROWS = 1.6;
const ABOVE = 1.3;
const BELOW = 1.2;

/** A picture of people who do not exist, in rows as `layout` says. Nobody's face is hidden. */
export const drawPeople = ({ seed, count, layout, width, height }: PeoplePlan): Promise<PeoplePicture> =>
  composePeople({ width, height }, placesOf({ seed, count, layout, width, height }), seed);

/** Draws people at exactly these places, later ones in front of earlier ones, before the landscape of this seed. */
export async function composePeople(
  size: Size,
  places: readonly Place[],
  seed: number | string = 0,
): Promise<PeoplePicture> {
  loading ??= loadTiles();
  const tiles = await loading;
  const layers = await Promise.all(
    places.flatMap((place) => {
      const tile = tiles[place.who % tiles.length];
      return tile === undefined ? [] : [layerOf(tile, place, size)];
    }),
  );
  const pixels = await sharp(await landscape(size, seed))
    .composite(layers.flatMap(({ overlays }) => overlays))
    .removeAlpha()
    .raw()
    .toBuffer();
  return { ...size, pixels, faces: layers.map(({ bound }) => ({ bound })) };
}

/** The picture as sharp takes it. */
export const imageOf = ({ pixels, width, height }: PeoplePicture): Sharp =>
  sharp(pixels, { raw: { width, height, channels: 3 } });

function placesOf({ seed, count, layout, width, height }: PeoplePlan): Place[] {
  const random = createRandom(seed);
  const rowCounts = Array.from({ length: Math.min(count, 12) }, (_, index) => index + 1);
  const faceOf = (rows: number) =>
    Math.min(
      width / ((Math.ceil(count / rows) + (rows > 1 ? 0.5 : 0)) * ACROSS),
      height / (ABOVE + BELOW + (rows - 1) * BETWEEN_ROWS),
      LARGEST[layout] * Math.max(width, height),
    );
  const rows = rowCounts.reduce(
    (best, rows) => (faceOf(rows) > faceOf(best) ? rows : best),
    layout === 'crowd' ? 3 : 1,
  );
  const face = faceOf(rows);
  const top = (height - (ABOVE + BELOW + (rows - 1) * BETWEEN_ROWS) * face) * 0.5 + ABOVE * face;
  const firstPerson = Math.floor(random.between(0, 20));
  return Array.from({ length: count }, (_, index) => {
    const row = index % rows;
    const inRow = Math.ceil((count - row) / rows);
    const step = width / (inRow + (rows > 1 ? 0.5 : 0));
    const shift = rows > 1 && row % 2 === 1 ? 0.5 : 0;
    return {
      row,
      x: (Math.floor(index / rows) + 0.5 + shift) * step + random.between(-0.05, 0.05) * face,
      y: top + (row * BETWEEN_ROWS + random.between(-0.08, 0.08)) * face,
      faceHeight: face,
    };
  })
    .sort((a, b) => a.row - b.row || a.x - b.x)
    .map((place, index) => ({ ...place, who: firstPerson + index * 7 }));
}

async function loadTiles(): Promise<Tile[]> {
  const read = (name: string) => readFile(new URL(`./faces/${name}`, import.meta.url));
  const list = tileList.parse(JSON.parse((await read('faces.json')).toString()));
  return Promise.all(
    list.map(async ({ file, face }) => {
      const image = await read(file);
      const { width, height } = await sharp(image).metadata();
      return { image, face: imageRect(face.x, face.y, face.width, face.height), size: { width, height } };
    }),
  );
}

type Overlay = { readonly input: Buffer; readonly left: number; readonly top: number };

/** What is laid over the picture for one person, and where their face is in it. */
async function layerOf(tile: Tile, place: Place, size: Size): Promise<{ overlays: Overlay[]; bound: ImageRect }> {
  const { x, y, faceHeight, turn = 0, covered = 0 } = place;
  const scale = faceHeight / tile.face.height;
  const width = Math.round(tile.size.width * scale);
  const height = Math.round(tile.size.height * scale);
  const middle = { x: (tile.face.x + tile.face.width / 2) * scale, y: (tile.face.y + tile.face.height / 2) * scale };
  const person = sharp(tile.image).resize(width, height, { fit: 'fill' });
  const overlays: Overlay[] = [];
  if (turn === 0) {
    // Who stands farther up reaches down to the picture's edge as well.
    const below = Math.max(0, Math.ceil(size.height - (y - middle.y + height)));
    const input = await person.extend({ bottom: below, extendWith: 'copy' }).png().toBuffer();
    overlays.push(...(await clipped(input, x - middle.x, y - middle.y, size)));
  } else {
    // Turned about the middle of the face, which is the middle of this square.
    const reach = Math.ceil(Math.hypot(width, height));
    const square = sharp({ create: { width: 2 * reach, height: 2 * reach, channels: 4, background: '#0000' } })
      .composite([
        { input: await person.png().toBuffer(), left: Math.round(reach - middle.x), top: Math.round(reach - middle.y) },
      ])
      .png();
    const turned = await sharp(await square.toBuffer())
      .rotate(turn, { background: '#0000' })
      .png()
      .toBuffer();
    const side = (await sharp(turned).metadata()).width;
    overlays.push(...(await clipped(turned, x - side / 2, y - side / 2, size)));
  }
  const [cos, sin] = [Math.abs(Math.cos((turn * Math.PI) / 180)), Math.abs(Math.sin((turn * Math.PI) / 180))];
  const faceWidth = tile.face.width * scale;
  const half = { x: (faceWidth * cos + faceHeight * sin) / 2, y: (faceWidth * sin + faceHeight * cos) / 2 };
  const [left, top] = [Math.floor(x - half.x), Math.floor(y - half.y)];
  const bound = imageRect(left, top, Math.ceil(x + half.x) - left, Math.ceil(y + half.y) - top);
  if (covered > 0) {
    const hidden = { width: bound.width, height: Math.max(1, Math.round(bound.height * covered)) };
    const input = await sharp({ create: { ...hidden, channels: 3, background: '#6d7f8c' } })
      .png()
      .toBuffer();
    overlays.push(...(await clipped(input, left, top + bound.height - hidden.height, size)));
  }
  return { overlays, bound: clampToImage(bound, size) };
}

/** The part of an overlay that lies on the picture: sharp refuses overlays that are larger than what they are laid on. */
async function clipped(input: Buffer, x: number, y: number, size: Size): Promise<Overlay[]> {
  const { width, height } = await sharp(input).metadata();
  const [left, top] = [Math.round(x), Math.round(y)];
  const [from, above] = [Math.max(0, -left), Math.max(0, -top)];
  const seen = {
    width: Math.min(width - from, size.width - left - from),
    height: Math.min(height - above, size.height - top - above),
  };
  if (seen.width <= 0 || seen.height <= 0) return [];
  const part = await sharp(input)
    .extract({ left: from, top: above, ...seen })
    .png()
    .toBuffer();
  return [{ input: part, left: left + from, top: top + above }];
}

/** Sky over ground in colours of the seed's choice; nothing in it looks like a face. */
function landscape({ width, height }: Size, seed: number | string): Promise<Buffer> {
  const random = createRandom(`${seed}/landscape`);
  const [sky, haze, ground] = random.pick(LANDSCAPES);
  const horizon = random.between(0.35, 0.6);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="0" y2="1">
    <stop stop-color="${sky}"/><stop offset="${horizon}" stop-color="${haze}"/><stop offset="${horizon}" stop-color="${ground}"/>
    <stop offset="1" stop-color="${haze}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`;
  return sharp(Buffer.from(svg), { unlimited: true }).removeAlpha().png({ compressionLevel: 1 }).toBuffer();
}

type Landscape = readonly [sky: string, haze: string, ground: string];
const LANDSCAPES: readonly [Landscape, ...Landscape[]] = [
  ['#8fb8d8', '#e4ecf0', '#9bb08a'],
  ['#d9c6a5', '#f1e7d6', '#a58e72'],
  ['#7f93ad', '#cfd6de', '#7d8577'],
  ['#b9cbd6', '#eef0ee', '#b7a68c'],
];
