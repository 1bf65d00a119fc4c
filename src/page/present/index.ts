/** What the rooms beside this one may use of `present`. */
export { usePresent } from './use-present.ts';
