/** What the rooms beside this one may use of `export`. */
export { dataUrlOf } from './data-url.ts';
export { originalFrame, ownName } from './export-item.ts';
export { ExportError, type ExportJob } from './export-job.ts';
export { paintHeld } from './paint-held.ts';
export { runExport } from './run-export.ts';
