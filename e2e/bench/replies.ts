import fc from 'fast-check';
import { parseDetection } from '#page/pictures/model/parse-detection.ts';
import { asJson } from '#shared/lenient.ts';
import { knownOrientation, ODD_PICTURE, oddReply, type ReadableReply, readableReply } from '#testing/odd-replies.ts';
import type { Section } from './report.ts';

/** How many odd replies are read, half of them with faces that must be found. */
const REPLIES = 50_000;
/** How many are made at a time: made ones are large, and all at once would measure the collector. */
const AT_ONCE = 1_000;
/** Longest that one reply may take, in milliseconds of processor time. */
const LONGEST_MS = 50;
/** A reply that took longer is read this often again: only one that takes long each time does so by itself. */
const SECOND_LOOKS = 3;

type Tally = { thrown: number; hung: number; lost: number; faces: number; slowestMs: number };

/** Reads odd replies, as many as are asked for, with no other limit than what they promise. */
export async function benchReplies(): Promise<Section[]> {
  const tally: Tally = { thrown: 0, hung: 0, lost: 0, faces: 0, slowestMs: 0 };
  for (let seed = 0; seed < REPLIES / (2 * AT_ONCE); seed += 1) {
    for (const [reply, orientation] of fc.sample(fc.tuple(oddReply, knownOrientation), { seed, numRuns: AT_ONCE })) {
      look(tally, { reply, readable: new Map() }, orientation);
    }
    for (const reply of fc.sample(readableReply, { seed, numRuns: AT_ONCE })) look(tally, reply, undefined);
  }
  const conditions = 'the reader of replies alone, in Node';
  return [
    {
      title: 'Odd replies',
      conditions: `${conditions}; generated, the same each time`,
      figures: [
        { name: 'Replies read', value: REPLIES, unit: '' },
        { name: 'Faces in them that can be read', value: tally.faces, unit: '' },
        { name: 'Thrown', value: tally.thrown, unit: '', aim: { atMost: 0 } },
        { name: `Took longer than ${LONGEST_MS} ms each time`, value: tally.hung, unit: '', aim: { atMost: 0 } },
        { name: 'Readable faces lost', value: tally.lost, unit: '', aim: { atMost: 0 } },
        { name: 'Slowest, processor time', value: tally.slowestMs, unit: 'ms', aim: { atMost: LONGEST_MS } },
      ],
    },
    {
      title: 'Large replies',
      conditions: `${conditions}; processor time from the text to the faces, the best of ${SECOND_LOOKS + 1}`,
      figures: LARGE.map(([name, text]) => ({
        name,
        value: leastMs(() => parseDetection(asJson(text), ODD_PICTURE)),
        unit: 'ms',
        aim: { atMost: LONGEST_MS },
      })),
    },
  ];
}

function look(tally: Tally, { reply, readable }: ReadableReply, orientation: number | undefined): void {
  const read = () => parseDetection(reply, ODD_PICTURE, orientation);
  try {
    const first = processorMs(read);
    const ms = first > LONGEST_MS ? Math.min(first, leastMs(read)) : first;
    if (ms > LONGEST_MS) tally.hung += 1;
    tally.slowestMs = Math.max(tally.slowestMs, ms);
    const result = read();
    const found = new Set(result.ok ? result.value.faces.map(({ faceNo }) => faceNo) : []);
    tally.faces += readable.size;
    tally.lost += [...readable.keys()].filter((faceNo) => !found.has(faceNo)).length;
  } catch {
    tally.thrown += 1;
  }
}

/** Processor time of one run in milliseconds, the collector's share included. */
function processorMs(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const leastMs = (run: () => unknown): number =>
  Math.min(...Array.from({ length: SECOND_LOOKS + 1 }, () => processorMs(run)));

const face = (index: number, name = `face_${index}`) => ({
  name,
  resources: ['face', 'face_feature'].map((kind) => ({
    name: kind,
    type: 'image',
    url: `https://pictures.example/${kind}_${index}.jpg`,
    marginTop: 0,
    countInRow: 1,
  })),
  arguments: [
    { name: 'face_bound', value: JSON.stringify({ x: index % 600, y: index % 1100, width: 60, height: 80 }) },
  ],
});
const replyOf = (faceItems: unknown, extra = {}) =>
  JSON.stringify({ status: 0, message: '', faceItems, mediaInfo: { type: 'image', ...ODD_PICTURE }, ...extra });

const LARGE: readonly (readonly [string, string])[] = [
  ['10,000 faces', replyOf(Array.from({ length: 10_000 }, (_, index) => face(index)))],
  ['A name of 1 MB', replyOf([face(0, 'n'.repeat(1024 * 1024))])],
  [
    'Nested 100,000 levels deep',
    `{"faceItems":[${JSON.stringify(face(0))}],"odd":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
  ],
  ['A box of 1 MB of digits', replyOf([{ arguments: { face_bound: `{"x":${'1'.repeat(1024 * 1024)}}` } }])],
];
