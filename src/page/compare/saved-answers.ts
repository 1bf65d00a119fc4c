import type { EngineName } from '#contract/routes.ts';
import { digestsOf } from '#page/check/index.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { Detection } from '#shared/face.ts';
import type { PictureId } from '#shared/picture-id.ts';
import type { SavedFrom } from './model/sides.ts';

/** Answers that came with their pictures, as sides of a comparison. */
export type SavedAnswers = {
  /** By who gave them, and by the picture that they are told of; the last of several counts. */
  readonly answers: ReadonlyMap<SavedFrom, ReadonlyMap<PictureId, Detection>>;
  /** Which picture stands for a saved result whose file is in the work once more: a file is compared once. */
  readonly standIns: ReadonlyMap<PictureId, PictureId>;
};

/**
 * Saved answers by the files that they are of. Where the file itself is in the work, its picture stands for them; else
 * the first of them does. What an engine gave to the picture that stands there is that engine's answer and no saved one.
 */
export function savedAnswers(pictures: readonly Picture[]): SavedAnswers {
  const standing = new Map<string, PictureId>();
  const isSaved = ({ origin }: Picture) => origin.kind === 'replay';
  for (const picture of [...pictures.filter((each) => !isSaved(each)), ...pictures.filter(isSaved)]) {
    const known = digestsOf(picture).some((digest) => standing.has(digest));
    if (!known) for (const digest of digestsOf(picture)) standing.set(digest, picture.id);
  }
  const answers = new Map<SavedFrom, Map<PictureId, Detection>>();
  const standIns = new Map<PictureId, PictureId>();
  for (const picture of pictures) {
    if (picture.origin.kind !== 'replay') continue;
    const { saved } = picture.origin;
    const host = digestsOf(picture)
      .map((digest) => standing.get(digest))
      .find((id) => id !== undefined);
    if (host === undefined) continue;
    if (host !== picture.id) standIns.set(picture.id, host);
    else if (engineOfSaved(picture) !== undefined) continue;
    const from: SavedFrom = saved.exchange.readFrom ?? saved.engine;
    const those = answers.get(from) ?? new Map<PictureId, Detection>();
    answers.set(from, those.set(host, saved.detection));
  }
  return { answers, standIns };
}

/** The engine that gave a saved answer; undefined where boxes of a file are shown as one, which nobody is known to have given. */
export const engineOfSaved = ({ origin }: Picture): EngineName | undefined =>
  origin.kind === 'replay' && origin.saved.exchange.readFrom === undefined ? origin.saved.engine : undefined;
