import { describe, expect, it } from 'vitest';
import { iou } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { colourNetworks, type PaintedFace, paintFaces, sourceOf } from '#testing/detector/fake-ports.ts';
import { SSD_LARGE_SIDE, SSD_SIDE } from '../models/model-files.ts';
import type { Networks } from '../ports.ts';
import { cutWhole, findFaces } from './find-faces.ts';
import { winner } from './orientation.ts';
import { type QuarterTurn, TURNS, turnBack, turnPixels } from './quarter-turn.ts';

type Sees = NonNullable<Parameters<typeof colourNetworks>[1]>;

/** What the closer look costs: as many pixels as so many looks at the usual side. */
const CLOSER = (SSD_LARGE_SIDE / SSD_SIDE) ** 2;

/**
 * Looks for painted faces in a picture that lies: it stands upright once it is turned by `lies`. `passes` counts looks,
 * smaller and larger ones by what they cost; `questions` are squares shown to the second network.
 */
async function find(
  size: Size,
  faces: readonly PaintedFace[],
  { lies = 0, sees = 'any', change = (networks) => networks }: Options = {},
) {
  let passes = 0;
  let questions = 0;
  const networks = colourNetworks((side) => {
    passes += (side / SSD_SIDE) ** 2;
  }, sees);
  const upright = paintFaces(size, faces);
  const picture = sourceOf(turnPixels(upright, TURNS[(4 - lies / 90) % 4] ?? 0));
  const counting: Networks = {
    ...networks,
    judgeFaces: (pixels) => {
      questions += pixels.length / (192 * 192 * 3);
      return networks.judgeFaces(pixels);
    },
  };
  const found = await findFaces(picture, await cutWhole(picture), change(counting));
  // Where the painted faces lie in the picture.
  const expected = faces.map(({ box }) => turnBack(box, lies, picture));
  return { ...found, passes, questions, expected };
}
type Options = { lies?: QuarterTurn; sees?: Sees; change?: (networks: Networks) => Networks };

const square = (x: number, y: number, side: number): ImageRect => imageRect(x, y, side, side);
const isFound = (faces: readonly { box: ImageRect }[], box: ImageRect, least = 0.85): boolean =>
  faces.some((face) => iou(face.box, box) > least);
const PORTRAIT = { width: 640, height: 480 };
const couple = [{ box: imageRect(60, 80, 150, 190) }, { box: imageRect(360, 70, 140, 180) }];
const many = [square(60, 400, 40), square(700, 480, 40), square(790, 40, 40), square(1400, 800, 40)].map((box) => ({
  box,
}));

describe('a picture that lies', () => {
  it.each(TURNS)(
    'tells its faces where they are as it lies, and that it stands upright after %i degrees',
    async (lies) => {
      const { faces, turn, expected } = await find(PORTRAIT, couple, { lies });
      expect(turn).toBe(lies);
      expect(faces).toHaveLength(2);
      for (const box of expected) expect(isFound(faces, box)).toBe(true);
    },
  );

  it.each(TURNS)('shows small faces to a closer look in its turn of %i', async (lies) => {
    const { faces, expected } = await find({ width: 1600, height: 1000 }, many, { lies });
    expect(faces).toHaveLength(4);
    for (const box of expected) expect(isFound(faces, box, 0.8)).toBe(true);
  });

  it('costs one question when it stands upright', async () => {
    const { passes, questions } = await find(PORTRAIT, couple);
    expect([passes, questions]).toEqual([1, 1]);
  });

  it.each([90, 180, 270] as const)(
    'is found out by a small look where nobody is seen that lies, by %i',
    async (lies) => {
      const { faces, turn, passes, expected } = await find(PORTRAIT, couple, { lies, sees: 'upright' });
      expect(turn).toBe(lies);
      for (const box of expected) expect(isFound(faces, box)).toBe(true);
      // Whole, closer, margin; a quarter each for three turns; whole again.
      expect(passes).toBe(1 + CLOSER + 1 + 0.75 + 1);
    },
  );

  it('costs less than six passes when nobody is there', async () => {
    const { faces, turn, passes } = await find(PORTRAIT, []);
    expect([faces, turn, passes]).toEqual([[], 0, 1 + CLOSER + 1 + 0.75]);
  });
});

describe('the picture stays as it lies', () => {
  it('for one face that stands upright, whoever lies beside it', async () => {
    const faces = [
      { box: square(40, 40, 150), turn: 90, score: 0.95 },
      { box: square(240, 40, 150), turn: 90, score: 0.94 },
      { box: square(440, 40, 150), score: 0.75 },
      { box: square(40, 280, 150), turn: 90, score: 0.7 },
    ];
    expect(await find(PORTRAIT, faces)).toMatchObject({ turn: 0, passes: 1 });
  });

  it('when two sure faces would be lost', async () => {
    const blinded = (networks: Networks): Networks => {
      let looks = 0;
      return {
        ...networks,
        findFaces: (...asked) => {
          looks += 1;
          if (looks === 1) return networks.findFaces(...asked);
          return Promise.resolve({ boxes: new Float32Array(), scores: new Float32Array() });
        },
      };
    };
    const { turn, faces, expected } = await find(PORTRAIT, couple, { lies: 180, change: blinded });
    expect(turn).toBe(0);
    for (const box of expected) expect(isFound(faces, box)).toBe(true);
  });

  it('for things without a face in them', async () => {
    const things = [{ box: square(40, 40, 150), eyes: false, score: 0.6 }];
    expect(await find(PORTRAIT, things, { lies: 90 })).toMatchObject({ turn: 0, faces: [] });
  });
});

describe('votes for a turn', () => {
  it('are counted, then weighed', () => {
    const vote = (turn: QuarterTurn, upright: number) => ({ turn, upright });
    expect(winner([])).toBeUndefined();
    expect(winner([vote(90, 30), vote(180, 13), vote(180, 14)])).toBe(180);
    expect(winner([vote(90, 20), vote(270, 21)])).toBe(270);
  });
});

describe('a crowd', () => {
  const size = { width: 2000, height: 1400 };
  const crowd = Array.from({ length: 8 }, (_, index) => ({
    box: square(150 + (index % 4) * 450, 200 + Math.floor(index / 4) * 700, 60),
  }));

  it('is looked at from nearer, and each face is told once', async () => {
    const { faces, passes, expected } = await find(size, crowd);
    expect(passes).toBe(1 + CLOSER + 6);
    expect(faces).toHaveLength(8);
    for (const box of expected) expect(isFound(faces, box)).toBe(true);
  });

  it('is looked at from nearer at once where the first look shows it', async () => {
    const nearer = crowd.map(({ box }) => ({ box: square(box.x, box.y, 90) }));
    const { faces, passes, expected } = await find(size, nearer);
    expect(passes).toBe(1 + 6);
    expect(faces).toHaveLength(8);
    for (const box of expected) expect(isFound(faces, box)).toBe(true);
  });

  it('is not looked for where nothing small was seen', async () => {
    const below = crowd.map(({ box }, index) => ({
      box: square(box.x, 850 + (index % 2) * 150 + Math.floor(index / 4) * 250, 60),
    }));
    const { faces, passes } = await find(size, below);
    expect(passes).toBe(1 + CLOSER + 3);
    expect(faces).toHaveLength(8);
  });

  it('begins with six small faces', async () => {
    expect((await find(size, crowd.slice(0, 5))).passes).toBe(1 + CLOSER);
  });

  it('keeps a larger face that the near look cuts', async () => {
    const large = { box: square(620, 400, 420) };
    const { faces, expected } = await find(size, [large, ...crowd]);
    expect(faces).toHaveLength(9);
    for (const box of expected) expect(isFound(faces, box)).toBe(true);
  });
});

describe('a weak hint of something small beside a face', () => {
  const size = { width: 1280, height: 960 };
  const face = { box: square(200, 200, 300) };
  const weak = { box: square(900, 600, 80), score: 0.25 };

  it('is no reason to look closer where the second network sees no face in it', async () => {
    expect(await find(size, [face, { ...weak, eyes: false }])).toMatchObject({ passes: 1, faces: [{}] });
  });

  it('is one where it sees a face, where there are many, and where it is too small to judge', async () => {
    expect((await find(size, [face, weak])).passes).toBe(1 + CLOSER);
    const things = [0, 1, 2].map((index) => ({ box: square(700, 100 + index * 250, 80), score: 0.25, eyes: false }));
    expect((await find(size, [face, ...things])).passes).toBe(1 + CLOSER);
    const tiny = { box: square(500, 300, 36), score: 0.25, eyes: false };
    expect((await find({ width: 800, height: 600 }, [{ box: square(20, 20, 200) }, tiny])).passes).toBe(1 + CLOSER);
  });
});

describe('a box that is no face by its shape', () => {
  it.each([0, 90] as const)('is left out, however sure the network is, also turned by %i', async (lies) => {
    const [wide, tall, face] = [imageRect(20, 20, 440, 100), imageRect(560, 150, 60, 300), square(250, 200, 200)];
    const boxes = [wide, tall, face].map((box) => ({ box }));
    const { faces, expected } = await find(PORTRAIT, boxes, { lies });
    expect(faces).toHaveLength(1);
    expect(isFound(faces, expected[2] ?? square(0, 0, 1))).toBe(true);
  });
});

it('looks once more with a margin when nobody is found', async () => {
  const shy = (networks: Networks): Networks => ({
    ...networks,
    // It sees no face that fills the square.
    findFaces: async (...asked) => {
      const { boxes, scores } = await networks.findFaces(...asked);
      const isSmall = (at: number) => (boxes[at * 4 + 2] ?? 0) - (boxes[at * 4] ?? 0) < 0.5;
      const kept = [...scores.keys()].filter(isSmall);
      return {
        boxes: Float32Array.from(kept.flatMap((at) => [...boxes.subarray(at * 4, at * 4 + 4)])),
        scores: Float32Array.from(kept, (at) => scores[at] ?? 0),
      };
    },
  });
  const { faces, expected } = await find({ width: 512, height: 512 }, [{ box: square(60, 60, 400) }], { change: shy });
  expect(faces).toHaveLength(1);
  expect(isFound(faces, expected[0] ?? square(0, 0, 1))).toBe(true);
});
