/** What the pure code of the rooms beside this one may use of `check`. */
export { type Check, readCheck, writeCheckFile } from './check-file.ts';
export { type CheckRecord, leavesFaceMissed, tallyOfVerdicts, type Verdict } from './verdict.ts';
