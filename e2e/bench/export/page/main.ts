/// <reference types="vite/client" />
import { makeZip } from 'client-zip';
import type { ExportItem } from '#page/export/export-item.ts';
import { exportJob } from '#page/export/formats.ts';
import { planAnnotations } from '#page/painting/model/annotation-plan.ts';
import { paintInWorker } from '#page/painting/paint-in-worker.ts';
import { faceColor } from '#shared/palette.ts';
import { crowd, drawPicture, PICTURE } from '../../stage/page/crowd.ts';
import type { ExportBenchPage, Timed } from './bench-page.ts';

const FACES = 100;
/** Size of a batch's pictures: what a phone's photograph is shrunk to in half. */
const SMALL = { width: 2048, height: 1365 };

const faces = crowd(FACES);
const picture = await drawPicture();
const small = await shrunk(picture);

/** Measures how long the main thread was away at a time, while something runs. */
async function timed(run: () => Promise<Blob>): Promise<Timed> {
  let longestBlock = 0;
  let last = performance.now();
  let isRunning = true;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const now = performance.now();
    longestBlock = Math.max(longestBlock, now - last);
    last = now;
    if (isRunning) channel.port2.postMessage(undefined);
  };
  channel.port2.postMessage(undefined);
  const start = performance.now();
  const blob = await run();
  const total = performance.now() - start;
  isRunning = false;
  return { total, longestBlock, bytes: blob.size };
}

async function ours(): Promise<Blob> {
  const plan = planAnnotations(faces, PICTURE, PICTURE, { names: false });
  const painted = await paintInWorker(picture, { kind: 'annotate', plan }, new AbortController().signal);
  const [blob] = painted.ok ? painted.value.blobs : [];
  if (blob === undefined) throw new Error('Nothing was painted');
  return blob;
}

async function plain(): Promise<Blob> {
  const url = URL.createObjectURL(picture);
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D context');
  context.drawImage(image, 0, 0);
  context.lineWidth = 11;
  context.font = '600 60px sans-serif';
  for (const { faceNo, bound } of faces) {
    context.strokeStyle = context.fillStyle = faceColor(faceNo);
    context.strokeRect(bound.x, bound.y, bound.width, bound.height);
    context.fillText(String(faceNo), bound.x, bound.y - 20);
  }
  URL.revokeObjectURL(url);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('Nothing was encoded')) : resolve(blob)), 'image/png'),
  );
}

async function shrunk(blob: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(blob, { resizeWidth: SMALL.width, resizeHeight: SMALL.height });
  const canvas = new OffscreenCanvas(SMALL.width, SMALL.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
}

const batch = { done: 0, bytes: 0, ended: false };

async function exportBatch(count: number): Promise<void> {
  const items = Array.from({ length: count }, (_, index): ExportItem => {
    const name = `picture-${index}.jpg`;
    return {
      picture: {
        id: name,
        order: index,
        name,
        origin: { kind: 'file', via: 'drop' },
        blob: small,
        url: '',
        thumbnail: small,
        thumbnailUrl: '',
        size: SMALL,
        changes: [],
        orientation: 1,
        warnings: [],
        sha256: '',
      },
      engine: 'embedded',
      imageReference: name,
      detection: { faces, unreadable: [], size: PICTURE, warnings: [], media: { type: 'image', duration: 0 } },
      exchange: { method: 'POST', path: '/', status: 200, durationMs: 0, body: '{}', requestId: undefined },
    };
  });
  const job = exportJob('annotated-png', items, {
    names: false,
    obscureWith: 'blur',
    clear: new Set(),
    pixels: 'sent',
  });
  const onStep = () => {
    batch.done += 1;
  };
  async function* inputs() {
    for await (const { name, content } of job.files(new AbortController().signal, onStep))
      yield { name, input: content };
  }
  await makeZip(inputs()).pipeTo(
    new WritableStream({
      write: (chunk) => {
        batch.bytes += chunk.length;
      },
    }),
  );
  batch.ended = true;
}

const benchPage: ExportBenchPage = {
  ours: () => timed(ours),
  plain: () => timed(plain),
  beginBatch: (count) => void exportBatch(count),
  batch: () => ({ ...batch }),
};
window.exportBench = benchPage;
