import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { FACE_MESH_SIDE, LANDMARKS_SIDE, SSD_SIDE } from '#detector/models/model-files.ts';
import { createFaceEngine, type FaceEngine } from '#detector/pipeline/face-engine.ts';
import type { Networks } from '#detector/ports.ts';
import { withSteps } from '#detector/with-steps.ts';
import { loadNetworks } from './networks.ts';
import { sharpCodec } from './sharp-codec.ts';

/** More threads than this bring next to nothing for networks of this size. */
const MAX_THREADS = 4;

/**
 * Loads and warms the detector for this process, whose sharp it sets up as well: without a cache (no picture comes
 * twice) and with as many threads as the networks have. `onStep` is called before and after each step of its work, `watch`
 * may look on while the networks work. Throws when the models are missing.
 */
export async function loadFaceEngine(
  modelsDir: string,
  {
    onStep,
    watch = (networks) => networks,
  }: {
    readonly onStep?: Parameters<typeof withSteps>[1] | undefined;
    readonly watch?: (networks: Networks) => Networks;
  } = {},
): Promise<FaceEngine> {
  const threads = Math.min(availableParallelism(), MAX_THREADS);
  sharp.cache(false);
  sharp.concurrency(threads);
  const networks = await loadNetworks(modelsDir, threads);
  const whole = { width: SSD_SIDE, height: SSD_SIDE };
  await networks.findFaces(new Uint8Array(SSD_SIDE * SSD_SIDE * 3), SSD_SIDE, whole);
  await networks.findLandmarks(new Uint8Array(LANDMARKS_SIDE * LANDMARKS_SIDE * 3));
  await networks.judgeFaces(new Uint8Array(FACE_MESH_SIDE * FACE_MESH_SIDE * 3));
  const machine = { codec: sharpCodec, networks: watch(networks) };
  return createFaceEngine(onStep === undefined ? machine : withSteps(machine, onStep));
}
