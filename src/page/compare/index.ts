/** What the rooms beside this one may use of `compare`. */
export { type BoxSource, readBoxes, sourceMessage } from './model/truth-file.ts';
export { type ChosenTruth, chooseKinds, takeTruth } from './take-truth.ts';
export { boxesQuestion } from './truth-questions.ts';
