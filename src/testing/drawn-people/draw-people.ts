import { clampToImage } from '#domain/geometry/rect.ts';
import { type ImagePoint, type ImageRect, imagePoint, imageRect, type Size } from '#domain/geometry/spaces.ts';
import { castPeople } from './cast.ts';
import { drawPerson } from './draw-person.ts';
import { FACE_TOP_Y, faceLine, headLine } from './head.ts';
import type { Person } from './person.ts';
import { type Layout, type Place, placePeople } from './places.ts';
import { createRandom } from './random.ts';
import { drawScenery, SCENES, type Scene } from './scenery.ts';
import { el, group, type Point } from './svg.ts';

export type DrawingPlan = Size & {
  /** The same plan with the same seed gives the same picture, byte for byte. */
  readonly seed: number | string;
  readonly count: number;
  readonly layout: Layout;
  /** The background; chosen by the seed when it is left out. */
  readonly scene?: Scene;
};

/** A drawn face's true place. All numbers are pixels of the picture. "Left" is the picture's left. */
export type DrawnFace = {
  /** Roots of the hair to chin, cheek to cheek, in whole pixels inside the picture. */
  readonly bound: ImageRect;
  readonly landmarks: {
    readonly leftEye: ImagePoint;
    readonly rightEye: ImagePoint;
    readonly nose: ImagePoint;
    readonly mouthLeft: ImagePoint;
    readonly mouthRight: ImagePoint;
  };
};

export type Drawing = Size & {
  readonly svg: string;
  /** In the order drawn: back row first, each row from left to right. */
  readonly faces: readonly DrawnFace[];
};

/** Draws a picture of people who do not exist, and tells where each face is. */
export function drawPeople({ seed, width, height, count, layout, scene }: DrawingPlan): Drawing {
  const random = createRandom(seed);
  const size = { width, height };
  const places = placePeople(layout, count, size, random.fork('places'));
  const people = castPeople(places, random.fork('people'));
  const drawn = places.flatMap((place, index) => {
    const person = people[index];
    return person === undefined ? [] : [{ place, person, id: `p${index}` }];
  });
  const svg = el(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
    drawScenery(scene ?? random.fork('scene').pick(SCENES), size, random.fork('scenery')),
    ...drawn.map(({ place, person, id }) => {
      const scale = place.headHeight / 100;
      const bottom = (height - place.y) / scale + 10;
      return group(
        { transform: `translate(${place.x.toFixed(2)} ${place.y.toFixed(2)}) scale(${scale.toFixed(4)})` },
        drawPerson(person, id, bottom),
      );
    }),
  );
  return { width, height, svg, faces: drawn.map(({ place, person }) => locateFace(place, person, size)) };
}

/** Where a person's head is turned around, in the person's own coordinates: the middle of the neck. */
const PIVOT_Y = 40;

function locateFace(place: Place, person: Person, size: Size): DrawnFace {
  const angle = (person.pose.tilt * Math.PI) / 180;
  const scale = place.headHeight / 100;
  const toImage = ([x, y]: Point): ImagePoint =>
    imagePoint(
      place.x + (x * Math.cos(angle) - (y - PIVOT_Y) * Math.sin(angle)) * scale,
      place.y + (x * Math.sin(angle) + (y - PIVOT_Y) * Math.cos(angle) + PIVOT_Y) * scale,
    );
  const { right } = headLine(person);
  const face = right.filter(([, y]) => y > FACE_TOP_Y);
  const line = [...face, ...face.map(([x, y]): Point => [-x, y]), [0, FACE_TOP_Y] as const].map(toImage);
  const left = Math.floor(Math.min(...line.map(({ x }) => x)));
  const top = Math.floor(Math.min(...line.map(({ y }) => y)));
  const bottom = Math.ceil(Math.max(...line.map(({ y }) => y)));
  const rightmost = Math.ceil(Math.max(...line.map(({ x }) => x)));
  const { shift, eyeX, noseY, mouthY } = faceLine(person);
  const corner = person.mouth.width;
  return {
    bound: clampToImage(imageRect(left, top, rightmost - left, bottom - top), size),
    landmarks: {
      leftEye: toImage([shift - eyeX, 0]),
      rightEye: toImage([shift + eyeX, 0]),
      nose: toImage([shift, noseY]),
      mouthLeft: toImage([shift - corner, mouthY]),
      mouthRight: toImage([shift + corner, mouthY]),
    },
  };
}
