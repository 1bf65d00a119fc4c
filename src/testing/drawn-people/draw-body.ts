import { darken, lighten } from './colour.ts';
import { faceLine, headLine } from './head.ts';
import type { Paint } from './paint.ts';
import type { Outfit, Person } from './person.ts';
import { ellipse, group, loop, mirrored, outline, type Point, path, spline, stroke, symmetric } from './svg.ts';

type Neckline = { readonly half: number; readonly top: number; readonly depth: number; readonly pointed?: boolean };

/** Neck, shoulders and clothes, down to `bottom` (in hundredths of the head's height below the eyes). */
export function drawBody(person: Person, paint: Paint, bottom: number): string {
  const { neck, shoulders } = person.shape;
  const neckline = necklines[person.outfit.kind](neck);
  const sleeve: Point[] = [
    [neckline.half, neckline.top],
    [(neckline.half + shoulders) / 2, 76.5],
    [shoulders - 7, 86],
    [shoulders + 2, 101],
    [shoulders + 4.6, 128],
    [shoulders + 5.5, 150],
  ];
  const side: Point[] = [
    [shoulders + 5.5, 150],
    [shoulders + 7, Math.max(200, bottom)],
  ];
  const middle: Point[] = neckline.pointed
    ? [[0, neckline.depth]]
    : [
        [-neckline.half * 0.62, neckline.depth - 3.4],
        [0, neckline.depth],
        [neckline.half * 0.62, neckline.depth - 3.4],
      ];
  const opening: Point[] = [[-neckline.half, neckline.top], ...middle, [neckline.half, neckline.top]];
  const silhouette = neckline.pointed
    ? outline(
        sleeve,
        side,
        mirrored(side),
        mirrored(sleeve),
        [
          [-neckline.half, neckline.top],
          [0, neckline.depth],
        ],
        [
          [0, neckline.depth],
          [neckline.half, neckline.top],
        ],
      )
    : outline(sleeve, side, mirrored(side), mirrored(sleeve), opening);
  return [
    person.outfit.kind === 'hoodie' ? drawHood(paint, neck) : '',
    drawNeck(person, paint),
    path(silhouette, {
      fill: paint.cloth,
      stroke: '#17131f',
      'stroke-opacity': 0.08,
      'stroke-width': 1.6,
      'paint-order': 'stroke',
    }),
    details[person.outfit.kind]({ person, paint, opening, neckline, silhouette, bottom: Math.max(180, bottom) }),
    drawFolds(person, paint, bottom),
  ].join('');
}

function drawNeck(person: Person, paint: Paint): string {
  const { neck } = person.shape;
  const { chinY } = headLine(person);
  const right: Point[] = [
    [neck, 26],
    [neck + 0.4, 52],
    [neck + 2.5, 62],
    [neck + 6, 71],
    [neck + 4, 84],
    [0, 104],
  ];
  const shift = faceLine(person).shift;
  return [
    path(outline(right, mirrored(right)), { fill: paint.neck }),
    path(
      outline([
        [-neck, chinY - 12],
        [-neck, chinY + 1],
        [-neck * 0.3 + shift, chinY + 10],
        [neck * 0.7, chinY + 8],
        [neck, chinY],
        [neck, chinY - 12],
      ]),
      { fill: darken(person.skin.shade, 0.3), 'fill-opacity': 0.36 },
    ),
    stroke(
      spline([
        [-5, 74],
        [-14, 71.6],
        [-22, 72],
      ]),
      paint.line,
      0.9,
      { 'stroke-opacity': 0.35 },
    ),
    stroke(
      spline([
        [5, 74],
        [14, 71.6],
        [22, 72],
      ]),
      paint.line,
      0.9,
      { 'stroke-opacity': 0.35 },
    ),
  ].join('');
}

const round =
  (extra: number, depth: number) =>
  (neck: number): Neckline => ({ half: neck + extra, top: 65.5 + extra * 0.25, depth });

const necklines: Readonly<Record<Outfit, (neck: number) => Neckline>> = {
  tee: round(5.5, 77),
  stripes: round(6.5, 77.5),
  boat: round(9, 79),
  hoodie: round(5, 77),
  turtleneck: round(2, 68),
  vNeck: (neck) => ({ half: neck + 6, top: 67, depth: 94, pointed: true }),
  shirt: (neck) => ({ half: neck + 3, top: 64.5, depth: 84, pointed: true }),
  blazer: (neck) => ({ half: neck + 5, top: 66, depth: 128, pointed: true }),
};

type Dressing = {
  readonly person: Person;
  readonly paint: Paint;
  readonly opening: readonly Point[];
  readonly neckline: Neckline;
  readonly silhouette: string;
  readonly bottom: number;
};

/** Band along a round neckline. */
const collarBand = ({ paint, opening }: Dressing): string =>
  stroke(spline(opening), paint.clothDark, 3.2, { 'stroke-opacity': 0.38 });

const details: Readonly<Record<Outfit, (dressing: Dressing) => string>> = {
  tee: collarBand,
  boat: (dressing) => stroke(spline(dressing.opening), dressing.paint.clothDark, 1.8, { 'stroke-opacity': 0.35 }),
  stripes(dressing) {
    const { person, paint, silhouette, bottom } = dressing;
    const lines: string[] = [];
    for (let y = 88; y < bottom; y += 11) {
      lines.push(
        stroke(
          spline([
            [-95, y - 4],
            [-45, y],
            [0, y + 3],
            [45, y],
            [95, y - 4],
          ]),
          person.outfit.accent,
          3.6,
          { 'stroke-opacity': 0.8 },
        ),
      );
    }
    return [
      `<clipPath id="${paint.id}st">${path(silhouette, {})}</clipPath>`,
      group({ 'clip-path': `url(#${paint.id}st)` }, ...lines),
      collarBand(dressing),
    ].join('');
  },
  vNeck: ({ paint, neckline }) =>
    stroke(
      `M${-neckline.half} ${neckline.top}L0 ${neckline.depth}L${neckline.half} ${neckline.top}`,
      paint.clothDark,
      2.8,
      { 'stroke-opacity': 0.42, 'stroke-linejoin': 'round' },
    ),
  hoodie: (dressing) =>
    [
      collarBand(dressing),
      ...[-1, 1].map((side) =>
        stroke(
          spline([
            [side * 8, 78],
            [side * 9.4, 92],
            [side * 8.6, 108],
          ]),
          dressing.person.outfit.accent,
          1.6,
          { 'stroke-opacity': 0.85 },
        ),
      ),
      stroke(
        spline([
          [-34, 178],
          [-26, 158],
          [26, 158],
          [34, 178],
        ]),
        dressing.paint.clothDark,
        1.3,
        { 'stroke-opacity': 0.4 },
      ),
    ].join(''),
  turtleneck({ person, paint }) {
    const n = person.shape.neck;
    return [
      path(
        outline(
          [
            [-n - 1, 54],
            [0, 58.5],
            [n + 1, 54],
          ],
          [
            [n + 1, 54],
            [n + 3, 62],
            [n + 5, 71],
          ],
          [
            [n + 5, 71],
            [0, 76],
            [-n - 5, 71],
          ],
          [
            [-n - 5, 71],
            [-n - 3, 62],
            [-n - 1, 54],
          ],
        ),
        { fill: paint.cloth },
      ),
      stroke(
        spline([
          [-n - 5, 71],
          [0, 76],
          [n + 5, 71],
        ]),
        paint.clothDark,
        1.4,
        { 'stroke-opacity': 0.45 },
      ),
      ...[-0.6, -0.2, 0.2, 0.6].map((x) =>
        stroke(
          spline([
            [x * n, 58],
            [x * (n + 3), 74],
          ]),
          paint.clothDark,
          0.8,
          { 'stroke-opacity': 0.28 },
        ),
      ),
    ].join('');
  },
  shirt({ person, paint, bottom }) {
    const n = person.shape.neck;
    const wing = (side: 1 | -1): string =>
      path(
        outline(
          [
            [side * (n + 0.5), 58],
            [side * (n + 6), 68],
          ],
          [
            [side * (n + 6), 68],
            [side * (n - 1), 90],
          ],
          [
            [side * (n - 1), 90],
            [0, 79],
          ],
          [
            [0, 79],
            [side * (n * 0.62), 70],
            [side * (n + 0.5), 58],
          ],
        ),
        {
          fill: lighten(person.outfit.colour, side === -1 ? 0.24 : 0.12),
          stroke: paint.clothDark,
          'stroke-opacity': 0.35,
          'stroke-width': 0.9,
        },
      );
    const buttons: string[] = [];
    for (let y = 97; y < bottom; y += 19)
      buttons.push(ellipse(1.6, y, 1.15, 1.15, { fill: lighten(person.outfit.colour, 0.55) }));
    return [
      stroke(`M-2.6 80L-2.6 ${bottom}`, paint.clothDark, 1, { 'stroke-opacity': 0.4 }),
      ...buttons,
      wing(-1),
      wing(1),
    ].join('');
  },
  blazer({ person, paint, neckline, bottom }) {
    const { accent, colour } = person.outfit;
    const n = neckline.half;
    const lapel = (side: 1 | -1): string =>
      path(
        outline(
          [
            [side * n, 63],
            [side * (n + 9), 71],
          ],
          [
            [side * (n + 9), 71],
            [side * (n + 14), 90],
          ],
          [
            [side * (n + 14), 90],
            [side * (n + 7), 93],
          ],
          [
            [side * (n + 7), 93],
            [side * (n + 9), 99],
          ],
          [
            [side * (n + 9), 99],
            [0, 131],
          ],
          [
            [0, 131],
            [side * 10, 98],
            [side * n, 63],
          ],
        ),
        {
          fill: side === -1 ? lighten(colour, 0.16) : lighten(colour, 0.05),
          stroke: paint.clothDark,
          'stroke-opacity': 0.4,
          'stroke-width': 1,
        },
      );
    return [
      path(
        outline(
          [
            [-n, 66],
            [-n * 0.6, 75],
            [0, 79],
            [n * 0.6, 75],
            [n, 66],
          ],
          [
            [n, 66],
            [12, 98],
            [0, 129],
          ],
          [
            [0, 129],
            [-12, 98],
            [-n, 66],
          ],
        ),
        { fill: accent },
      ),
      stroke(
        spline([
          [-n, 66],
          [-n * 0.6, 75],
          [0, 79],
          [n * 0.6, 75],
          [n, 66],
        ]),
        darken(accent, 0.3),
        1,
        { 'stroke-opacity': 0.4 },
      ),
      lapel(-1),
      lapel(1),
      stroke(`M0 130L0 ${bottom}`, paint.clothDark, 1.1, { 'stroke-opacity': 0.5 }),
      ellipse(3.4, 142, 1.7, 1.7, { fill: paint.clothDark }),
    ].join('');
  },
};

/** The hood, lying behind the neck. */
function drawHood(paint: Paint, neck: number): string {
  const right: Point[] = [
    [0, 47],
    [neck + 6, 50],
    [neck + 14, 60],
    [neck + 17, 72],
    [neck + 8, 84],
    [0, 88],
  ];
  return path(loop(symmetric(right)), { fill: paint.clothDark });
}

function drawFolds({ shape }: Person, paint: Paint, bottom: number): string {
  const s = shape.shoulders;
  const end = Math.max(200, bottom);
  const arm = (side: 1 | -1): string =>
    path(
      outline(
        [
          [side * s * 0.75, 113],
          [side * s * 0.79, 134],
          [side * s * 0.82, 165],
        ],
        [
          [side * s * 0.82, 165],
          [side * s * 0.86, end],
        ],
        [
          [side * s * 0.8, end],
          [side * s * 0.785, 165],
        ],
        [
          [side * s * 0.785, 165],
          [side * s * 0.775, 134],
          [side * s * 0.75, 113],
        ],
      ),
      {
        fill: paint.clothDark,
        'fill-opacity': 0.5,
      },
    );
  return [
    arm(-1),
    arm(1),
    stroke(
      spline([
        [-s * 0.72, 118],
        [-s * 0.5, 127],
        [-s * 0.32, 129],
      ]),
      paint.clothDark,
      1.2,
      { 'stroke-opacity': 0.2 },
    ),
    stroke(
      spline([
        [s * 0.74, 120],
        [s * 0.52, 130],
        [s * 0.36, 131],
      ]),
      paint.clothDark,
      1.2,
      { 'stroke-opacity': 0.24 },
    ),
  ].join('');
}
