import { brightness, darken, lighten } from './colour.ts';
import { type HeadLine, headLine } from './head.ts';
import type { Paint } from './paint.ts';
import type { HairStyle, Person } from './person.ts';
import {
  between,
  ellipse,
  group,
  loop,
  mirrored,
  outline,
  type Point,
  path,
  scallops,
  spline,
  stroke,
  symmetric,
} from './svg.ts';

/**
 * Hair in layers: what hangs behind the shoulders, what falls over them but behind the head, and what lies over the
 * face and in front of all.
 */
export type HairLayers = {
  readonly back?: string | undefined;
  readonly middle?: string | undefined;
  readonly front: string;
};

type Strands = { readonly paint: Paint; readonly person: Person; readonly head: HeadLine };

export function drawHair(person: Person, paint: Paint): HairLayers {
  const layers = styles[person.hair.style]({ paint, person, head: headLine(person) });
  if (!person.hair.flipped) return layers;
  const flip = (layer: string | undefined): string =>
    layer === undefined ? '' : group({ transform: 'scale(-1 1)' }, layer);
  return { back: flip(layers.back), middle: flip(layers.middle), front: flip(layers.front) };
}

const styles: Readonly<Record<HairStyle, (strands: Strands) => HairLayers>> = {
  bald: ({ paint, person }) => ({ front: skullGlow(paint, person) }),
  balding,
  crop: (strands) => cap(strands, { volume: 2.6, hairline: roundHairline(strands.head, 0) }),
  sidePart: (strands) => cap(strands, { volume: 5.4, hairline: sweptHairline(strands.head) }),
  pixie: (strands) => cap(strands, { volume: 5.6, hairline: pixieHairline(strands.head) }),
  quiff,
  curlyShort,
  afro,
  bob: (strands) => hanging(strands, { length: 46, width: 43, tips: 36, part: -7, blunt: true }),
  fringeBob: (strands) => withFringe(strands, { length: 43, width: 43, tips: 37, part: 0, blunt: true }),
  longStraight: (strands) => hanging(strands, { length: 108, width: 42, tips: 31, part: 3 }),
  longWavy: (strands) => hanging(strands, { length: 104, width: 44.5, tips: 37, part: -9, wave: 2.6 }),
  longFringe: (strands) => withFringe(strands, { length: 98, width: 42, tips: 31, part: 0 }),
  longCurly,
  bun,
  ponytail,
  scarf,
};

/** Hair over the skull, right half from the top to the ear. */
const skull = ({ temple }: HeadLine, volume: number, sides: number): Point[] => [
  [0, -50 - volume],
  [19, -46.5 - volume * 0.92],
  [32, -34 - volume * 0.5],
  [temple + sides, -14],
  [temple + sides * 0.7, -1],
];

const roundHairline = ({ temple }: HeadLine, lift: number): Point[] => {
  const right: Point[] = [
    [temple - 1.4, 5],
    [temple - 3.6, -6],
    [temple - 5, -18],
    [23.5, -27.5 - lift],
    [12, -31.6 - lift],
    [0, -33 - lift],
  ];
  return [...right, ...mirrored(right).slice(1)];
};

/** Parted at the picture's left, combed to the right. */
const sweptHairline = ({ temple }: HeadLine): Point[] => [
  [temple - 1.2, 6],
  [temple - 3.4, -6],
  [temple - 5.4, -17],
  [24, -25],
  [12, -27.4],
  [-1, -31],
  [-12, -37.5],
  [-21, -32],
  [-temple + 6, -20],
  [-temple + 3.4, -7],
  [-temple + 1.2, 6],
];

const pixieHairline = ({ temple }: HeadLine): Point[] => [
  [temple - 0.4, 11],
  [temple - 2.2, -2],
  [temple - 4.4, -13],
  [22, -20.5],
  [9, -22.4],
  [-4, -26.5],
  [-14, -33.5],
  [-22, -28],
  [-temple + 5, -15],
  [-temple + 2.2, -3],
  [-temple + 0.4, 11],
];

/** Fine lines that follow the hair from one edge to the other, as long as both edges have equally many points. */
function strandLines(paint: Paint, from: readonly Point[], to: readonly Point[], shares: readonly number[]): string {
  return shares
    .map((share, index) =>
      stroke(spline(between(from, to, share)), index % 2 === 0 ? paint.hairDark : paint.hairLight, 0.9, {
        'stroke-opacity': index % 2 === 0 ? 0.34 : 0.38,
      }),
    )
    .join('');
}

/** Shadow that the hair throws on the forehead. */
const hairShadow = ({ person }: Strands, hairline: readonly Point[]): string => {
  const inner = hairline.slice(1, -1);
  const lower = inner.map(([x, y]): Point => [x * 0.95, y + 3.2]);
  return path(outline(inner, [...lower].reverse()), { fill: person.skin.shade, 'fill-opacity': 0.42 });
};

function cap(
  strands: Strands,
  { volume, hairline, sides = 2 }: { volume: number; hairline: Point[]; sides?: number },
): HairLayers {
  const { paint, person, head } = strands;
  const right = skull(head, volume * person.hair.volume, sides);
  const outer = [...mirrored(right).slice(0, -1), ...right];
  const top = outer.slice(2, -2);
  const low: Point[] = hairline.slice(2, -2).reverse();
  const step = (low.length - 1) / (top.length - 1);
  const matched = top.map((_, index): Point => low[Math.round(index * step)] ?? [0, -33]);
  return {
    front: [
      hairShadow(strands, hairline),
      path(outline(outer, hairline), { fill: paint.hair }),
      strandLines(paint, top, matched, [0.2, 0.36, 0.54, 0.7, 0.86]),
    ].join(''),
  };
}

function quiff(strands: Strands): HairLayers {
  const { paint, person, head } = strands;
  const v = person.hair.volume;
  const { temple } = head;
  const outer: Point[] = [
    [-temple - 1, -1],
    [-temple - 1.6, -15],
    [-33, -36],
    [-24, -53 - 4 * v],
    [-4, -59 - 5 * v],
    [16, -57 - 5 * v],
    [30, -45],
    [temple + 1.6, -15],
    [temple + 1, -1],
  ];
  const hairline: Point[] = [
    [temple - 1.4, 5],
    [temple - 3.8, -8],
    [temple - 6, -21],
    [22, -33],
    [9, -32.6],
    [-8, -34.6],
    [-21, -36],
    [-temple + 6, -22],
    [-temple + 3.8, -8],
    [-temple + 1.4, 5],
  ];
  const lock = (x: number, bend: number): Point[] => [
    [x, -33.4],
    [x + bend, -46],
    [x * 0.9 + bend * 2 + 4, -54 - 2 * v],
  ];
  return {
    front: [
      hairShadow(strands, hairline),
      path(outline(outer, hairline), { fill: paint.hair }),
      path(
        outline(
          [
            [-temple - 1, -1],
            [-temple - 1.6, -15],
            [-33, -33],
          ],
          [
            [-33, -33],
            [-28, -30],
            [-temple + 3.8, -8],
            [-temple + 1.4, 5],
          ],
        ),
        { fill: paint.hairDark, 'fill-opacity': 0.36 },
      ),
      path(
        outline(
          [
            [temple + 1, -1],
            [temple + 1.6, -15],
            [32, -36],
          ],
          [
            [32, -36],
            [27, -30],
            [temple - 3.8, -8],
            [temple - 1.4, 5],
          ],
        ),
        { fill: paint.hairDark, 'fill-opacity': 0.36 },
      ),
      ...[-16, -9, -2, 5, 12, 18].map((x, index) =>
        stroke(spline(lock(x, -4 + index * 1.4)), index % 2 === 0 ? paint.hairDark : paint.hairLight, 1, {
          'stroke-opacity': 0.38,
        }),
      ),
    ].join(''),
  };
}

/** Points around the skull, clockwise from the left ear over the top to the right ear. */
function arch(rx: number, ry: number, cy: number, count: number, from = -100, to = 100): Point[] {
  return Array.from({ length: count }, (_, index): Point => {
    const angle = ((from + ((to - from) * index) / (count - 1)) * Math.PI) / 180;
    return [Math.sin(angle) * rx, cy - Math.cos(angle) * ry];
  });
}

/** Little arcs that make a surface read as curls. */
const curls = (paint: Paint, points: readonly Point[], size: number): string =>
  points
    .map(([x, y], index) =>
      stroke(
        `M${x - size} ${y}a${size} ${size} 0 0 1 ${size * 2} ${size * 0.3}`,
        index % 3 === 0 ? paint.hairLight : paint.hairDark,
        0.9,
        { 'stroke-opacity': index % 3 === 0 ? 0.4 : 0.5 },
      ),
    )
    .join('');

function curlyShort(strands: Strands): HairLayers {
  const { paint, person, head } = strands;
  const v = person.hair.volume;
  const outer = arch(head.temple + 3.4 * v, 46 + 7 * v, -10, 13, -104, 104);
  const hairline: Point[] = [...roundHairline(head, 1)].reverse();
  const inside: Point[] = arch(27, 33, -12, 7, -62, 62).concat(arch(32, 40, -12, 9, -70, 70));
  const edge = hairline.slice(3, -3);
  return {
    front: [
      hairShadow(strands, hairline),
      path(scallops(outer, 0.58), { fill: paint.hair, 'clip-path': `url(#${paint.id}hc)` }),
      `<clipPath id="${paint.id}hc">${path(
        outline(
          [
            [-60, 3],
            [-60, -90],
            [60, -90],
            [60, 3],
          ].map(([x = 0, y = 0]): Point => [x, y]),
          [...hairline].reverse(),
        ),
        {},
      )}</clipPath>`,
      ...edge.map(([x, y]) => ellipse(x, y - 2.4, 5, 4, { fill: paint.hair })),
      curls(paint, inside, 2.6),
    ].join(''),
  };
}

function afro(strands: Strands): HairLayers {
  const { paint, person, head } = strands;
  const v = Math.min(1, person.hair.volume);
  const ball = arch(46 * v, 48 * v, -22, 17, -148, 148);
  const hairline = roundHairline(head, -0.5);
  const right = skull(head, 8, 4);
  const outer = [...mirrored(right).slice(0, -1), ...right];
  const inside = arch(28, 30, -18, 7, -60, 60).concat(arch(36, 38, -20, 10, -78, 78), arch(41, 44, -22, 12, -112, 112));
  return {
    back: path(scallops(ball, 0.56), { fill: paint.hairBack }),
    front: [
      hairShadow(strands, hairline),
      path(outline(outer, hairline), { fill: paint.hair }),
      path(scallops(arch(44 * v, 46 * v, -21, 15, -84, 84), 0.56), {
        fill: paint.hair,
        'clip-path': `url(#${paint.id}hc)`,
      }),
      `<clipPath id="${paint.id}hc">${path(
        outline(
          [
            [-70, 2],
            [-70, -95],
            [70, -95],
            [70, 2],
          ].map(([x = 0, y = 0]): Point => [x, y]),
          hairline,
        ),
        {},
      )}</clipPath>`,
      curls(paint, inside, 2.4),
    ].join(''),
  };
}

type Hanging = {
  readonly length: number;
  readonly width: number;
  readonly tips: number;
  readonly part: number;
  readonly wave?: number;
  /** Cut off straight beside the jaw; otherwise it falls over the shoulders to a point. */
  readonly blunt?: boolean;
};

/** The edges of hair that hangs beside the face on the picture's right: outer and inner, part to tips. */
function curtain(
  { length, width, tips, part, wave = 0, blunt = false }: Hanging,
  temple: number,
): { outer: Point[]; inner: Point[] } {
  const low = blunt ? length - 8 : length - 16;
  const middle = 16 + (low - 16) * 0.5;
  return {
    outer: [
      [part, -55.5],
      [part * 0.4 + 15, -54.5],
      [width - 10, -43.5],
      [width - 2, -19],
      [width + wave, 16],
      [width - wave * 0.7, middle],
      [width + wave, low],
      [tips, length],
    ],
    inner: [
      [part, -39.5],
      [part * 0.5 + 13, -35.5],
      [temple - 6.5, -24],
      [temple - 3, -9],
      [temple - 1.6 + wave * 0.3, blunt ? 10 : 14],
      [blunt ? temple - 2 : temple - 5 - wave * 0.4, middle],
      [blunt ? temple - 3.4 : temple - 11 + wave * 0.5, low],
      [blunt ? temple - 7 : tips, length - (blunt ? 1.5 : 0)],
    ],
  };
}

function hanging(strands: Strands, plan: Hanging): HairLayers {
  const { paint, head } = strands;
  const right = curtain(plan, head.temple);
  const left = curtain({ ...plan, part: -plan.part }, head.temple);
  const side = ({ outer, inner }: { outer: Point[]; inner: Point[] }, mirror: boolean): string =>
    group(
      mirror ? { transform: 'scale(-1 1)' } : {},
      path(outline(outer, [...inner].reverse()), { fill: paint.hair }),
      strandLines(paint, outer, inner, [0.18, 0.34, 0.5, 0.68, 0.84]),
    );
  const shadowLine: Point[] = [...mirrored(left.inner.slice(0, 5)), ...right.inner.slice(0, 5)];
  const backWidth = plan.width - 1;
  const backLength = Math.min(plan.length, 84);
  return {
    back: path(
      loop(
        symmetric([
          [0, -54],
          [20, -52],
          [backWidth - 5, -38],
          [backWidth, -10],
          [backWidth, backLength * 0.6],
          [backWidth - 6, backLength],
          [0, backLength + 2],
        ]),
      ),
      { fill: paint.hairBack },
    ),
    front: hairShadow(strands, [...shadowLine].reverse()) + side(left, true) + side(right, false),
  };
}

function withFringe(strands: Strands, plan: Hanging): HairLayers {
  const { paint, head } = strands;
  const { back, front } = hanging(strands, plan);
  const top: Point[] = [
    [-33, -32],
    [-21, -49],
    [0, -54],
    [21, -49],
    [33, -32],
  ];
  const low: Point[] = [
    [head.temple - 3, -11],
    [22, -17.5],
    [10, -19.6],
    [0, -19],
    [-11, -20],
    [-22, -17.2],
    [-head.temple + 3, -11],
  ];
  const roots: Point[] = [
    [-22, -47],
    [-14, -50],
    [-5, -52],
    [5, -52],
    [14, -50],
    [22, -47],
  ];
  const tips: Point[] = [
    [-26, -18],
    [-16, -20.5],
    [-5.5, -20.8],
    [5.5, -20.8],
    [16, -20.5],
    [26, -18],
  ];
  return {
    back,
    front: [
      hairShadow(strands, [[head.temple, -8], ...low, [-head.temple, -8]]),
      path(outline(top, low), { fill: paint.hair }),
      ...roots.map((root, index) => {
        const tip = tips[index] ?? root;
        return stroke(
          spline([root, [(root[0] + tip[0] * 1.3) / 2, -35], tip]),
          index % 2 === 0 ? paint.hairDark : paint.hairLight,
          0.9,
          { 'stroke-opacity': 0.36 },
        );
      }),
      front,
    ].join(''),
  };
}

function longCurly(strands: Strands): HairLayers {
  const { paint, person, head } = strands;
  const v = Math.min(1.04, person.hair.volume);
  const w = 46 * v;
  const rightEdge: Point[] = [
    [0, -57],
    [14, -56],
    [27, -50],
    [37, -39],
    [43, -26],
    [w, -12],
    [w + 1, 3],
    [w + 1, 18],
    [w + 1.5, 33],
    [w + 1, 48],
    [w - 1, 62],
    [w - 8, 73],
    [w - 19, 78],
  ];
  const innerRight: Point[] = [
    [w - 19, 78],
    [28, 64],
    [head.temple - 3, 44],
    [head.temple - 2, 24],
    [head.temple - 2.4, 4],
    [head.temple - 4, -12],
    [24, -26],
    [11, -34],
    [-3, -39],
  ];
  const innerLeft: Point[] = [
    [-3, -39],
    [-17, -33],
    [-head.temple + 6, -22],
    [-head.temple + 2.8, -6],
    [-head.temple + 2, 14],
    [-head.temple + 3, 44],
    [-28, 64],
    [-w + 19, 78],
  ];
  const edge = scallops([...mirrored(rightEdge.slice(1)), ...rightEdge], 0.6);
  const open = edge.slice(0, edge.lastIndexOf('A'));
  const inner = spline([...innerRight]).replace('M', 'L') + spline(innerLeft).replace('M', 'L');
  const rows: Point[] = [];
  for (let y = -46; y <= 66; y += 8.5) {
    const reach = y < -30 ? 22 : 40;
    rows.push([reach - (y % 3), y], [-reach + (y % 4), y + 3]);
    if (y < -38) rows.push([8, y], [-8, y + 2]);
  }
  return {
    back: path(scallops(symmetric(rightEdge), 0.6), { fill: paint.hairBack }),
    front: [
      hairShadow(strands, [...innerRight.slice(3), ...innerLeft.slice(1, 5)]),
      path(`${open}${inner}Z`, { fill: paint.hair }),
      curls(paint, rows, 2.8),
    ].join(''),
  };
}

/** Hair combed back tightly: a cap whose strands run from the hairline to the crown. */
function combedBack(strands: Strands, lift: number): string {
  const { paint, head } = strands;
  const right = skull(head, 3.4, 1.6);
  const outer = [...mirrored(right).slice(0, -1), ...right];
  const hairline = roundHairline(head, lift);
  const roots: Point[] = [
    [-27, -22],
    [-19, -30],
    [-10, -33],
    [0, -34],
    [10, -33],
    [19, -30],
    [27, -22],
  ];
  return [
    hairShadow(strands, hairline),
    path(outline(outer, hairline), { fill: paint.hair }),
    ...roots.map(([x, y], index) =>
      stroke(
        spline([
          [x, y],
          [x * 0.78, y - 9],
          [x * 0.42, -51],
        ]),
        index % 2 === 0 ? paint.hairDark : paint.hairLight,
        0.9,
        { 'stroke-opacity': 0.36 },
      ),
    ),
  ].join('');
}

function bun(strands: Strands): HairLayers {
  const { paint, person } = strands;
  const r = 13 * person.hair.volume;
  return {
    back: [
      ellipse(0, -57, r, r * 0.92, { fill: paint.hair }),
      stroke(
        spline([
          [-r * 0.7, -58],
          [0, -64],
          [r * 0.7, -59],
        ]),
        paint.hairDark,
        1,
        { 'stroke-opacity': 0.4 },
      ),
      stroke(
        spline([
          [-r * 0.5, -54],
          [r * 0.1, -60],
          [r * 0.8, -55],
        ]),
        paint.hairLight,
        1,
        { 'stroke-opacity': 0.35 },
      ),
    ].join(''),
    front: combedBack(strands, 0.5),
  };
}

function ponytail(strands: Strands): HairLayers {
  const { paint } = strands;
  const outer: Point[] = [
    [20, 6],
    [40, 20],
    [47, 46],
    [47, 72],
    [37, 100],
  ];
  const inner: Point[] = [
    [14, 22],
    [26, 38],
    [30, 58],
    [30, 78],
    [37, 100],
  ];
  return {
    middle:
      path(outline(outer, [...inner].reverse()), { fill: paint.hair }) +
      strandLines(paint, outer, inner, [0.2, 0.4, 0.6, 0.8]),
    front: combedBack(strands, 0),
  };
}

function balding({ paint, head, person }: Strands): HairLayers {
  const { temple } = head;
  const fringe: Point[] = [
    [0, -30],
    [temple - 4, -32],
    [temple + 1.6, -20],
    [temple + 2.8, -8],
    [temple + 1.2, 9],
    [0, 12],
  ];
  const temples: Point[] = [
    [temple - 3, -27],
    [temple - 5, -18],
    [temple - 3, -6],
    [temple - 1.2, 5],
    [temple + 1.4, 2],
    [temple + 2, -14],
  ];
  const side = path(loop(temples), { fill: paint.hair });
  return {
    middle: path(loop(symmetric(fringe)), { fill: paint.hair }),
    front: [skullGlow(paint, person), side, group({ transform: 'scale(-1 1)' }, side)].join(''),
  };
}

/** Light on a bare skull. */
const skullGlow = (paint: Paint, person: Person): string =>
  ellipse(-8, -38, 19, 10, { fill: paint.glow, 'fill-opacity': brightness(person.skin.base) > 0.5 ? 0.9 : 0.6 });

function scarf({ paint, person, head }: Strands): HairLayers {
  const { temple, chinY } = head;
  const dark = darken(person.hair.colour, 0.4);
  const light = lighten(person.hair.colour, 0.3);
  const outer: Point[] = [
    [0, -57],
    [21, -53.5],
    [36, -39],
    [42, -14],
    [42, 14],
    [39, 36],
    [43, 54],
    [57, 70],
    [60, 84],
    [36, 98],
    [0, 103],
  ];
  const face: Point[] = [
    [0, -33],
    [16, -30],
    [temple - 7.5, -18],
    [temple - 4, 0],
    [temple - 5.5, 20],
    [person.shape.jaw - 3.4, chinY - 17],
    [person.shape.chin + 4, chinY - 4.5],
    [0, chinY - 1],
  ];
  const ring = spline([...symmetric(face), [0, -33]]);
  const fold = (points: readonly Point[], colour: string, width: number): string =>
    stroke(spline(points), colour, width, { 'stroke-opacity': 0.32 });
  return {
    front: [
      path(`${loop(symmetric(outer))}${ring}Z`, { fill: paint.hair, 'fill-rule': 'evenodd' }),
      stroke(`${ring}Z`, dark, 2.6, { 'stroke-opacity': 0.3 }),
      fold(
        [
          [-temple + 2, -30],
          [-39, -4],
          [-36, 26],
          [-22, 52],
          [4, 66],
        ],
        dark,
        1.2,
      ),
      fold(
        [
          [temple, -34],
          [39, -6],
          [36.5, 24],
          [26, 44],
        ],
        dark,
        1.2,
      ),
      fold(
        [
          [-30, 46],
          [-10, 66],
          [22, 74],
          [50, 74],
        ],
        dark,
        1.4,
      ),
      fold(
        [
          [-44, 62],
          [-18, 78],
          [14, 86],
          [46, 84],
        ],
        dark,
        1.4,
      ),
      fold(
        [
          [-36, 54],
          [-12, 72],
          [20, 80],
          [52, 79],
        ],
        light,
        1.2,
      ),
      fold(
        [
          [-24, -44],
          [-2, -50],
          [22, -45],
        ],
        light,
        1.4,
      ),
      fold(
        [
          [-30, -38],
          [-4, -43],
          [27, -37],
        ],
        dark,
        1,
      ),
    ].join(''),
  };
}
