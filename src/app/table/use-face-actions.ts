import { Copy, Download, ZoomIn } from 'lucide-react';
import { useMemo } from 'react';
import type { Face, FaceId } from '#domain/face.ts';
import type { Size } from '#domain/geometry/spaces.ts';
import type { FaceAction } from '#features/face-list/face-actions.tsx';
import { copyText } from '#lib/clipboard.ts';
import { cutCrop } from '#lib/cut-crop.ts';
import { saveFile } from '#lib/save-file.ts';
import { addNotice, type Picture } from '#lib/work-store.ts';

/** Quick actions of the primary face. `size` is the space of the faces' boxes, in pixels. */
export function useFaceActions(picture: Picture, size: Size, zoomToFace: (id: FaceId) => void): readonly FaceAction[] {
  return useMemo(
    () => [
      { id: 'zoom', label: 'Zoom to face', icon: ZoomIn, onRun: (face) => zoomToFace(face.id) },
      { id: 'save-crop', label: 'Save crop', icon: Download, onRun: (face) => void saveCrop(picture, size, face) },
      {
        id: 'copy-bounds',
        label: 'Copy bounds',
        icon: Copy,
        onRun: (face) => void copyBounds(face),
      },
    ],
    [picture, size, zoomToFace],
  );
}

async function saveCrop(picture: Picture, size: Size, face: Face): Promise<void> {
  const crop = await cutCrop(picture.blob, size, face.bound);
  const stem = picture.name.replace(/\.[^.]*$/, '');
  saveFile(crop, `${stem}-face-${face.faceNo}.png`);
}

async function copyBounds(face: Face): Promise<void> {
  const { x, y, width, height } = face.rawBound;
  const copied = await copyText(JSON.stringify({ x, y, width, height }));
  if (!copied) {
    addNotice({
      title: 'The bounds could not be copied',
      text: 'The browser did not allow it. The Face tab shows them, to select and copy by hand.',
    });
  }
}
