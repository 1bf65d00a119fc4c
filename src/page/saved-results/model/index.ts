/** What the pure code of the rooms beside this one may use of `saved-results`. */
export { readSavedResponses } from './saved-response.ts';
