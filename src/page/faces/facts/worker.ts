import { serveWorkerPool } from '#page/platform/worker-pool.ts';
import { measureCrops } from './measure-crops.ts';

/** The worker behind `sharpness-store.ts`. */

serveWorkerPool(measureCrops);
