/** What the rooms beside this one may use of `saved-results`. */
export { type LoadCrop, replayFiles } from './replay-files.ts';
