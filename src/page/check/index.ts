/** What the rooms beside this one may use of `check`. */
export { CHECK_FORMAT } from './model/check-file.ts';
export { adoptCheckFile, checkFileOf } from './own-checks.ts';
export { openReport } from './report-store.ts';
