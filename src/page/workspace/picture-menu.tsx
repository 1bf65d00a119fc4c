import { useQueryClient } from '@tanstack/react-query';
import { CloudUpload, Copy, RotateCw, Trash2 } from 'lucide-react';
import { detectAgain, WHY_NOT_AGAIN, whyNotAgain } from '#page/detection/detect-again.ts';
import { sendTo } from '#page/detection/detection-commands.ts';
import { sessionFor } from '#page/detection/saved-result.ts';
import { readPictureDetection } from '#page/detection/use-picture-detection.ts';
import { removePicture } from '#page/pictures/removed-pictures.ts';
import { maySend } from '#page/pictures/send-permissions.ts';
import { openPicture, type Picture, usePicture } from '#page/pictures/work-store.ts';
import { copyText } from '#page/platform/clipboard.ts';
import { notifySuccess, toast } from '#page/platform/notices.ts';
import { type EngineSession, sessionWith } from '#page/session/engine-session.ts';
import { chooseEngine } from '#page/session/session-store.ts';
import { type Point, PointMenu, type PointMenuItem } from '#page/ui/point-menu.tsx';
import type { PictureId } from '#shared/picture-id.ts';

/** A picture whose menu is open, and where it was asked for. */
export type PictureMenuPlace = { readonly id: PictureId; readonly at: Point };

export type OpenPictureMenu = (id: PictureId, at: Point) => void;

/** Everything that can be done with a picture, on its thumbnail and on the mat alike. */
export function PictureMenu({
  place,
  session: pageSession,
  onClose,
}: {
  readonly place: PictureMenuPlace | undefined;
  readonly session: EngineSession;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const picture = usePicture(place?.id);
  if (picture === undefined) return null;
  const session = sessionFor(pageSession, picture);
  // As it is now: an open menu does not change under the hand.
  const detection = readPictureDetection(client, session, picture);
  const whyNot = whyNotAgain(session, picture, detection);
  const kling = sessionWith('kling');
  const canSend = picture.origin.kind !== 'replay' && kling.canAsk && !maySend(kling, picture.id);
  const items: readonly PointMenuItem[] = [
    {
      label: 'Detect again',
      icon: RotateCw,
      ...(whyNot === undefined ? {} : { whyNot: WHY_NOT_AGAIN[whyNot] }),
      onChoose: () => void detectAgain(client, session, picture, detection),
    },
    ...(canSend
      ? [
          {
            label: 'Send to Kling',
            icon: CloudUpload,
            onChoose: () => {
              sendTo(kling, [picture]);
              openPicture(picture.id);
              if (pageSession.engine !== 'kling') chooseEngine('kling');
            },
          },
        ]
      : []),
    { label: 'Copy name', icon: Copy, onChoose: () => void copyName(picture) },
    { label: 'Remove', icon: Trash2, shortcut: 'Delete', beginsGroup: true, onChoose: () => removePicture(picture.id) },
  ];
  return <PointMenu name={picture.name} at={place?.at} items={items} onClose={onClose} />;
}

async function copyName({ name }: Picture): Promise<void> {
  if (await copyText(name)) notifySuccess('Name copied');
  else toast({ title: 'The name could not be copied', text: 'The browser did not allow it.' });
}
