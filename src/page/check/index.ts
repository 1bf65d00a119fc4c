/** What the rooms beside this one may use of `check`. */

export { startDrawing } from './check-mode.ts';
export { drawnFacesOn, loadDrawnFaces } from './drawn-faces.ts';
export { CHECK_FORMAT } from './model/check-file.ts';
export { adoptCheckFile, checkFileOf } from './own-checks.ts';
export { openReport } from './report-store.ts';
