/** What the rooms beside this one may use of `detection`. */
export { askToCompare, enterToken, switchAccount } from './ask-before-sending.ts';
export { useBatchProgress } from './batch-progress.ts';
export { cancelDetection, retryDetection, sendTo, uploadWasLost } from './detection-commands.ts';
export type { PictureDetection } from './picture-detection.ts';
export { alsoWish } from './run-detections.ts';
export { sessionFor } from './saved-result.ts';
export { NOT_SENT, waitingMessage } from './status-message.ts';
export { readPictureDetection, usePictureDetection } from './use-picture-detection.ts';
