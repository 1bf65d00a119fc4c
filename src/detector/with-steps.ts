import type { Codec, Networks } from './ports.ts';

/** The same codec and networks, with `onStep` called before and after each thing that they do. */
export function withSteps(
  { codec, networks }: { readonly codec: Codec; readonly networks: Networks },
  onStep: () => void,
): { readonly codec: Codec; readonly networks: Networks } {
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    onStep();
    try {
      return await work();
    } finally {
      onStep();
    }
  };
  return {
    codec: {
      decode: (bytes) => step(() => codec.decode(bytes)),
      encodeJpeg: (pixels, quality) => step(() => codec.encodeJpeg(pixels, quality)),
    },
    networks: {
      ...networks,
      findFaces: (pixels, side) => step(() => networks.findFaces(pixels, side)),
      findLandmarks: (pixels) => step(() => networks.findLandmarks(pixels)),
      judgeFaces: (pixels) => step(() => networks.judgeFaces(pixels)),
    },
  };
}
