import type { Picture, SavedResult } from '#page/pictures/work-store.ts';
import type { EngineSession } from '#page/session/engine-session.ts';

/** The result that came with the picture, when it is this engine's. */
export const savedResultOf = (session: EngineSession, picture: Picture): SavedResult | undefined =>
  picture.origin.kind === 'replay' && picture.origin.saved.engine === session.engine ? picture.origin.saved : undefined;

/**
 * As whom a picture is looked at: a saved result belongs to the engine that gave it, whatever the page asks now, and
 * needs no token.
 */
export const sessionFor = (session: EngineSession, picture: Picture): EngineSession =>
  picture.origin.kind === 'replay'
    ? { ...session, engine: picture.origin.saved.engine, email: undefined, canAsk: true, needsAccount: false }
    : session;
