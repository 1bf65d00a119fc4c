/** Paths of the HTTP surface; see ARCHITECTURE.md for who answers each. */

export const ENGINE_NAMES = ['embedded', 'kling'] as const;
/** The two engines that answer the one contract. */
export type EngineName = (typeof ENGINE_NAMES)[number];

/** Base path of the vendor's contract, answered by the server's default engine. */
export const CONTRACT_BASE = '/v1/kling';

/** Base path of the vendor's contract, answered by the engine that the caller names. */
export const engineBase = (engine: EngineName): string => `/engines/${engine}${CONTRACT_BASE}`;

/** Paths below a contract base. */
export const contractPaths = {
  assets: '/assets/',
  recognizeFaces: '/images/recognize-faces',
  accounts: '/accounts',
  kolors: '/images/kolors',
  tasks: '/tasks',
  download: '/assets/download',
  uploadedAssets: '/assets/uploaded/',
  freePlaces: '/scheduler/available',
} as const;

/** Paths of the page's own server. */
export const appPaths = {
  config: '/app/config',
  session: '/app/session',
  image: '/app/image',
  ownFiles: '/app/files',
  files: '/files',
  health: '/healthz',
  ready: '/readyz',
  openApi: '/openapi.json',
} as const;

/**
 * Header of the embedded engine's detections of links: SHA-256 (hex) of the bytes that it fetched and measured. A link
 * may give other bytes to each who fetches it.
 */
export const MEASURED_SHA256_HEADER = 'facebound-measured-sha256';

/**
 * On an answer that our server gave because it is about to stop, with `restarting`: the call went nowhere. No service
 * behind it can set this, so it holds for paid calls, too.
 */
export const REFUSED_HEADER = 'facebound-refused';

/** On a paid request of the page: an id of that request alone. What came with it before is not sent on again. */
export const PAID_ONCE_HEADER = 'facebound-paid-once';

/**
 * On answers about the page's session: a word for that session which is no secret and opens nothing. By it the page
 * knows which of its uploads were made in sessions that have ended.
 */
export const SESSION_MARK_HEADER = 'facebound-session-mark';

/**
 * On our own answers: the address of the script that the page begins with, as this server has it. A page that began with
 * another one is of another version.
 */
export const PAGE_ENTRY_HEADER = 'facebound-page-entry';

/** Header that carries our request id beside every answer, also beside the vendor's own. */
export const REQUEST_ID_HEADER = 'x-facebound-request-id';
