import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildLandmarks } from '#detector/models/landmark-network.ts';
import { LANDMARKS_FILE, NOTICE_FILE, SSD_FILE } from '#detector/models/model-files.ts';
import { notice } from '#detector/models/notice.ts';
import { buildSsd } from '#detector/models/ssd-network.ts';
import { readWeights } from './weights.ts';

/**
 * Writes everything that the detector reads at run time into `directory`, from the weights that the development
 * dependency `@vladmandic/face-api` carries. A file appears whole or not at all, so a build beside a running server
 * or another build harms neither.
 */
export async function buildModels(directory: string): Promise<void> {
  const weights = weightsDirectory();
  const [ssd, landmarks, licence] = await Promise.all([
    readWeights(weights, 'ssd_mobilenetv1_model'),
    readWeights(weights, 'face_landmark_68_model'),
    readFile(path.join(weights, '..', 'LICENSE'), 'utf8'),
  ]);
  await mkdir(directory, { recursive: true });
  await Promise.all([
    replaceFile(path.join(directory, SSD_FILE), buildSsd(ssd)),
    replaceFile(path.join(directory, LANDMARKS_FILE), buildLandmarks(landmarks)),
    replaceFile(path.join(directory, NOTICE_FILE), notice(licence)),
  ]);
}

/** Folder of the weights that the development dependency carries. */
export const weightsDirectory = (): string =>
  path.join(path.dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'model');

async function replaceFile(file: string, content: Uint8Array | string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, content);
  await rename(draft, file);
}
