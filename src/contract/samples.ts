import * as z from 'zod/mini';

/** The drawn pictures that the page offers to try, in the order it shows them. */
export const SAMPLE_NAMES = ['portrait', 'group', 'crowd'] as const;
export type SampleName = (typeof SAMPLE_NAMES)[number];

/** One drawn sample, as the page needs it. Width and height are pixels of the picture. */
export const sample = z.object({
  name: z.enum(SAMPLE_NAMES),
  title: z.string(),
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
  faceCount: z.int().check(z.nonnegative()),
});
export type Sample = z.infer<typeof sample>;

/** Content of the samples' list; the file also holds each face's true place, which the page has no use for. */
export const sampleList = z.array(sample);

/** Paths of the samples below the page's root. */
export const samplePaths = {
  list: '/samples/samples.json',
  picture: (name: SampleName): string => `/samples/${name}.jpg`,
  thumbnail: (name: SampleName): string => `/samples/${name}.thumb.webp`,
} as const;
