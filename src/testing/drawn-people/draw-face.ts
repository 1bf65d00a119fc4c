import { darken, lighten, mix } from './colour.ts';
import { type FaceLine, faceLine, HAIRLINE_Y, type HeadLine, headLine } from './head.ts';
import type { Paint } from './paint.ts';
import type { Person } from './person.ts';
import { el, ellipse, group, loop, mirrored, outline, type Point, path, spline, stroke, symmetric } from './svg.ts';

/** Ears, head and everything on it but hair and glasses. */
export function drawFace(person: Person, paint: Paint): string {
  const head = headLine(person);
  const face = faceLine(person);
  return [
    drawEars(person, head),
    drawHead(paint, head),
    group(
      { transform: `translate(${face.shift.toFixed(2)} 0)` },
      drawCheeks(person, paint, face),
      drawAge(person, paint, face),
      drawNose(person, paint, face),
      drawEye(person, paint, face, -1),
      drawEye(person, paint, face, 1),
      drawBrow(person, paint, face, -1),
      drawBrow(person, paint, face, 1),
      drawBeard(person, paint, head, face),
      drawMouth(person, paint, face),
    ),
  ].join('');
}

function drawEars({ skin, earrings, pose }: Person, { temple }: HeadLine): string {
  const ear = (side: 1 | -1): string => {
    const near = 1 + side * pose.turn * -0.28;
    const x = temple - 1;
    const rim: Point[] = [
      [x, -6],
      [x + 4.2 * near, -8.4],
      [x + 6.4 * near, -3],
      [x + 5 * near, 6],
      [x + 3 * near, 12.6],
      [x, 13],
    ];
    return group(
      side === 1 ? {} : { transform: 'scale(-1 1)' },
      path(loop(rim), { fill: side === 1 ? mix(skin.base, skin.shade, 0.6) : skin.base }),
      stroke(
        spline([
          [x + 2, -4],
          [x + 4.4 * near, -4.4],
          [x + 3.8 * near, 2],
          [x + 2, 7],
        ]),
        skin.shade,
        1.1,
        { 'stroke-opacity': 0.8 },
      ),
      earrings
        ? ellipse(x + 2.4 * near, 15, 1.3, 1.3, { fill: '#e6c777', stroke: '#a98338', 'stroke-width': 0.4 })
        : '',
    );
  };
  return ear(-1) + ear(1);
}

function drawHead(paint: Paint, { right, chinY }: HeadLine): string {
  const line = loop(symmetric(right));
  return [
    path(line, { fill: paint.skin }),
    path(line, { fill: paint.faceShade }),
    ellipse(-8, HAIRLINE_Y + 14, 22, 14, { fill: paint.glow }),
    ellipse(-1, chinY - 6, 10, 5.5, { fill: paint.glow }),
  ].join('');
}

function drawCheeks({ skin, freckles }: Person, paint: Paint, { eyeX, noseY }: FaceLine): string {
  const cheek = (side: 1 | -1): string => {
    const dots: Point[] = [
      [-4, -6],
      [0, -7.5],
      [4, -5.4],
      [-2, -3],
      [2.6, -2],
      [6, -3.2],
    ];
    return [
      ellipse(side * (eyeX + 3.4), noseY - 2.5, 9.5, 7.2, { fill: paint.blush }),
      freckles
        ? dots
            .map(([x, y]) =>
              ellipse(side * (eyeX - 1 + x), noseY - 1 + y, 0.62, 0.55, {
                fill: darken(skin.shade, 0.12),
                'fill-opacity': 0.5,
              }),
            )
            .join('')
        : '',
    ].join('');
  };
  return cheek(-1) + cheek(1);
}

/** The lines that years leave. */
function drawAge({ age }: Person, paint: Paint, { eyeX, noseY, mouthY }: FaceLine): string {
  if (age === 'child' || age === 'young') return '';
  const strength = age === 'older' ? 0.32 : 0.18;
  const line = (side: 1 | -1): string => {
    const at = (points: readonly Point[]): string => spline(points.map(([x, y]): Point => [side * x, y]));
    const thin = { 'stroke-opacity': strength };
    return [
      stroke(
        at([
          [8.4, noseY - 1.5],
          [11.4, noseY + 4],
          [13, mouthY - 1],
        ]),
        paint.line,
        0.9,
        thin,
      ),
      stroke(
        at([
          [eyeX - 5, 6.6],
          [eyeX, 8],
          [eyeX + 5.4, 6.4],
        ]),
        paint.line,
        0.8,
        thin,
      ),
      age === 'older'
        ? stroke(
            at([
              [eyeX + 9.6, -1.6],
              [eyeX + 12.4, -2.6],
            ]),
            paint.line,
            0.7,
            thin,
          ) +
          stroke(
            at([
              [eyeX + 9.8, 0.8],
              [eyeX + 12.6, 1.6],
            ]),
            paint.line,
            0.7,
            thin,
          )
        : '',
    ].join('');
  };
  const forehead =
    age === 'older'
      ? stroke(
          spline([
            [-12, -22],
            [0, -23.4],
            [12, -22],
          ]),
          paint.line,
          0.8,
          { 'stroke-opacity': 0.22 },
        )
      : '';
  return line(-1) + line(1) + forehead;
}

function drawNose({ nose, skin }: Person, paint: Paint, { noseY }: FaceLine): string {
  const w = nose.width;
  const tip = noseY - 3;
  const bridge = outline(
    [
      [2.4, -7],
      [3.1, 2],
      [4.1, tip - 5],
      [w * 0.9, tip],
    ],
    [
      [w * 0.9, tip],
      [w, tip + 2.4],
      [w * 0.72, noseY + 0.6],
    ],
    [
      [w * 0.72, noseY + 0.6],
      [2.4, noseY - 2],
      [1.2, tip - 8],
      [0.8, -4],
      [2.4, -7],
    ],
  );
  const wing = (side: 1 | -1): string =>
    stroke(
      spline([
        [side * w * 0.86, tip - 1.2],
        [side * w * 1.04, tip + 1.6],
        [side * w * 0.8, noseY + 0.2],
      ]),
      paint.line,
      0.95,
      {
        'stroke-opacity': side === 1 ? 0.62 : 0.4,
      },
    );
  const nostril = (side: 1 | -1): string =>
    path(
      loop([
        [side * 1.7, noseY + 0.1],
        [side * w * 0.5, noseY - 1.35],
        [side * w * 0.74, noseY - 0.2],
        [side * w * 0.42, noseY + 0.5],
      ]),
      { fill: darken(skin.shade, 0.52), 'fill-opacity': 0.85 },
    );
  return [
    path(bridge, { fill: skin.shade, 'fill-opacity': 0.4 }),
    ellipse(0, noseY + 1.6, w * 0.95, 1.7, { fill: skin.shade, 'fill-opacity': 0.42 }),
    ellipse(-0.8, tip - 0.8, 4, 3.4, { fill: paint.glow }),
    stroke(
      spline([
        [-0.7, -6],
        [-0.9, 2],
        [-0.9, tip - 6],
      ]),
      lighten(skin.light, 0.4),
      1.7,
      { 'stroke-opacity': 0.3 },
    ),
    wing(-1),
    wing(1),
    nostril(-1),
    nostril(1),
    stroke(
      spline([
        [-1.9, noseY + 0.7],
        [0, noseY + 1.3],
        [1.9, noseY + 0.7],
      ]),
      paint.line,
      0.8,
      { 'stroke-opacity': 0.55 },
    ),
  ].join('');
}

function drawEye(person: Person, paint: Paint, { eyeX }: FaceLine, side: 1 | -1): string {
  const { eyes, skin, feminine, age, pose } = person;
  const w = eyes.width;
  const up = 3.85 * eyes.open;
  const down = 2.7 * eyes.open;
  // Drawn as the eye at the picture's right (inner corner left) and mirrored for the other; the gaze is mirrored back.
  const upper: Point[] = [
    [-w, 0.9],
    [-w * 0.5, -up * 0.72],
    [w * 0.12, -up],
    [w * 0.62, -up * 0.66],
    [w, -eyes.slant],
  ];
  const lower: Point[] = [
    [w, -eyes.slant],
    [w * 0.5, down * 0.82],
    [-w * 0.1, down],
    [-w * 0.66, down * 0.68],
    [-w, 0.9],
  ];
  const opening = outline(upper, lower);
  const clip = `${paint.id}e${side === 1 ? 'r' : 'l'}`;
  const look = (pose.gaze + pose.turn * 0.5) * 1.1 * side;
  const iris = age === 'child' ? 4 : 3.65;
  const lashes = mix('#1a1214', skin.shade, feminine ? 0.04 : 0.18);
  const thick = feminine ? 1.75 : 1.25;
  const lid = outline(upper, [
    [w, -eyes.slant],
    ...(feminine ? ([[w + 1.5, -eyes.slant - 1.5]] as const) : []),
    [w * 0.6, -up * 0.7 - thick * 0.9],
    [w * 0.1, -up - thick],
    [-w * 0.52, -up * 0.74 - thick * 0.62],
    [-w - 0.3, 0.9],
  ]);
  return group(
    { transform: `translate(${(side * eyeX).toFixed(2)} 0)${side === -1 ? ' scale(-1 1)' : ''}` },
    ellipse(0, -2, w + 5, up + 7, { fill: paint.socket }),
    `<clipPath id="${clip}">${path(opening, {})}</clipPath>`,
    path(opening, { fill: paint.eyeWhite }),
    group(
      { 'clip-path': `url(#${clip})` },
      ellipse(-w + 0.9, 0.9, 1.5, 1.3, { fill: '#d99a8c', 'fill-opacity': 0.75 }),
      ellipse(look, -0.55, iris, iris, { fill: paint.iris }),
      ellipse(look, -0.55, iris * 0.46, iris * 0.46, { fill: '#120d10' }),
      path(
        outline(upper, [
          [w, -eyes.slant + 1.5],
          [w * 0.1, -up + 1.9],
          [-w, 2],
        ]),
        { fill: '#2a1a1e', 'fill-opacity': 0.24 },
      ),
    ),
    ellipse(look - side * 1.25, -1.85, 1, 1, { fill: '#ffffff', 'fill-opacity': 0.95 }),
    ellipse(look + side * 1.3, 0.75, 0.5, 0.5, { fill: '#ffffff', 'fill-opacity': 0.5 }),
    path(lid, { fill: lashes }),
    stroke(spline(lower), paint.line, 0.6, { 'stroke-opacity': 0.5 }),
    eyes.fold > 0
      ? stroke(
          spline([
            [-w * 0.82, -up * 0.72 - 1.5],
            [0, -up - 2.9],
            [w * 0.92, -up * 0.5 - 2.2],
          ]),
          paint.line,
          0.8,
          { 'stroke-opacity': eyes.fold * 0.66 },
        )
      : '',
  );
}

function drawBrow({ brows, eyes }: Person, paint: Paint, { eyeX }: FaceLine, side: 1 | -1): string {
  const y = -11.2 - brows.lift - (eyes.open - 1) * 3;
  const t = brows.thick;
  const inner = eyeX - 7.6;
  const outer = eyeX + 9.4;
  const top: Point[] = [
    [inner, y - brows.arch * 0.2 + t * 0.1],
    [inner + 1.6, y - brows.arch * 0.42 - t * 0.45],
    [eyeX - 0.5, y - brows.arch * 0.86 - t * 0.55],
    [eyeX + 4.6, y - brows.arch - t * 0.28],
    [outer, y + 1.3],
  ];
  const low: Point[] = [
    [outer, y + 1.3],
    [eyeX + 4.2, y - brows.arch + t * 0.6],
    [eyeX - 0.8, y - brows.arch * 0.72 + t * 0.5],
    [inner + 1, y - brows.arch * 0.3 + t * 0.62],
    [inner, y - brows.arch * 0.2 + t * 0.1],
  ];
  const place = (points: readonly Point[]): Point[] => points.map(([x, py]): Point => [side * x, py]);
  return path(outline(place(top), place(low)), { fill: paint.brow, 'fill-opacity': 0.92 });
}

function drawMouth({ mouth, lips, skin, beard }: Person, paint: Paint, { mouthY }: FaceLine): string {
  const w = mouth.width;
  const s = mouth.smile;
  const f = mouth.full;
  const y = mouthY;
  const corner = y - s * 0.95;
  const left: Point = [-w, corner];
  const right: Point = [w, corner];
  const open = mouth.kind === 'open';
  const gap = open ? 2 + s * 0.55 : 0;
  const bow: Point[] = [
    left,
    [-w * 0.5, y - 1.9 * f - s * 0.42],
    [-w * 0.17, y - 3.1 * f],
    [0, y - 2.35 * f],
    [w * 0.17, y - 3.1 * f],
    [w * 0.5, y - 1.9 * f - s * 0.42],
    right,
  ];
  const seam: Point[] = [right, [w * 0.5, y + s * 0.22], [0, y + 0.25 + s * 0.2], [-w * 0.5, y + s * 0.22], left];
  const rimTop: Point[] = [
    left,
    [-w * 0.5, y + s * 0.22 + gap * 0.75],
    [0, y + 0.25 + s * 0.2 + gap],
    [w * 0.5, y + s * 0.22 + gap * 0.75],
    right,
  ];
  const rimLow: Point[] = [
    right,
    [w * 0.56, y + 2.5 * f + gap * 0.85],
    [0, y + 4.4 * f + gap],
    [-w * 0.56, y + 2.5 * f + gap * 0.85],
    left,
  ];
  const dark = darken(lips, 0.5);
  return [
    beard === 'full' ? '' : ellipse(0, y + 6.3 * f + gap, w * 0.52, 1.5, { fill: skin.shade, 'fill-opacity': 0.5 }),
    open ? path(outline(seam, rimTop), { fill: '#6a2a2c' }) : '',
    open
      ? path(
          outline(
            [...seam].map(([x, py]): Point => [x * 0.9, py]),
            rimTop.map(([x, py]): Point => [x * 0.88, py - gap * 0.22]),
          ),
          { fill: '#f7f2ec' },
        )
      : '',
    path(outline(rimTop, rimLow), { fill: paint.lowerLip }),
    path(outline(bow, seam), { fill: darken(lips, 0.16) }),
    open ? '' : stroke(spline(rimTop), dark, 0.95, { 'stroke-opacity': 0.8 }),
    ellipse(-0.8, y + 2.5 * f + gap, w * 0.3, 0.75 * f, { fill: '#ffffff', 'fill-opacity': 0.22 }),
    ...[-1, 1].map((side) =>
      stroke(
        spline([
          [side * (w + 0.7), corner - 1.2],
          [side * (w + 1.5), corner + 0.4],
          [side * (w + 0.9), corner + 1.9],
        ]),
        paint.line,
        0.8,
        { 'stroke-opacity': 0.3 },
      ),
    ),
  ].join('');
}

function drawBeard(
  { beard, shape, mouth }: Person,
  paint: Paint,
  { temple, chinY }: HeadLine,
  { shift, mouthY, noseY }: FaceLine,
): string {
  if (beard === 'none') return '';
  const moustacheY = (noseY + mouthY) / 2 + 0.6;
  const moustache = (thick: number): string => {
    const right: Point[] = [
      [0, moustacheY - thick * 0.7],
      [5, moustacheY - thick],
      [mouth.width * 0.86, mouthY - 2.4],
      [mouth.width + 1.6, mouthY + 1],
    ];
    const under: Point[] = [
      [mouth.width + 1.6, mouthY + 1],
      [mouth.width * 0.6, mouthY - 1.5],
      [0, mouthY - 2.2],
    ];
    return outline(right, under, mirrored(under), mirrored(right));
  };
  if (beard === 'moustache') return path(moustache(2), { fill: paint.brow });
  const full = beard === 'full';
  const drop = full ? 6.5 : beard === 'short' ? 2 : 0.3;
  const side = full ? 1 : 0.2;
  const { jaw, cheek, chin } = shape;
  const outer: Point[] = [
    [temple - 0.4, 2],
    [cheek - (cheek - jaw) * 0.36 + side, 19],
    [jaw + side * 1.2, chinY - 18],
    [(jaw + chin) / 2 + 1.4 + side, chinY - 7 + drop * 0.6],
    [chin + side, chinY - 1.6 + drop],
    [0, chinY + drop],
  ];
  const inner: Point[] = [
    [0, mouthY + 6.8],
    [mouth.width * 0.75, mouthY + 5.4],
    [mouth.width + 1.3, mouthY + 1],
    [mouth.width + 1.6, mouthY - 2.5],
    [mouth.width + 5.5, mouthY - 6],
    [jaw - 2, 15],
    [temple - 3.4, 2],
  ];
  const line = outline(outer, inner, mirrored(inner), mirrored(outer));
  const soft = beard === 'stubble';
  return group(
    { transform: `translate(${(-shift * 0.6).toFixed(2)} 0)`, opacity: soft ? 0.15 : undefined },
    path(line, { fill: soft ? paint.brow : paint.hair }),
    soft ? '' : path(line, { fill: paint.brow, 'fill-opacity': 0.3 }),
    path(moustache(soft ? 1.4 : 1.8), { fill: paint.brow }),
    ellipse(0, mouthY + 7, 2.6, 1.9, { fill: paint.brow }),
  );
}

/** Frames over the eyes and their arms to the ears. */
export function drawGlasses(person: Person): string {
  const { glasses, eyes, outfit } = person;
  if (glasses === 'none') return '';
  const { shift, eyeX } = faceLine(person);
  const { temple } = headLine(person);
  const frame = outfit.kind === 'blazer' ? '#7a4f2d' : '#2b2730';
  const rx = eyes.width + 3.1;
  const lens = (side: 1 | -1): string => {
    const cx = side * (eyeX + 0.4);
    const look = { fill: '#ffffff', 'fill-opacity': 0.09, stroke: frame, 'stroke-width': 1.25 };
    return glasses === 'round'
      ? ellipse(cx, 0.6, rx, rx * 0.94, look)
      : el('rect', { x: cx - rx, y: 0.6 - rx * 0.72, width: rx * 2, height: rx * 1.44, rx: rx * 0.42, ...look });
  };
  return group(
    { transform: `translate(${shift.toFixed(2)} 0)` },
    lens(-1),
    lens(1),
    stroke(
      spline([
        [-(eyeX - rx + 0.2), -0.8],
        [0, -2.6],
        [eyeX - rx + 0.2, -0.8],
      ]),
      frame,
      1.25,
    ),
    stroke(
      spline([
        [-(eyeX + rx), -1.6],
        [-temple - shift, -3],
      ]),
      frame,
      1.1,
    ),
    stroke(
      spline([
        [eyeX + rx, -1.6],
        [temple - shift, -3],
      ]),
      frame,
      1.1,
    ),
  );
}
