import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { FACE_MESH_SIDE, LANDMARKS_SIDE, SSD_SIDE } from '#detector/models/model-files.ts';
import { DRAWN_FACE_FILE, drawnFace, faceMeshSquares, landmarkSquares, pattern } from './reference/inputs.ts';

/*
 * Asks the original implementations, face-api and FaceMesh on TensorFlow.js, about two pictures and writes its answers to
 * `reference/`, where the tests compare the ONNX files with them. Not part of any build: the answers are committed,
 * after `npm run format`.
 *
 *     mkdir original && cd original && npm init -y
 *     npm install @vladmandic/face-api@1.7.15 @vladmandic/human@3.3.6
 *     npm install @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
 *     npx tsx src/detector/node/models/record-reference.ts <that folder>
 */

/** Anchors whose answers are kept besides the best ones: spread over all six levels. */
const SAMPLED_EVERY = 61;
const BEST_ANCHORS = 24;

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('Say in which folder the original implementation is installed.');
const original = createRequire(path.resolve(folder, 'package.json'));
const faceApi: typeof import('@vladmandic/face-api') = original('@vladmandic/face-api/dist/face-api.node-wasm.js');
const { tf } = faceApi;
const wasm = path.dirname(original.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
original('@tensorflow/tfjs-backend-wasm').setWasmPaths(`${path.join(wasm, 'dist')}/`);
if (!(await original('@tensorflow/tfjs').setBackend('wasm')))
  throw new Error('TensorFlow.js did not take its WASM backend.');

const weights = path.join(path.dirname(original.resolve('@vladmandic/face-api/package.json')), 'model');
const ssd = new faceApi.SsdMobilenetv1();
await ssd.loadFromDisk(weights);
const landmarks = new faceApi.FaceLandmark68Net();
await landmarks.loadFromDisk(weights);

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${SSD_SIDE}" height="${SSD_SIDE}">
  <defs><radialGradient id="skin" cx=".45" cy=".4" r=".7">
    <stop offset="0" stop-color="#f3cfae"/><stop offset=".7" stop-color="#e0ad86"/><stop offset="1" stop-color="#b97f5a"/>
  </radialGradient></defs>
  <rect width="512" height="512" fill="#8fa3ad"/>
  <path d="M90 512Q110 400 210 390L302 390Q402 400 422 512Z" fill="#3d5a80"/>
  <rect x="216" y="340" width="80" height="80" fill="#c98f69"/>
  <ellipse cx="256" cy="190" rx="132" ry="140" fill="#3b2618"/>
  <ellipse cx="140" cy="238" rx="18" ry="32" fill="#d49f78"/><ellipse cx="372" cy="238" rx="18" ry="32" fill="#d49f78"/>
  <ellipse cx="256" cy="240" rx="116" ry="150" fill="url(#skin)"/>
  <path d="M142 210Q150 90 256 92Q362 90 370 210Q330 140 256 142Q182 140 142 210Z" fill="#3b2618"/>
  <path d="M178 196Q206 178 234 194" stroke="#3b2618" stroke-width="9" fill="none"/>
  <path d="M278 194Q306 178 334 196" stroke="#3b2618" stroke-width="9" fill="none"/>
  <ellipse cx="206" cy="222" rx="26" ry="14" fill="#fff"/><ellipse cx="306" cy="222" rx="26" ry="14" fill="#fff"/>
  <circle cx="207" cy="222" r="12" fill="#4d3626"/><circle cx="305" cy="222" r="12" fill="#4d3626"/>
  <circle cx="207" cy="222" r="6" fill="#111"/><circle cx="305" cy="222" r="6" fill="#111"/>
  <path d="M180 218Q206 200 232 218M280 218Q306 200 332 218" stroke="#2a1a10" stroke-width="4" fill="none"/>
  <path d="M250 220Q240 270 232 284Q256 300 280 284Q272 270 262 220" fill="#d9a179"/>
  <ellipse cx="242" cy="287" rx="8" ry="5" fill="#7d4a33"/><ellipse cx="270" cy="287" rx="8" ry="5" fill="#7d4a33"/>
  <path d="M206 328Q256 312 306 328Q256 362 206 328Z" fill="#b0524c"/>
  <path d="M206 328Q256 336 306 328" stroke="#6e2f2b" stroke-width="4" fill="none"/>
</svg>`;
await sharp(Buffer.from(drawing)).flatten().png({ compressionLevel: 9 }).toFile(DRAWN_FACE_FILE);

function askSsd(pixels: Uint8Array) {
  const input = new faceApi.NetInput([tf.tensor3d(pixels, [SSD_SIDE, SSD_SIDE, 3], 'int32')]);
  const { boxes, scores } = tf.tidy(() => {
    const output = ssd.forwardInput(input);
    return { boxes: [...(output.boxes[0]?.dataSync() ?? [])], scores: [...(output.scores[0]?.dataSync() ?? [])] };
  });
  const byScore = scores.map((_, anchor) => anchor).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const sampled = scores.map((_, anchor) => anchor).filter((anchor) => anchor % SAMPLED_EVERY === 0);
  const kept = [...new Set([...byScore.slice(0, BEST_ANCHORS), ...sampled])].sort((a, b) => a - b);
  return kept.map((anchor) => ({
    anchor,
    score: scores[anchor] ?? 0,
    box: boxes.slice(anchor * 4, anchor * 4 + 4),
  }));
}

async function askForFaces(pixels: Uint8Array) {
  const input = tf.tensor3d(pixels, [SSD_SIDE, SSD_SIDE, 3], 'int32');
  const found = await ssd.locateFaces(input, { minConfidence: 0.4, maxResults: 100 });
  input.dispose();
  return found.map(({ score, box: { x, y, width, height } }) => ({ score, box: { x, y, width, height } }));
}

function askLandmarks(pixels: Uint8Array): number[] {
  const input = new faceApi.NetInput([tf.tensor3d(pixels, [LANDMARKS_SIDE, LANDMARKS_SIDE, 3], 'int32')]);
  return tf.tidy(() => [...landmarks.runNet(input).dataSync()]);
}

/** The inputs of FaceMesh's last sigmoid, its face flags before they are squeezed. */
async function askFaceMesh(squares: readonly Uint8Array[]): Promise<number[]> {
  const folder = path.join(path.dirname(original.resolve('@vladmandic/human')), '..', 'models');
  const { modelTopology, weightsManifest } = JSON.parse(await readFile(path.join(folder, 'facemesh.json'), 'utf8'));
  const weightData = await readFile(path.join(folder, 'facemesh.bin'));
  const model = await original('@tensorflow/tfjs').loadGraphModel({
    load: () => ({
      modelTopology,
      weightSpecs: weightsManifest[0].weights,
      weightData: new Uint8Array(weightData).buffer,
    }),
  });
  const sigmoid = modelTopology.node.find(({ op }: { op: string }) => op === 'Sigmoid');
  const { tensor4d } = original('@tensorflow/tfjs');
  return squares.flatMap((pixels) => {
    const input = tensor4d(
      Float32Array.from(pixels, (value) => value / 255),
      [1, FACE_MESH_SIDE, FACE_MESH_SIDE, 3],
    );
    return [...model.execute(input, sigmoid.input[0]).dataSync()];
  });
}

const face = await drawnFace();
const squares = landmarkSquares(face);
const reference = {
  ssd: { drawnFace: askSsd(face), pattern: askSsd(pattern(SSD_SIDE)) },
  faces: { drawnFace: await askForFaces(face) },
  landmarks: { drawnFace: askLandmarks(squares.drawnFace), pattern: askLandmarks(squares.pattern) },
  faceMesh: await askFaceMesh(faceMeshSquares(face)),
};
await writeFile(
  fileURLToPath(new URL('./reference/outputs.json', import.meta.url)),
  `${JSON.stringify(reference, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(8)) : value))}\n`,
);
