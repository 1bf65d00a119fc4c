import type { DetectionStep } from './detection.ts';
import type { Codec, Networks } from './ports.ts';

/**
 * The same codec and networks, with `onStep` called before and after each thing that they do; `ms` is what it took, told
 * after it.
 */
export function withSteps(
  { codec, networks }: { readonly codec: Codec; readonly networks: Networks },
  onStep: (step: DetectionStep, ms?: number) => void,
): { readonly codec: Codec; readonly networks: Networks } {
  const timed = async <T>(step: DetectionStep, work: () => Promise<T>): Promise<T> => {
    onStep(step);
    const began = performance.now();
    try {
      return await work();
    } finally {
      onStep(step, performance.now() - began);
    }
  };
  return {
    codec: {
      decode: (bytes) => timed('decode', () => codec.decode(bytes)),
      encodeJpeg: (pixels, quality) => timed('encode', () => codec.encodeJpeg(pixels, quality)),
    },
    networks: {
      ...networks,
      findFaces: (pixels, side, seen) => timed('find', () => networks.findFaces(pixels, side, seen)),
      findLandmarks: (pixels) => timed('landmarks', () => networks.findLandmarks(pixels)),
      judgeFaces: (pixels) => timed('judge', () => networks.judgeFaces(pixels)),
    },
  };
}
