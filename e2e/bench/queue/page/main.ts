/// <reference types="vite/client" />
import { preparePicture } from '#page/pictures/prepare/prepare-picture.ts';
import type { QueueBenchPage } from './bench-page.ts';

const benchPage: QueueBenchPage = {
  prepareAll: async () => {
    const files = [...(document.querySelector('input')?.files ?? [])];
    const startedAt = performance.now();
    const outcomes = await Promise.all(files.map((file) => preparePicture(file)));
    const ms = performance.now() - startedAt;
    if (outcomes.length === 0 || outcomes.some(({ ok }) => !ok)) throw new Error('Not every file became a picture');
    return ms;
  },
};
window.queueBench = benchPage;
