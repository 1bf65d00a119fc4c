import { Check, TriangleAlert } from 'lucide-react';
import type { HandOffDrawn } from '#page/place/place-store.ts';
import { Button } from '#page/ui/button.tsx';
import { OwnCrop } from '#page/ui/own-crop.tsx';
import { formatSize } from '#shared/format-measures.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { assertNever } from '#shared/result.ts';
import type { AtKling } from './at-kling.ts';
import type { HandOffActions } from './face-at-kling.tsx';
import { Box, Failed, Working } from './kling-steps.tsx';

type DrawnAtKlingProps = Omit<HandOffActions, 'onPointOut'> & {
  readonly target: HandOffDrawn;
  readonly atKling: AtKling;
};

/** The crop of a face that was drawn by hand, exactly as it is sent, and whether it lies at Kling. */
export function DrawnAtKling({ target: { picture, face, crop }, atKling, ...actions }: DrawnAtKlingProps) {
  const { width, height } = crop.size;
  return (
    <section aria-label="Chosen face" className="flex flex-col gap-4">
      <div className="flex gap-4">
        <OwnCrop
          pictureUrl={crop.url}
          size={crop.size}
          bound={imageRect(0, 0, width, height)}
          label={`Crop of drawn face ${face.drawnNo} of ${picture.name}`}
          className="h-28 w-[5.6rem] shrink-0 rounded-lg"
        />
        <div className="flex min-w-0 flex-1 flex-col justify-center gap-1">
          <p className="truncate font-semibold">{picture.name}</p>
          <p className="text-xs text-ink-faint tabular-nums">
            Drawn by hand · {formatSize(face.bound)} · sent as {formatSize(crop.size)}
          </p>
          <Standing atKling={atKling} />
        </div>
      </div>
      <NextStep atKling={atKling} {...actions} />
    </section>
  );
}

/** One line: whether Kling has the crop, and sees in it what was drawn. */
function Standing({ atKling }: Pick<DrawnAtKlingProps, 'atKling'>) {
  if (atKling.state !== 'done') return <p className="text-ink-soft">It has no number: its crop is sent instead</p>;
  const { length: count } = atKling.detection.faces;
  if (count === 1) {
    return (
      <p className="flex items-start gap-1.5 text-good">
        <Check aria-hidden className="mt-0.5 size-4 shrink-0" />
        Kling sees the face in the crop
      </p>
    );
  }
  return (
    <p className="flex items-start gap-1.5 text-warn">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {count === 0
        ? 'Kling sees no face in the crop: Kolors may refuse it'
        : `Kling sees ${count} faces in the crop: Kolors takes its first`}
    </p>
  );
}

/** What is still to do until the crop lies at Kling. */
function NextStep({ atKling, ...actions }: Omit<DrawnAtKlingProps, 'target'>) {
  switch (atKling.state) {
    case 'no-token':
      return (
        <Box>
          <p>
            Nobody numbered this face, so Kolors gets its crop as a picture of its own. Without a token this page cannot
            send it; the script below does it, wherever you have one.
          </p>
        </Box>
      );
    case 'not-sent':
      return (
        <Box>
          <p>
            Nobody numbered this face, so Kolors gets its crop as a picture of its own: the crop alone goes to Kling,
            and that is free.
          </p>
          <Button look="primary" className="mt-3" onClick={actions.onSend}>
            Send the crop to Kling
          </Button>
        </Box>
      );
    case 'working':
      return <Working {...atKling} onCancel={actions.onCancel} />;
    case 'failed':
      return <Failed failure={atKling.failure} onRetry={actions.onRetry} />;
    case 'done':
      return null;
    default:
      return assertNever(atKling);
  }
}
