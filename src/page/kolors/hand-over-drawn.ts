import type { DrawnOn } from '#page/check/index.ts';
import { ExportError, paintHeld } from '#page/export/index.ts';
import { planCrop } from '#page/painting/model/crop-plan.ts';
import { toFilePixels } from '#page/painting/model/exported-picture.ts';
import { safeStem } from '#page/painting/model/file-names.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { onTarget, openKolors } from '#page/place/modes.ts';
import { toast } from '#page/platform/notices.ts';
import { sha256Hex } from '#page/platform/sha256.ts';

/** Room around the face on each side, as a share of the box's longer side: hair and chin, and nobody else. */
const ROOM = 0.25;

// The address of a crop lives as long as the panel is about it.
onTarget((_, before) => {
  if (before?.kind === 'drawn') URL.revokeObjectURL(before.crop.url);
});

/**
 * Opens the panel for a face that was drawn by hand, with its crop cut so that it can be sent by itself. Says so where
 * this browser cannot cut it. Never rejects.
 */
export async function handOverDrawn({ picture, face, size, engine }: DrawnOn): Promise<void> {
  try {
    const crop = await cropOf({ picture, face, size, engine });
    openKolors({ kind: 'drawn', picture, face, size, engine, crop });
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    toast({ title: `The crop of drawn face ${face.drawnNo} could not be made`, text: error.message });
  }
}

async function cropOf({ picture, face, size }: DrawnOn): Promise<Picture> {
  const plan = planCrop(toFilePixels(face.bound, size, picture.size), picture.size, { padding: ROOM, square: false });
  const { blobs } = await paintHeld(picture, 'sent', { kind: 'crops', crops: [plan] }, new AbortController().signal);
  const [blob] = blobs;
  if (blob === undefined) throw new ExportError(`This browser cannot cut a part out of ${picture.name}.`);
  const url = URL.createObjectURL(blob);
  return {
    // Not of the work, where it would be shown, checked and exported: only its upload is asked for.
    id: `${picture.id} ${face.id}`,
    order: picture.order,
    name: `${safeStem(picture.name)}-${face.id}.${blob.type === 'image/jpeg' ? 'jpg' : 'png'}`,
    origin: { kind: 'file', via: 'browse' },
    blob,
    url,
    thumbnail: blob,
    thumbnailUrl: url,
    size: plan.output,
    changes: [],
    orientation: 1,
    warnings: [],
    sha256: await sha256Hex(new Uint8Array(await blob.arrayBuffer())),
  };
}
