import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MIN_ASSET_SIDE } from '#contract/limits.ts';
import type { Face } from '#shared/face.ts';
import { faceId } from '#shared/face.ts';
import { contains } from '#shared/geometry/rect.ts';
import { type ImageRect, imagePoint, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { annotatedSvg } from './annotated-svg.ts';
import { planAnnotations } from './annotation-plan.ts';
import { MAX_CROP_RATIO, planCrop } from './crop-plan.ts';
import { planObscuring } from './obscure-plan.ts';

const faceIn = (faceNo: number, bound: ImageRect): Face => ({
  id: faceId(faceNo),
  faceNo,
  name: `face_${faceNo - 1}`,
  rawBound: bound,
  bound,
  partlyOutside: false,
  share: 0,
  cropUrl: undefined,
  featureUrl: undefined,
  resources: [],
  args: [],
});

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const boxIn = ({ width, height }: Size) =>
  fc.tuple(unit, unit, unit, unit).map(([a, b, c, d]) => {
    const wide = Math.max(1, c * width);
    const high = Math.max(1, d * height);
    return imageRect(a * (width - wide), b * (height - high), wide, high);
  });
const pictureSizes = fc.record({
  width: fc.integer({ min: 16, max: 6000 }),
  height: fc.integer({ min: 16, max: 6000 }),
});
const pictureWith = <T>(of: (size: Size) => fc.Arbitrary<T>) =>
  pictureSizes.chain((size) => of(size).map((value) => ({ size, value })));

test('lines on a tall or wide picture are as thin as on one of the same width, and leave its faces to be seen', () => {
  const face = faceIn(1, imageRect(100, 100, 90, 90));
  const lineOn = (size: Size) => planAnnotations([face], size, size, { names: false }).boxes[0]?.halo ?? 0;
  const usual = lineOn({ width: 800, height: 1600 });
  expect(lineOn({ width: 800, height: 6000 })).toBe(usual);
  expect(lineOn({ width: 8000, height: 800 })).toBe(usual);
  expect(usual).toBeLessThan(90 / 12);
});

describe('a crop', () => {
  const options = fc.record({ padding: unit, square: fc.boolean() });

  test('lies on the picture, is at least the vendor’s least size, and square when asked', () => {
    fc.assert(
      fc.property(pictureWith(boxIn), options, ({ size, value: bound }, { padding, square }) => {
        const { source, output } = planCrop(bound, size, { padding, square });
        expect(Math.min(source.x, source.y)).toBeGreaterThanOrEqual(0);
        expect(source.x + source.width).toBeLessThanOrEqual(size.width);
        expect(source.y + source.height).toBeLessThanOrEqual(size.height);
        expect([source.x, source.y, source.width, source.height].every(Number.isInteger)).toBe(true);
        expect(Math.min(output.width, output.height)).toBeGreaterThanOrEqual(MIN_ASSET_SIDE);
        if (square) expect(output.width).toBe(output.height);
      }),
    );
  });

  test('is never more elongated than the vendor takes, where the picture has the pixels', () => {
    fc.assert(
      fc.property(pictureWith(boxIn), options, ({ size, value: bound }, chosen) => {
        const { source } = planCrop(bound, size, chosen);
        const longer = Math.max(source.width, source.height);
        const shorter = Math.min(source.width, source.height);
        if (Math.min(size.width, size.height) >= longer / MAX_CROP_RATIO + 2) {
          expect(longer / shorter).toBeLessThanOrEqual(MAX_CROP_RATIO);
        }
      }),
    );
  });

  test('holds the whole face, to the pixel', () => {
    fc.assert(
      fc.property(pictureWith(boxIn), unit, ({ size, value: bound }, padding) => {
        const { source } = planCrop(bound, size, { padding, square: false });
        expect(source.x).toBeLessThanOrEqual(bound.x + 1);
        expect(source.y).toBeLessThanOrEqual(bound.y + 1);
        expect(source.x + source.width).toBeGreaterThanOrEqual(bound.x + bound.width - 1);
        expect(source.y + source.height).toBeGreaterThanOrEqual(bound.y + bound.height - 1);
      }),
    );
  });
});

describe('a crop of a face in the middle of a large picture', () => {
  test('has the room around it that was asked for, by its longer side', () => {
    const { source, output, enlarged } = planCrop(
      imageRect(1000, 1000, 400, 500),
      { width: 4000, height: 3000 },
      { padding: 0.2, square: false },
    );
    expect(source).toEqual(imageRect(900, 900, 600, 700));
    expect([output, enlarged]).toEqual([{ width: 600, height: 700 }, false]);
  });
});

test('a covered face becomes six cells across its shorter side, and as many of the same size along the other', () => {
  const size = { width: 2000, height: 2000 };
  const faces = [faceIn(1, imageRect(500, 500, 200, 300)), faceIn(2, imageRect(1000, 500, 300, 200))];
  const cells = planObscuring(faces, new Set(), size, size).map((step) =>
    step.kind === 'obscure' ? step.cells : step,
  );
  expect(cells).toContainEqual({ width: 6, height: 9 });
  expect(cells).toContainEqual({ width: 9, height: 6 });
});

describe('annotations', () => {
  test('are twice as large in a file of twice the size, at twice the places', () => {
    const face = { ...faceIn(12, imageRect(1000, 800, 400, 500)), name: 'anna' };
    const at = (width: number) =>
      planAnnotations([face], { width: 4000, height: 3000 }, { width, height: width * 0.75 }, { names: true });
    const [small, large] = [at(4000).badges[0], at(8000).badges[0]];
    if (small === undefined || large === undefined) throw new Error('There is no badge');
    for (const key of ['x', 'y', 'width', 'height', 'radius', 'border', 'fontSize', 'numberX', 'middleY'] as const) {
      expect(Math.abs(large[key] - 2 * small[key])).toBeLessThanOrEqual(2);
    }
    expect(small.middleY).toBe(small.y + small.height / 2);
    // Above the box and within it across, with the name behind the number.
    expect(small.y + small.height).toBeLessThan(800);
    expect(small.x).toBe(1000);
    expect(small.name?.x).toBeGreaterThan(small.numberX);
    const unnamed = planAnnotations(
      [face],
      { width: 4000, height: 3000 },
      { width: 4000, height: 3000 },
      { names: false },
    );
    expect(unnamed.badges[0]?.width).toBeLessThan(small.width);
    expect(unnamed.badges[0]?.numberX).toBe((unnamed.badges[0]?.x ?? 0) + (unnamed.badges[0]?.width ?? 0) / 2);
  });

  test('have smaller badges where a crowd leaves no room for large ones', () => {
    const size = { width: 2000, height: 1500 };
    const crowded = Array.from({ length: 300 }, (_, index) =>
      faceIn(index + 1, imageRect((index % 20) * 100 + 20, Math.floor(index / 20) * 100 + 30, 60, 60)),
    );
    const sizeOf = (faces: readonly Face[]) =>
      planAnnotations(faces, size, size, { names: false }).badges[0]?.fontSize ?? 0;
    expect(sizeOf(crowded)).toBeLessThan(sizeOf(crowded.slice(0, 1)));
  });

  const crowd = (size: Size) => fc.array(boxIn(size), { maxLength: 60 });

  test('every face has its box where it is and its number on the picture', () => {
    fc.assert(
      fc.property(pictureWith(crowd), fc.boolean(), ({ size, value: bounds }, names) => {
        const faces = bounds.map((bound, index) => faceIn(index + 1, bound));
        const plan = planAnnotations(faces, size, size, { names });
        expect(plan.badges.map(({ number }) => Number(number)).toSorted((a, b) => a - b)).toEqual(
          faces.map(({ faceNo }) => faceNo),
        );
        expect(plan.boxes).toHaveLength(faces.length);
        for (const { x, y } of plan.badges) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(size.width);
          expect(y).toBeLessThanOrEqual(size.height);
        }
        for (const { bound } of faces) {
          const near = plan.boxes.some(
            (box) =>
              Math.abs(box.x - bound.x) <= 1 &&
              Math.abs(box.y - bound.y) <= 1 &&
              Math.abs(box.width - bound.width) <= 1.5 &&
              Math.abs(box.height - bound.height) <= 1.5,
          );
          expect(near).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('are scaled by one transform to the pixels of the file', () => {
    const faces = [faceIn(1, imageRect(100, 50, 40, 60))];
    const { boxes, size } = planAnnotations(
      faces,
      { width: 400, height: 300 },
      { width: 4000, height: 3000 },
      { names: false },
    );
    expect(size).toEqual({ width: 4000, height: 3000 });
    expect(boxes[0]).toMatchObject({ width: 400, height: 600 });
    expect(Math.abs((boxes[0]?.x ?? 0) - 1000)).toBeLessThan(1);
  });

  test('have lines that grow with the picture', () => {
    const lineAt = (scale: number) => {
      const size = { width: 1000 * scale, height: 800 * scale };
      const face = faceIn(1, imageRect(100 * scale, 100 * scale, 200 * scale, 200 * scale));
      return planAnnotations([face], size, size, { names: false }).boxes[0]?.line ?? 0;
    };
    expect(lineAt(4)).toBe(4 * lineAt(1) - 1);
  });

  test('as SVG hold no markup that came with a name', () => {
    const face = { ...faceIn(1, imageRect(10, 10, 50, 50)), name: '<script>&"' };
    const size = { width: 100, height: 100 };
    const svg = annotatedSvg(planAnnotations([face], size, size, { names: true }), 'data:,', '</title><b>');
    // Readers of SVG 1.1 show no picture without the prefix, and no baseline but the letters' own.
    expect(svg).toContain('xmlns:xlink="http://www.w3.org/1999/xlink"');
    expect(svg).toMatch(/<image [^>]*xlink:href="data:,"/);
    expect(svg).not.toMatch(/ href=|dominant-baseline/);
    expect(svg).not.toContain('<script>');
    expect(svg).toContain('&lt;script&gt;&amp;&quot;');
    expect(svg).not.toContain('<b>');
  });
});

describe('covering faces', () => {
  test('covers every face but the chosen ones, whole and with few colours', () => {
    fc.assert(
      fc.property(
        pictureWith((size) => fc.array(boxIn(size), { minLength: 1, maxLength: 20 })),
        fc.nat(),
        ({ size, value: bounds }, pick) => {
          const faces = bounds.map((bound, index) => faceIn(index + 1, bound));
          const chosen = faces[pick % faces.length];
          const steps = planObscuring(faces, new Set(chosen === undefined ? [] : [chosen.id]), size, size);
          const covered = steps.filter((step) => step.kind === 'obscure');
          expect(covered).toHaveLength(faces.length - 1);
          for (const { cells } of covered) expect(cells.width * cells.height).toBeLessThanOrEqual(144);
          for (const { id, bound } of faces) {
            if (id === chosen?.id) continue;
            const corners = [imagePoint(bound.x, bound.y), imagePoint(bound.x + bound.width, bound.y + bound.height)];
            expect(covered.some(({ area }) => corners.every((corner) => contains(area, corner)))).toBe(true);
          }
        },
      ),
    );
  });

  test('covers hair, ears and chin as well: more than a tenth of the box beyond it on every side that has picture', () => {
    const beyond = 0.12;
    fc.assert(
      fc.property(pictureWith(boxIn), pictureSizes, ({ size, value: bound }, file) => {
        const [step] = planObscuring([faceIn(1, bound)], new Set(), size, file);
        // In pixels of the file, where it has less picture than that on one side, up to its edge.
        const across = file.width / size.width;
        const down = file.height / size.height;
        const { x, y, width, height } = step?.area ?? imageRect(0, 0, 0, 0);
        expect(x).toBeLessThanOrEqual(Math.max(0, (bound.x - beyond * bound.width) * across));
        expect(y).toBeLessThanOrEqual(Math.max(0, (bound.y - beyond * bound.height) * down));
        expect(x + width).toBeGreaterThanOrEqual(
          Math.min(file.width, (bound.x + (1 + beyond) * bound.width) * across) - 1e-6,
        );
        expect(y + height).toBeGreaterThanOrEqual(
          Math.min(file.height, (bound.y + (1 + beyond) * bound.height) * down) - 1e-6,
        );
      }),
    );
  });

  test('a face that was drawn by hand is covered like a found one, dashed, and has a plus in place of a number', () => {
    const size = { width: 400, height: 400 };
    const found = faceIn(1, imageRect(50, 50, 100, 100));
    const drawn = { id: 'drawn-1', drawnNo: 1, bound: imageRect(250, 250, 80, 80) } as const;
    expect(planObscuring([found, drawn], new Set([found.id]), size, size).map(({ kind }) => kind)).toEqual([
      'restore',
      'obscure',
    ]);
    const plan = planAnnotations([found], size, size, { names: true }, [drawn]);
    expect(plan.boxes.map(({ dash }) => dash !== undefined)).toEqual([false, true]);
    expect(plan.badges.map(({ number, name }) => [number, name?.text])).toEqual([
      ['1', found.name],
      ['+', 'drawn'],
    ]);
    expect(annotatedSvg(plan, 'data:,', 'x').match(/class="drawn" stroke-dasharray="[\d. ]+"/g)).toHaveLength(1);
  });

  test('a small face before the chosen one is covered after it was brought back', () => {
    const size = { width: 400, height: 400 };
    const large = faceIn(1, imageRect(50, 50, 300, 300));
    const small = faceIn(2, imageRect(100, 100, 40, 40));
    const kinds = planObscuring([small, large], new Set([large.id]), size, size).map(({ kind }) => kind);
    expect(kinds).toEqual(['restore', 'obscure']);
  });
});
