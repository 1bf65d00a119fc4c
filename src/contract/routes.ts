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
} as const;

/** Paths of the page's own server. */
export const appPaths = {
  config: '/app/config',
  session: '/app/session',
  image: '/app/image',
  ownFiles: '/app/files',
  files: '/files',
  health: '/healthz',
} as const;

/** Header that carries our request id beside every answer, also beside the vendor's own. */
export const REQUEST_ID_HEADER = 'x-facebound-request-id';
