import { err, ok } from '#shared/result.ts';
import { endingWith } from './ending-with.ts';
import type { CallContext, Engine, EngineAnswer } from './engine.ts';
import type { Places } from './places.ts';

/** Most calls of each kind of caller at once at the live service, each with a connection of its own. */
export const KLING_PLACES = { session: 64, 'configured-bearer': 64, 'strangers-bearer': 32 } as const;
/** Most uploads of each kind at once at our own engine, each with a file that is being written. */
export const UPLOAD_PLACES = { session: 64, 'configured-bearer': 64, 'strangers-bearer': 32 } as const;

/**
 * Runs a call in a place of its caller's kind, which is held until the answer has been read or given up: slow uploads of
 * one kind take nothing from another.
 */
async function inPlace(places: Places, context: CallContext, call: () => EngineAnswer): EngineAnswer {
  const place = await places.take(context.caller, context.signal).catch(() => undefined);
  if (place === undefined) return err({ code: 'cancelled' });
  if (!place.ok) return place;
  const leave = place.value;
  try {
    const answer = await call();
    if (answer.ok && answer.value.body instanceof ReadableStream) {
      return ok({ ...answer.value, body: endingWith(answer.value.body, leave) });
    }
    leave();
    return answer;
  } catch (error) {
    leave();
    throw error;
  }
}

/** An engine all of whose calls take a place. */
export const shareOutCalls = (engine: Engine, places: Places): Engine => ({
  ...shareOutUploads(engine, places),
  recognizeFaces: (input, context) => inPlace(places, context, () => engine.recognizeFaces(input, context)),
  listAccounts: (context) => inPlace(places, context, () => engine.listAccounts(context)),
  showAccount: (input, context) => inPlace(places, context, () => engine.showAccount(input, context)),
  generate: (input, context) => inPlace(places, context, () => engine.generate(input, context)),
  showTask: (input, context) => inPlace(places, context, () => engine.showTask(input, context)),
  deleteTask: (input, context) => inPlace(places, context, () => engine.deleteTask(input, context)),
  listUploadedAssets: (input, context) => inPlace(places, context, () => engine.listUploadedAssets(input, context)),
  deleteUploadedAssets: (input, context) => inPlace(places, context, () => engine.deleteUploadedAssets(input, context)),
  listFreePlaces: (context) => inPlace(places, context, () => engine.listFreePlaces(context)),
  downloadAsset: (input, context) => inPlace(places, context, () => engine.downloadAsset(input, context)),
});

/** An engine whose uploads take a place. */
export const shareOutUploads = (engine: Engine, places: Places): Engine => ({
  ...engine,
  drain: () => {
    places.drain();
    engine.drain();
  },
  uploadAsset: (input, context) => inPlace(places, context, () => engine.uploadAsset(input, context)),
});
