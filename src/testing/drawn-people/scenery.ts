import type { Size } from '#domain/geometry/spaces.ts';
import { type Colour, lighten, mix } from './colour.ts';
import type { Random } from './random.ts';
import {
  el,
  ellipse,
  group,
  linearGradient,
  num,
  outline,
  type Point,
  path,
  radialGradient,
  scallops,
  spline,
} from './svg.ts';

export const SCENES = ['meadow', 'evening', 'room'] as const;
export type Scene = (typeof SCENES)[number];

/** A gentle background that fills the picture and holds nothing like a face. */
export function drawScenery(scene: Scene, size: Size, random: Random): string {
  switch (scene) {
    case 'meadow':
      return outdoors(size, random, {
        sky: ['#a9cbe0', '#d3e2e2', '#f5e7d3'],
        sun: '#fff3cf',
        hills: ['#b9cdbd', '#a3bf9f', '#8fae83', '#7a9b6b'],
      });
    case 'evening':
      return outdoors(size, random, {
        sky: ['#8ea3c8', '#d9bccb', '#f7d9bd'],
        sun: '#ffe0b0',
        hills: ['#b3a9bd', '#9a93a8', '#7f8790', '#64766f'],
      });
    case 'room':
      return room(size, random);
  }
}

type Weather = {
  readonly sky: readonly [Colour, Colour, Colour];
  readonly sun: Colour;
  readonly hills: readonly Colour[];
};

function outdoors({ width, height }: Size, random: Random, { sky, sun, hills }: Weather): string {
  const horizon = height * random.between(0.4, 0.48);
  const sunX = width * random.pick([random.between(0.12, 0.3), random.between(0.7, 0.88)]);
  const sunY = height * random.between(0.1, 0.18);
  const r = Math.min(width, height) * 0.07;
  const layers = hills.map((colour, index) => {
    const base = horizon + (height - horizon) * (index * 0.17);
    return hill(width, height, base, height * (0.05 - index * 0.006), `hill${index}`, colour, random);
  });
  return [
    '<defs>',
    linearGradient(
      'sky',
      [0, 0, 0, 1],
      [
        [0, sky[0]],
        [0.32, sky[1]],
        [0.6, sky[2]],
      ],
    ),
    radialGradient(
      'glow',
      [0.5, 0.5, 0.5],
      [
        [0, sun, 0.85],
        [0.25, sun, 0.4],
        [1, sun, 0],
      ],
    ),
    '</defs>',
    el('rect', { width, height, fill: 'url(#sky)' }),
    ellipse(sunX, sunY, r * 4.6, r * 4.6, { fill: 'url(#glow)' }),
    ellipse(sunX, sunY, r, r, { fill: lighten(sun, 0.4) }),
    ...Array.from({ length: 5 }, () =>
      cloud(random.between(0, width), random.between(0.04, 0.3) * height, random.between(0.1, 0.2) * width, random),
    ),
    layers[0] ?? '',
    trees(width, horizon + height * 0.045, height * 0.06, mix(hills[1] ?? sky[0], '#3f5a55', 0.28), random, 9),
    layers[1] ?? '',
    trees(width, horizon + height * 0.12, height * 0.085, mix(hills[2] ?? sky[0], '#2f4f47', 0.34), random, 6),
    ...layers.slice(2),
  ].join('');
}

function hill(
  width: number,
  height: number,
  base: number,
  swing: number,
  id: string,
  colour: Colour,
  random: Random,
): string {
  const points = Array.from(
    { length: 7 },
    (_, index): Point => [width * (index / 5 - 0.1), base + random.between(-swing, swing)],
  );
  const line = spline(points);
  return [
    `<defs>${linearGradient(
      id,
      [0, 0, 0, 1],
      [
        [0, lighten(colour, 0.16)],
        [1, mix(colour, '#5c6b52', 0.18)],
      ],
    )}</defs>`,
    path(`${line}L${width * 1.2} ${height}L${-width * 0.2} ${height}Z`, { fill: `url(#${id})` }),
  ].join('');
}

function cloud(x: number, y: number, width: number, random: Random): string {
  const puff = (at: number, radius: number): string => {
    const r = num(radius * width);
    return `M${num(x + (at - radius) * width)} ${num(y)}a${r} ${r} 0 0 1 ${num(2 * radius * width)} 0Z`;
  };
  const shape =
    puff(-0.24, random.between(0.1, 0.14)) +
    puff(-0.04, random.between(0.17, 0.21)) +
    puff(0.2, random.between(0.12, 0.16));
  return path(shape, { fill: '#ffffff', 'fill-opacity': 0.55 });
}

function trees(width: number, ground: number, tall: number, colour: Colour, random: Random, count: number): string {
  return Array.from({ length: count }, () => {
    const x = random.between(-0.02, 1.02) * width;
    const h = tall * random.between(0.7, 1.2);
    const r = h * 0.36;
    const crown = Array.from({ length: 8 }, (_, index): Point => {
      const angle = (index / 8) * Math.PI * 2 - Math.PI / 2;
      return [x + Math.cos(angle) * r, ground - h * 0.66 + Math.sin(angle) * r * 1.12];
    });
    const shade = mix(colour, '#ffffff', random.between(0, 0.14));
    return (
      el('rect', {
        x: x - h * 0.025,
        y: ground - h * 0.45,
        width: h * 0.05,
        height: h * 0.5,
        fill: mix(shade, '#4a3b33', 0.5),
      }) + path(scallops(crown, 0.58), { fill: shade })
    );
  }).join('');
}

function room({ width, height }: Size, random: Random): string {
  const wall = random.pick(['#d9cdbd', '#c9d0c6', '#cfc6d2', '#c5d0d8'] as const);
  const unit = Math.min(width, height);
  const windowLeft = random.chance(0.5);
  const windowWidth = unit * 0.42;
  const windowX = windowLeft ? width * 0.04 : width * 0.96 - windowWidth;
  const windowTop = height * 0.06;
  const windowHeight = height * 0.52;
  const frame = '#f3ede2';
  const bar = unit * 0.014;
  const plantX = windowLeft ? width * 0.9 : width * 0.1;
  return [
    '<defs>',
    linearGradient(
      'wall',
      [0, 0, 1, 0.5],
      windowLeft
        ? [
            [0, lighten(wall, 0.5)],
            [1, mix(wall, '#8d8090', 0.24)],
          ]
        : [
            [0, mix(wall, '#8d8090', 0.24)],
            [1, lighten(wall, 0.5)],
          ],
    ),
    linearGradient(
      'pane',
      [0, 0, 0, 1],
      [
        [0, '#bcd8e6'],
        [0.6, '#e6efe6'],
        [1, '#c7d8ba'],
      ],
    ),
    linearGradient(
      'beam',
      [0, 0, 1, 0.4],
      [
        [0, '#fff7e0', 0.5],
        [1, '#fff7e0', 0],
      ],
    ),
    '</defs>',
    el('rect', { width, height, fill: 'url(#wall)' }),
    el('rect', { y: height * 0.78, width, height: height * 0.22, fill: mix(wall, '#6d5a50', 0.26) }),
    el('rect', { y: height * 0.775, width, height: unit * 0.012, fill: lighten(wall, 0.6) }),
    el('rect', {
      x: windowX - bar * 1.6,
      y: windowTop - bar * 1.6,
      width: windowWidth + bar * 3.2,
      height: windowHeight + bar * 3.2,
      rx: bar * 0.6,
      fill: frame,
    }),
    el('rect', { x: windowX, y: windowTop, width: windowWidth, height: windowHeight, fill: 'url(#pane)' }),
    path(
      `${spline(
        [
          [0, 0.72],
          [0.22, 0.62],
          [0.5, 0.74],
          [0.78, 0.6],
          [1, 0.68],
        ].map(([x = 0, y = 0]): Point => [windowX + windowWidth * x, windowTop + windowHeight * y]),
      )}V${windowTop + windowHeight}H${windowX}Z`,
      { fill: '#a4c09c', 'fill-opacity': 0.85 },
    ),
    path(
      `${spline(
        [
          [0, 0.9],
          [0.3, 0.84],
          [0.66, 0.88],
          [1, 0.8],
        ].map(([x = 0, y = 0]): Point => [windowX + windowWidth * x, windowTop + windowHeight * y]),
      )}V${windowTop + windowHeight}H${windowX}Z`,
      { fill: '#8aac84', 'fill-opacity': 0.9 },
    ),
    el('rect', { x: windowX, y: windowTop + windowHeight, width: windowWidth, height: bar * 1.6, fill: frame }),
    el('rect', { x: windowX + windowWidth / 2 - bar / 2, y: windowTop, width: bar, height: windowHeight, fill: frame }),
    el('rect', { x: windowX, y: windowTop + windowHeight * 0.42, width: windowWidth, height: bar, fill: frame }),
    path(
      windowLeft
        ? `M${windowX + windowWidth} ${windowTop}L${width} ${height * 0.3}L${width} ${height * 0.8}L${windowX + windowWidth} ${windowTop + windowHeight}Z`
        : `M${windowX} ${windowTop}L0 ${height * 0.3}L0 ${height * 0.8}L${windowX} ${windowTop + windowHeight}Z`,
      { fill: '#fff7e0', 'fill-opacity': 0.16 },
    ),
    plant(plantX, height * 0.8, unit * 0.34, random),
  ].join('');
}

function plant(x: number, ground: number, tall: number, random: Random): string {
  const leaves = Array.from({ length: 9 }, (_, index) => {
    const angle = -70 + (140 * index) / 8 + random.between(-6, 6);
    const length = tall * random.between(0.75, 1.05) * (1 - Math.abs(angle) / 240);
    const w = length * 0.11;
    const leaf = outline(
      [
        [0, 0],
        [w, -length * 0.5],
        [0, -length],
      ],
      [
        [0, -length],
        [-w, -length * 0.5],
        [0, 0],
      ],
    );
    return path(leaf, {
      fill: random.pick(['#6f9478', '#5e8469', '#82a387'] as const),
      transform: `translate(${x.toFixed(1)} ${(ground - tall * 0.25).toFixed(1)}) rotate(${angle.toFixed(1)})`,
    });
  });
  const pot = outline(
    [
      [x - tall * 0.13, ground - tall * 0.27],
      [x + tall * 0.13, ground - tall * 0.27],
    ],
    [
      [x + tall * 0.13, ground - tall * 0.27],
      [x + tall * 0.1, ground],
    ],
    [
      [x + tall * 0.1, ground],
      [x - tall * 0.1, ground],
    ],
  );
  return group({}, ...leaves, path(pot, { fill: '#b98767' }));
}
