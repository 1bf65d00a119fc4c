import { join } from 'node:path';
import { SSD_SIDE } from '#detector/models/model-files.ts';
import { loadFaceEngine } from '#detector/node/load-face-engine.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { buildDir } from '../fixtures/server.ts';

/** The detector without a server around it, exactly as the server's own child runs it. */
export type BareEngine = {
  /** Decodes, infers, finds landmarks and encodes both crops of each face; gives the boxes. */
  detect(bytes: Uint8Array): Promise<ImageRect[]>;
  /** Looks for faces since the last call of this, in those at a square of the usual side; a large one by what is seen. */
  takePasses(): number;
  release(): Promise<void>;
};

export async function createBareEngine(): Promise<BareEngine> {
  let passes = 0;
  const engine = await loadFaceEngine(join(buildDir(), 'models'), {
    watch: (networks) => ({
      ...networks,
      findFaces: (pixels, side, seen) => {
        const seenPart = side > SSD_SIDE ? (seen.width * seen.height) / side ** 2 : 1;
        passes += (side / SSD_SIDE) ** 2 * seenPart;
        return networks.findFaces(pixels, side, seen);
      },
    }),
  });
  return {
    async detect(bytes) {
      const outcome = await engine.detect(bytes);
      if (!outcome.ok) throw new Error(`The engine refused a picture: ${JSON.stringify(outcome.error)}`);
      return outcome.value.faces.map(({ bound }) => imageRect(bound.x, bound.y, bound.width, bound.height));
    },
    takePasses() {
      const taken = passes;
      passes = 0;
      return taken;
    },
    release: () => engine.release(),
  };
}
