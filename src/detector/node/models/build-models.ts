import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildFaceMesh } from '#detector/models/face-mesh-network.ts';
import { buildLandmarks } from '#detector/models/landmark-network.ts';
import { FACE_MESH_FILE, LANDMARKS_FILE, NOTICE_FILE, SSD_FILE } from '#detector/models/model-files.ts';
import { notice } from '#detector/models/notice.ts';
import { buildSsd } from '#detector/models/ssd-network.ts';
import { readGraphModel } from './graph-model.ts';
import { readWeights } from './weights.ts';

/** Text of the licence that MediaPipe and its networks are under. */
const APACHE_LICENCE = path.join(import.meta.dirname, '..', '..', 'models', 'apache-2.0.txt');

/**
 * Writes everything that the detector reads at run time into `directory`, from the weights that the development
 * dependencies `@vladmandic/face-api` and `@vladmandic/human` carry. A file appears whole or not at all, so a build
 * beside a running server or another build harms neither.
 */
export async function buildModels(directory: string): Promise<void> {
  const { faceApi, human } = weightsDirectories();
  const [ssd, landmarks, faceMesh, faceApiLicence, humanLicence, apacheLicence] = await Promise.all([
    readWeights(faceApi, 'ssd_mobilenetv1_model'),
    readWeights(faceApi, 'face_landmark_68_model'),
    readGraphModel(human, 'facemesh'),
    readFile(path.join(faceApi, '..', 'LICENSE'), 'utf8'),
    readFile(path.join(human, '..', 'LICENSE'), 'utf8'),
    readFile(APACHE_LICENCE, 'utf8'),
  ]);
  await mkdir(directory, { recursive: true });
  await Promise.all([
    replaceFile(path.join(directory, SSD_FILE), buildSsd(ssd)),
    replaceFile(path.join(directory, LANDMARKS_FILE), buildLandmarks(landmarks)),
    replaceFile(path.join(directory, FACE_MESH_FILE), buildFaceMesh(faceMesh.graph, faceMesh.weights)),
    replaceFile(path.join(directory, NOTICE_FILE), notice({ faceApiLicence, humanLicence, apacheLicence })),
  ]);
}

/** Folders of the weights that the development dependencies carry. */
export function weightsDirectories(): { readonly faceApi: string; readonly human: string } {
  const { resolve } = createRequire(import.meta.url);
  return {
    faceApi: path.join(path.dirname(resolve('@vladmandic/face-api/package.json')), 'model'),
    // Of its files this package names only its programs, which lie in `dist`.
    human: path.join(path.dirname(resolve('@vladmandic/human')), '..', 'models'),
  };
}

async function replaceFile(file: string, content: Uint8Array | string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, content);
  await rename(draft, file);
}
