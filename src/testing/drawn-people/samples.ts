import { z } from 'zod';
import { faceBoundValue } from '#contract/recognize-faces.ts';
import { type SampleName, sample } from '#contract/samples.ts';
import type { DrawingPlan } from './draw-people.ts';

/** One of the pictures that the page offers to try: what to draw and how strongly to compress it. */
export type SamplePlan = DrawingPlan & { readonly name: SampleName; readonly title: string; readonly quality: number };

export const SAMPLE_PLANS: readonly SamplePlan[] = [
  {
    name: 'portrait',
    title: 'Portrait',
    seed: 8,
    width: 1620,
    height: 1080,
    count: 1,
    layout: 'portrait',
    scene: 'room',
    quality: 86,
  },
  {
    name: 'group',
    title: 'Group',
    seed: 11,
    width: 1920,
    height: 1280,
    count: 12,
    layout: 'group',
    scene: 'meadow',
    quality: 82,
  },
  {
    name: 'crowd',
    title: 'Crowd',
    seed: 2,
    width: 3200,
    height: 2133,
    count: 64,
    layout: 'crowd',
    scene: 'meadow',
    quality: 72,
  },
];

/** Content of `samples.json`: what the page reads, and each face's true place in pixels of the picture. */
export const sampleTruths = z.array(sample.extend({ faces: z.array(z.object({ bound: faceBoundValue })) }));
export type SampleTruth = z.infer<typeof sampleTruths>[number];
