/** What the rooms beside this one may use of `check`. */

export { adoptCheckFile } from './check-store.ts';
export { drawnFacesOn, loadDrawnFaces } from './drawn-faces.ts';
export { CHECK_FORMAT } from './model/check-file.ts';
export { checkFileOf } from './own-checks.ts';
export { openReport } from './report-store.ts';
