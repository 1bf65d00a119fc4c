/** What the rooms beside this one may use of `saved-results`. */
export { type LoadCrop, savedResultFiles } from './saved-result-files.ts';
