import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import {
  FACE_MESH_FILE,
  FACE_MESH_SIDE,
  IS_FACE_OUTPUT,
  LANDMARKS_FILE,
  LANDMARKS_OUTPUT,
  LANDMARKS_SIDE,
  PIXELS_INPUT,
  SSD_BOXES_OUTPUT,
  SSD_FILE,
  SSD_MEANINGLESS,
  SSD_PLACES_INPUT,
  SSD_SCORES_OUTPUT,
  SSD_SMALL_SIDE,
  UPRIGHT_OUTPUT,
} from '#detector/models/model-files.ts';
import { ssdPart } from '#detector/models/ssd-part.ts';
import type { Networks } from '#detector/ports.ts';

/**
 * Loads what `npm run build:models` wrote; `threads` is how many the larger network may use. Each run blocks the calling
 * thread: 40 ms, 1 ms and 1 ms a face on two cores of 2024. Throws when the files are missing or broken.
 */
export async function loadNetworks(modelsDir: string, threads: number): Promise<Networks> {
  const load = (file: string, intraOpNumThreads: number): Promise<InferenceSession> =>
    // Without memory patterns the runtime does not keep a second plan of its buffers; it costs no time (measured).
    InferenceSession.create(path.join(modelsDir, file), { intraOpNumThreads, enableMemPattern: false });
  // A session's further threads spin after each run, waiting for the next. The landmark network runs for a millisecond
  // a face while crops are encoded: its spinning thread took the processor from them, a tenth of all time (measured).
  const [ssd, landmarks, faceMesh] = await Promise.all([
    load(SSD_FILE, threads),
    load(LANDMARKS_FILE, 1),
    load(FACE_MESH_FILE, 1),
  ]);
  return {
    async findFaces(square, side, seen) {
      const { pixels, size, places } = ssdPart(square, side, seen);
      const outputs = await ssd.run({
        [PIXELS_INPUT]: new Tensor('uint8', pixels, [1, size.height, size.width, 3]),
        [SSD_PLACES_INPUT]: new Tensor('int64', places, [places.length]),
      });
      const count = side === SSD_SMALL_SIDE ? places.length - SSD_MEANINGLESS : places.length;
      return {
        boxes: floats(outputs, SSD_BOXES_OUTPUT).subarray(0, count * 4),
        scores: floats(outputs, SSD_SCORES_OUTPUT).subarray(0, count),
      };
    },
    async findLandmarks(pixels) {
      const input = new Tensor('uint8', pixels, [1, LANDMARKS_SIDE, LANDMARKS_SIDE, 3]);
      return floats(await landmarks.run({ [PIXELS_INPUT]: input }), LANDMARKS_OUTPUT);
    },
    async judgeFaces(pixels) {
      const count = pixels.length / (FACE_MESH_SIDE * FACE_MESH_SIDE * 3);
      const input = new Tensor('uint8', pixels, [count, FACE_MESH_SIDE, FACE_MESH_SIDE, 3]);
      const outputs = await faceMesh.run({ [PIXELS_INPUT]: input });
      return { isFace: floats(outputs, IS_FACE_OUTPUT), upright: floats(outputs, UPRIGHT_OUTPUT) };
    },
    async release() {
      await Promise.all([ssd.release(), landmarks.release(), faceMesh.release()]);
    },
  };
}

function floats(outputs: InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const data = outputs[name]?.data;
  if (!(data instanceof Float32Array)) throw new Error(`The network gave no numbers named ${name}.`);
  return data;
}
