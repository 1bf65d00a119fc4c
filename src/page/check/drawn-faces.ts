import type { EngineName } from '#contract/routes.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { Detection, DrawnFace } from '#shared/face.ts';
import { rescale } from '#shared/geometry/rect.ts';
import { checkStore } from './check-state.ts';
import { loadChecks, whenChecksAreHere } from './check-store.ts';
import { mostMissed } from './model/opinions.ts';
import { digestsOf } from './own-checks.ts';

type Drawable = Pick<Picture, 'handedOver' | 'sha256'>;

/**
 * The faces that were drawn by hand on a picture beside an engine's answer, in the space of its boxes. Knows what was
 * loaded (`loadDrawnFaces`).
 */
export function drawnFacesOn(
  picture: Drawable,
  engine: EngineName,
  { size }: Pick<Detection, 'size'>,
): readonly DrawnFace[] {
  const { records, own } = checkStore.getState();
  const digests = digestsOf(picture);
  const about = [...records.values()].filter(
    (record) => record.engine === engine && (digests.includes(record.file) || digests.includes(record.sent)),
  );
  const record = mostMissed(about, own.id);
  return (record?.missed ?? []).map(({ bound }, index) => ({
    id: `drawn-${index + 1}` as const,
    drawnNo: index + 1,
    bound: rescale(bound, record?.size ?? size, size),
  }));
}

/** Brings in what was drawn on these pictures; resolves when it is here, or when this browser keeps nothing. */
export function loadDrawnFaces(pictures: readonly Drawable[]): Promise<void> {
  loadChecks(pictures.flatMap(digestsOf));
  return whenChecksAreHere();
}
