/// <reference types="vite/client" />
import { preparePicture } from '#page/pictures/prepare/prepare-picture.ts';
import type { PrepareBenchPage, Timed } from './bench-page.ts';

let picture = new Blob();

async function timed(run: () => Promise<Omit<Timed, 'ms'>>): Promise<Timed> {
  const startedAt = performance.now();
  const made = await run();
  return { ms: performance.now() - startedAt, ...made };
}

async function ours(): Promise<Omit<Timed, 'ms'>> {
  const prepared = await preparePicture(picture);
  if (!prepared.ok) throw new Error(`Refused: ${prepared.error.code}`);
  const { blob, width, height } = prepared.value;
  return { bytes: blob.size, width, height };
}

async function plain(longSide: number): Promise<Omit<Timed, 'ms'>> {
  const bitmap = await createImageBitmap(picture);
  const scale = Math.min(1, longSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg'));
  bitmap.close();
  if (blob === null) throw new Error('Nothing was encoded');
  return { bytes: blob.size, width: canvas.width, height: canvas.height };
}

const benchPage: PrepareBenchPage = {
  load: async (path) => {
    picture = await (await fetch(path)).blob();
  },
  ours: () => timed(ours),
  plain: (longSide) => timed(() => plain(longSide)),
};
window.prepareBench = benchPage;
