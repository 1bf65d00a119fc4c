import { ArrowRight, Check, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { HandOffFace } from '#page/place/place-store.ts';
import { Button } from '#page/ui/button.tsx';
import type { CropSource } from '#page/ui/crop-source.ts';
import { NumberBadge } from '#page/ui/number-badge.tsx';
import { OwnCrop } from '#page/ui/own-crop.tsx';
import type { Detection, Face } from '#shared/face.ts';
import { formatSize } from '#shared/format-measures.ts';
import { clampToImage, rescale } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';
import type { AtKling, KlingView } from './at-kling.ts';
import { BoxOverlay } from './box-overlay.tsx';
import { Box, Failed, Working } from './kling-steps.tsx';

export type HandOffActions = {
  /** Sends the picture to Kling and looks for faces there. */
  readonly onSend: () => void;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
  /** Takes one of Kling's faces where no box matches. */
  readonly onPointOut: (face: Face) => void;
};

type FaceAtKlingProps = HandOffActions & {
  readonly target: HandOffFace;
  readonly atKling: AtKling;
  readonly view: KlingView | undefined;
  readonly source: CropSource;
};

/** The chosen face, and what Kling calls it: Kolors counts as Kling does. */
export function FaceAtKling({ target, atKling, view, source, ...actions }: FaceAtKlingProps) {
  const { picture, face, size } = target;
  return (
    <section aria-label="Chosen face" className="flex flex-col gap-4">
      <div className="flex gap-4">
        <OwnCrop
          pictureUrl={picture.url}
          size={size}
          bound={face.bound}
          label={`Face ${face.faceNo} of ${picture.name}`}
          className="h-28 w-[5.6rem] shrink-0 rounded-lg"
        />
        <div className="flex min-w-0 flex-1 flex-col justify-center gap-1">
          <p className="flex items-center gap-2">
            <NumberBadge faceNo={face.faceNo} filled />
            <span className="truncate font-semibold">{picture.name}</span>
          </p>
          <p className="text-xs text-ink-faint tabular-nums">
            {face.name} · {formatSize(face.bound)}
          </p>
          <Verdict target={target} atKling={atKling} view={view} />
        </div>
      </div>
      <NextStep target={target} atKling={atKling} view={view} source={source} {...actions} />
    </section>
  );
}

/** One line: whether Kling's number is known. */
function Verdict({ target, atKling, view }: Pick<FaceAtKlingProps, 'target' | 'atKling' | 'view'>) {
  if (view?.klingFace !== undefined) {
    const { faceNo } = view.klingFace;
    const overlap = view.match.kind === 'matched' ? view.match.iou : undefined;
    return (
      <p className="flex items-start gap-1.5 text-good">
        <Check aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          <b className="font-semibold">faceNo {faceNo}</b> {numberHere(target, faceNo)}
          {view.byHand && ', pointed out by you'}
          {target.engine !== 'kling' && overlap !== undefined && ` · ${Math.round(overlap * 100)} % overlap`}
        </span>
      </p>
    );
  }
  switch (atKling.state) {
    case 'working':
      return <p className="text-ink-soft">Looking for this face at Kling…</p>;
    case 'done':
      return (
        <p className="flex items-start gap-1.5 text-warn">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          Kling sees no face at this place
        </p>
      );
    default:
      return <p className="text-ink-soft">Kling’s own number for it is not known yet</p>;
  }
}

/** What the number at Kling has to do with the number on the page. */
const numberHere = ({ engine, face }: HandOffFace, faceNo: number): string => {
  if (face.faceNo !== faceNo) return `at Kling, ${face.faceNo} here`;
  return engine === 'kling' ? 'at Kling' : 'at Kling, as here';
};

/** What is still to do until there is a number, or the proof where the two engines count differently. */
function NextStep({ target, atKling, view, source, ...actions }: FaceAtKlingProps) {
  switch (atKling.state) {
    case 'no-token':
      return (
        <Box>
          <p>
            Kolors counts faces in the order of Kling’s own reply. Without a token this page cannot ask Kling; the
            script below does it, wherever you have one.
          </p>
        </Box>
      );
    case 'not-sent':
      return (
        <Box>
          <p>
            Kolors counts faces in the order of Kling’s own reply, so Kling has to see the picture first. Finding faces
            there is free.
          </p>
          <Button look="primary" className="mt-3" onClick={actions.onSend}>
            Send to Kling and find this face
          </Button>
        </Box>
      );
    case 'working':
      return <Working {...atKling} onCancel={actions.onCancel} />;
    case 'failed':
      return <Failed failure={atKling.failure} onRetry={actions.onRetry} />;
    case 'done':
      if (view?.match.kind === 'matched') {
        return view.match.face.faceNo === target.face.faceNo ? null : (
          <Pair target={target} other={view.match.face} detection={atKling.detection} />
        );
      }
      return (
        <Disagreement
          target={target}
          detection={atKling.detection}
          chosen={view?.klingFace?.face}
          onPointOut={actions.onPointOut}
        />
      );
  }
}

/** The same face under both numbers. */
function Pair({ target, other, detection }: { target: HandOffFace; other: Face; detection: Detection }) {
  return (
    <Box>
      <p className="mb-3">This face has another number at Kling. The request carries that one.</p>
      <div className="flex items-center gap-4">
        <Numbered label={target.engine === 'kling' ? 'Saved' : 'Embedded'} faceNo={target.face.faceNo}>
          <OwnCrop
            pictureUrl={target.picture.url}
            size={target.size}
            bound={target.face.bound}
            label={`Face ${target.face.faceNo} here`}
            className="h-20 w-16 rounded"
          />
        </Numbered>
        <ArrowRight aria-hidden className="size-4 text-ink-faint" />
        <Numbered label="Kling" faceNo={other.faceNo}>
          <OwnCrop
            pictureUrl={target.picture.url}
            size={detection.size}
            bound={other.bound}
            label={`Face ${other.faceNo} at Kling`}
            className="h-20 w-16 rounded"
          />
        </Numbered>
      </div>
    </Box>
  );
}

const Numbered = ({ label, faceNo, children }: { label: string; faceNo: number; children: ReactNode }) => (
  <figure className="flex items-center gap-2.5">
    {children}
    <figcaption className="flex flex-col items-start text-xs text-ink-faint">
      {label}
      <NumberBadge faceNo={faceNo} filled className="mt-1" />
    </figcaption>
  </figure>
);

/** How far around the boxes the picture is shown, as a share of their extent. */
const MARGIN = 0.35;

/** No box of Kling's lies where the chosen one does: both are shown, and a person may point the right one out. */
function Disagreement({
  target,
  detection,
  chosen,
  onPointOut,
}: {
  target: HandOffFace;
  detection: Detection;
  chosen: Face | undefined;
  onPointOut: (face: Face) => void;
}) {
  const { picture } = target;
  if (detection.faces.length === 0) {
    return (
      <Box>
        <p>
          Kling finds no face in this picture at all, so Kolors has nothing to refer to. Try a larger or clearer one.
        </p>
      </Box>
    );
  }
  const here = rescale(target.face.bound, target.size, detection.size);
  const around = clampToImage(padded([here, ...detection.faces.map(({ bound }) => bound)]), detection.size);
  return (
    <Box>
      <p>
        Both engines’ boxes: the chosen face dashed, Kling’s solid. If one of Kling’s is the face you mean, take it.
      </p>
      <BoxOverlay
        pictureUrl={picture.url}
        size={detection.size}
        shown={around}
        chosen={here}
        faces={detection.faces}
        className="mt-3 max-h-72 w-full rounded"
      />
      <ul className="mt-3 flex flex-wrap gap-2">
        {detection.faces.map((face) => (
          <li key={face.id}>
            <button
              type="button"
              aria-pressed={chosen?.id === face.id}
              onClick={() => onPointOut(face)}
              className="flex items-center gap-2 rounded border border-line bg-panel p-1.5 pr-3 hover:border-line-strong aria-pressed:border-accent aria-pressed:bg-accent-soft"
            >
              <OwnCrop
                pictureUrl={picture.url}
                size={detection.size}
                bound={face.bound}
                className="h-12 w-10 rounded-sm"
              />
              <NumberBadge faceNo={face.faceNo} filled={chosen?.id === face.id} />
              <span className="text-[0.8125rem]">Take Kling’s face {face.faceNo}</span>
            </button>
          </li>
        ))}
      </ul>
    </Box>
  );
}

/** The extent of all rectangles with a margin around it. */
function padded(rects: readonly ImageRect[]): ImageRect {
  const left = Math.min(...rects.map(({ x }) => x));
  const top = Math.min(...rects.map(({ y }) => y));
  const right = Math.max(...rects.map(({ x, width }) => x + width));
  const bottom = Math.max(...rects.map(({ y, height }) => y + height));
  const margin = Math.max(right - left, bottom - top) * MARGIN;
  return imageRect(left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin);
}
