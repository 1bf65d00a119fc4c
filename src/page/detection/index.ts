/** What the rooms beside this one may use of `detection`. */
export { enterToken, klingSession, switchAccount } from './ask-before-sending.ts';
export { useBatchProgress } from './batch-progress.ts';
export { cancelDetection, ensureUploaded, retryDetection, sendTo } from './detection-commands.ts';
export type { EngineSession } from './engine-session.ts';
export { sessionFor } from './saved-result.ts';
export { NOT_SENT, waitingWords } from './status-words.ts';
export { type PictureDetection, readPictureDetection, usePictureDetection } from './use-picture-detection.ts';
