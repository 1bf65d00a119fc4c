import type { EngineName } from './routes.ts';

/** What page and server know of an engine beforehand. */
type EngineFacts = {
  /** Whether somebody pays for what it generates, so that a request must never go out twice. */
  readonly isPaid: boolean;
  /** Where pictures go that it is asked about, in a sentence that is true where only this machine reaches the server. */
  readonly onThisMachine: string;
  /** The same, where the server is somebody's on the network. */
  readonly onAServer: string;
};

const AT_KLING = 'Pictures are sent to Kling, the live service.';

export const ENGINES: Readonly<Record<EngineName, EngineFacts>> = {
  embedded: {
    isPaid: false,
    onThisMachine: 'Nothing leaves this machine with the embedded detector.',
    onAServer: 'Everything stays on this server with the embedded detector.',
  },
  kling: { isPaid: true, onThisMachine: AT_KLING, onAServer: AT_KLING },
};
