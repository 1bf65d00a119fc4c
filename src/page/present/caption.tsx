import type { Ref } from 'react';
import { coverMessage, nothingCovered } from '#page/painting/model/cover-message.ts';
import type { ObscureKind } from '#page/painting/model/obscure-plan.ts';
import { PictureName } from '#page/pictures/picture-name.tsx';
import type { Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';
import { CutOut } from './cut-out.tsx';
import { countMessage, type PresentStep, partAt } from './model/present-steps.ts';
import { headOf } from './model/show-plan.ts';

type CaptionProps = {
  readonly ref: Ref<HTMLDivElement>;
  /** As a person calls it, without its ending. */
  readonly name: string;
  readonly place: string | undefined;
  /** By their numbers. */
  readonly faces: readonly Face[];
  readonly step: PresentStep;
  /** In how many parts the picture is shown before its faces. */
  readonly parts: number;
  readonly noAnswerMessage: string | undefined;
  readonly cover: ObscureKind | undefined;
  readonly pixels: OffscreenCanvas | undefined;
  /** The space of the boxes, in pixels. */
  readonly size: Size;
  /** What comes after the last face, where it may be seen. */
  readonly nextPicture: { readonly thumbnailUrl: string } | undefined;
  /** True while the face is shown large beside the picture: then not here as well. */
  readonly isShownBeside: boolean;
};

/** How many faces are seen in advance. */
const AHEAD = 3;
/** Sides of the crops beside the words, in CSS pixels. */
const CROP: Size = { width: 104, height: 112 };
const AHEAD_CROP: Size = { width: 72, height: 80 };

/** Which face of which picture this is, large; what comes next; and how far one is, along the edge of the screen. */
export function Caption({
  ref,
  name,
  place,
  faces,
  step,
  parts,
  noAnswerMessage,
  cover,
  pixels,
  size,
  nextPicture,
  isShownBeside,
}: CaptionProps) {
  const current = faces[step - 1];
  const part = partAt(step, parts);
  const count = faces.length;
  return (
    <>
      <div
        aria-hidden
        className="pointer-events-none absolute inset-x-0 bottom-0 h-[clamp(13rem,34vh,22rem)] bg-linear-to-t from-[#060708] from-12% via-[#060708]/70 via-50% to-transparent"
      />
      <div
        ref={ref}
        className="pointer-events-none absolute inset-x-0 bottom-0 flex min-h-[clamp(7.5rem,17vmin,11rem)] items-end justify-between gap-6 px-[clamp(1rem,3vmin,2.75rem)] pt-2 pb-[clamp(1.25rem,3.4vmin,2.5rem)] tabular-nums"
      >
        <div className="flex min-w-0 items-end gap-[clamp(0.75rem,2vmin,1.5rem)]">
          {current !== undefined && pixels !== undefined && !isShownBeside && (
            <div
              className="shrink-0 overflow-hidden rounded-xl border-[3px] max-sm:hidden short:hidden"
              style={{ borderColor: faceColor(current.faceNo) }}
            >
              <CutOut
                pixels={pixels}
                picture={size}
                bound={headOf(current.bound, size)}
                shown={CROP}
                className="block"
              />
            </div>
          )}
          <div className="min-w-0">
            <p
              aria-live="polite"
              aria-atomic
              className="font-semibold tracking-tight whitespace-nowrap max-sm:whitespace-normal"
            >
              {current === undefined || noAnswerMessage !== undefined ? (
                <span className="text-[clamp(1.5rem,5vmin,3rem)] leading-tight">
                  {noAnswerMessage ?? countMessage(count)}
                </span>
              ) : (
                <>
                  <span className="sr-only">Face </span>
                  <span
                    className="text-[clamp(3.25rem,12vmin,7.5rem)] leading-[0.8] font-bold tracking-tighter"
                    style={{ color: faceColor(current.faceNo) }}
                  >
                    {current.faceNo}
                  </span>
                  <span className="text-[clamp(1.25rem,4vmin,2.25rem)] font-medium text-white/90"> of {count}</span>
                </>
              )}
            </p>
            <div className="mt-[clamp(0.375rem,1.2vmin,0.875rem)] flex min-h-5 min-w-0 flex-wrap gap-x-4 text-sm text-white/75 md:text-base">
              <p className="flex max-w-full min-w-0 gap-2">
                {place !== undefined && (
                  <>
                    <span className="whitespace-nowrap">Picture {place}</span>
                    <span aria-hidden>·</span>
                  </>
                )}
                <PictureName name={name} className="max-w-[24ch]" />
              </p>
              {part !== undefined && parts > 1 && (
                <p aria-live="polite" className="whitespace-nowrap">{`Part ${part + 1} of ${parts}`}</p>
              )}
              <p role="status" className="text-balance">
                {wordsOfCover(cover, count, current === undefined ? 0 : 1, noAnswerMessage === undefined)}
              </p>
            </div>
          </div>
        </div>
        {pixels !== undefined && <Ahead {...{ faces, step, pixels, size, nextPicture }} />}
      </div>
      <Progress count={count} step={step} />
    </>
  );
}

/** The next faces as the audience will see them, and after the last one the next picture. */
function Ahead({
  faces,
  step,
  pixels,
  size,
  nextPicture,
}: Pick<CaptionProps, 'faces' | 'step' | 'size' | 'nextPicture'> & { readonly pixels: OffscreenCanvas }) {
  const behind = Math.max(0, step);
  const next = faces.slice(behind, behind + AHEAD);
  if (next.length === 0 && nextPicture === undefined) return null;
  return (
    <div aria-hidden className="shrink-0 max-lg:hidden short:hidden">
      <p className="mb-3 text-right text-base text-white/80">{next.length > 0 ? 'Next' : 'Next picture'}</p>
      <div className="flex gap-3">
        {next.map(({ id, faceNo, bound }) => (
          <div key={id} className="relative overflow-hidden rounded-lg">
            <CutOut
              pixels={pixels}
              picture={size}
              bound={headOf(bound, size)}
              shown={AHEAD_CROP}
              className="block brightness-75"
            />
            <span
              className="absolute bottom-1.5 left-1.5 rounded-[5px] border-2 bg-[#111318] px-1.5 text-sm leading-5 font-semibold"
              style={{ borderColor: faceColor(faceNo) }}
            >
              {faceNo}
            </span>
          </div>
        ))}
        {next.length === 0 && nextPicture !== undefined && (
          <img src={nextPicture.thumbnailUrl} alt="" className="h-20 w-28 rounded-lg object-cover brightness-75" />
        )}
      </div>
    </div>
  );
}

/** More steps than this are one bar: single ones could not be told apart. */
const MOST_SEGMENTS = 80;

/** Along the lower edge: what is behind, where one is, what is ahead. For the eye only. */
function Progress({ count, step }: { readonly count: number; readonly step: PresentStep }) {
  if (count < 2) return null;
  return (
    <div aria-hidden className="pointer-events-none absolute inset-x-0 bottom-0 flex h-1.5 gap-0.5">
      {count > MOST_SEGMENTS ? (
        <span className="bg-white/65" style={{ width: `${(100 * Math.max(0, step)) / count}%` }} />
      ) : (
        Array.from({ length: count }, (_, index) => index + 1).map((each) => (
          <span
            key={each}
            className={`flex-1 transition-colors duration-300 ${each === step ? 'bg-[#7ca6ff]' : each < step ? 'bg-white/65' : 'bg-white/20'}`}
          />
        ))
      )}
    </div>
  );
}

/** What covering does to the picture on the screen; nothing while nothing is covered. */
function wordsOfCover(kind: ObscureKind | undefined, found: number, clear: number, isAnswered: boolean): string {
  if (kind === undefined) return '';
  if (!isAnswered) return `${nothingCovered(kind)}: the faces are not known yet`;
  return coverMessage({ covered: found - clear, clear, pictures: 1 }, kind);
}
