import { serveWorkerPool } from '#page/platform/worker-pool.ts';
import { paintPicture } from './paint-picture.ts';

/** The worker behind `paintInWorker`. */

serveWorkerPool(paintPicture);
