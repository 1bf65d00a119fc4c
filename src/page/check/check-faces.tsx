import clsx from 'clsx';
import { Check, X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { OwnCrop } from '#page/ui/own-crop.tsx';
import type { Face, FaceId } from '#shared/face.ts';
import { isFaceId } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';
import { goToFace } from './check-place.ts';
import { REASON_NAMES, type Verdict } from './model/verdict.ts';

type CheckFacesProps = {
  readonly faces: readonly Face[];
  readonly verdicts: ReadonlyMap<FaceId, Verdict>;
  readonly disputed: ReadonlySet<FaceId>;
  readonly current: FaceId | undefined;
  readonly pictureUrl: string;
  readonly size: Size;
  /** Faces whose tile was on screen. */
  readonly onSeen: (ids: readonly FaceId[]) => void;
  /** A grid, or on phones one row that is swiped. */
  readonly layout: 'grid' | 'row';
};

/** "open", "wrong, no reason yet", "wrong, shifted". */
export const verdictWords = (verdict: Verdict | undefined): string => {
  if (verdict === undefined) return 'open';
  if (verdict.kind === 'right') return 'right';
  return `wrong, ${verdict.reason === undefined ? 'no reason yet' : REASON_NAMES[verdict.reason].toLowerCase()}`;
};

/** Every found face of the picture with what is said of it. */
export function CheckFaces({ faces, verdicts, disputed, current, pictureUrl, size, onSeen, layout }: CheckFacesProps) {
  const list = useRef<HTMLDivElement>(null);
  const tellSeen = useEffectEvent(onSeen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other faces are other tiles
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const ids = entries
          .filter(({ isIntersecting }) => isIntersecting)
          .map(({ target }) => (target instanceof HTMLElement ? (target.dataset['face'] ?? '') : ''));
        if (ids.length > 0) tellSeen(ids.filter(isFaceId));
      },
      { threshold: 0.9 },
    );
    for (const tile of list.current?.children ?? []) observer.observe(tile);
    return () => observer.disconnect();
  }, [faces]);
  useEffect(() => {
    if (current === undefined) return;
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  const swipe = useSwipeToFace(list);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = faces[faces.findIndex(({ id }) => id === current) + by];
    if (next === undefined) return;
    goToFace(next.id);
    list.current?.querySelector<HTMLElement>(`[data-face="${next.id}"]`)?.focus({ preventScroll: true });
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label="Faces"
      aria-orientation="horizontal"
      onKeyDown={onKeyDown}
      {...(layout === 'row' && swipe)}
      className={clsx(
        layout === 'grid'
          ? 'grid grid-cols-[repeat(auto-fill,44px)] justify-between gap-y-2.5 gap-x-2 p-1'
          : 'flex snap-x snap-mandatory gap-3 overflow-x-auto px-[calc(50%-1.75rem)] py-3',
      )}
    >
      {faces.map((face, index) => {
        const verdict = verdicts.get(face.id);
        const isCurrent = face.id === current;
        return (
          <div
            key={face.id}
            role="option"
            data-face={face.id}
            aria-selected={isCurrent}
            aria-label={`Face ${face.faceNo}, ${verdictWords(verdict)}${disputed.has(face.id) ? ', reviewers disagree' : ''}`}
            tabIndex={isCurrent || (current === undefined && index === 0) ? 0 : -1}
            onClick={() => goToFace(face.id)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== ' ') return;
              event.preventDefault();
              goToFace(face.id);
            }}
            className={clsx(
              'relative cursor-pointer rounded',
              layout === 'grid' ? 'size-11' : 'h-15 w-14 shrink-0 snap-center',
              isCurrent && 'shadow-[0_0_0_2px_var(--color-panel),0_0_0_4px_var(--color-accent)]',
            )}
          >
            <OwnCrop
              pictureUrl={pictureUrl}
              size={size}
              bound={face.bound}
              maxSide={120}
              className={clsx('size-full rounded', verdict?.kind === 'wrong' && !isCurrent && 'opacity-50')}
            />
            <span
              className="absolute -top-1 -left-1 min-w-4.5 rounded-[5px] border-[1.25px] bg-[#111318] px-0.5 text-center text-[0.65625rem] leading-3.5 font-semibold text-white tabular-nums"
              style={{ borderColor: faceColor(face.faceNo) }}
            >
              {face.faceNo}
            </span>
            {disputed.has(face.id) && (
              <span
                aria-hidden
                className="absolute -top-1 -right-1 grid size-4.5 place-items-center rounded-full border-[1.5px] border-panel bg-warn text-[0.75rem] leading-none font-semibold text-panel"
              >
                ≠
              </span>
            )}
            {verdict !== undefined && (
              <span
                className={clsx(
                  'absolute -right-1 -bottom-1 grid size-4.5 place-items-center border-[1.5px] border-panel text-panel',
                  verdict.kind === 'right' ? 'rounded-full bg-good' : 'rounded-[5px] bg-bad',
                )}
              >
                {verdict.kind === 'right' ? (
                  <Check aria-hidden className="size-2.5 stroke-[3.5]" />
                ) : (
                  <X aria-hidden className="size-2.5 stroke-[3.5]" />
                )}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** How long a row lies still until a swipe has ended, in milliseconds. Not every browser tells the end of scrolling. */
const SWIPE_RESTS_MS = 120;

/** A finger that swipes the row walks: the face that comes to rest in its middle is gone to. */
function useSwipeToFace(row: RefObject<HTMLElement | null>) {
  const swipe = useRef<'none' | 'finger' | 'let-go'>('none');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const rest = () => {
    if (swipe.current !== 'let-go' || row.current === null) return;
    swipe.current = 'none';
    const middleOf = (element: Element): number => {
      const { left, width } = element.getBoundingClientRect();
      return left + width / 2;
    };
    const middle = middleOf(row.current);
    const away = (tile: Element): number => Math.abs(middleOf(tile) - middle);
    const nearest = [...row.current.children].toSorted((a, b) => away(a) - away(b))[0];
    const id = nearest instanceof HTMLElement ? nearest.dataset['face'] : undefined;
    if (id !== undefined && isFaceId(id)) goToFace(id);
  };
  const wait = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(rest, SWIPE_RESTS_MS);
  };
  const letGo = () => {
    if (swipe.current !== 'finger') return;
    swipe.current = 'let-go';
    wait();
  };
  return {
    onTouchMove: () => {
      swipe.current = 'finger';
    },
    onTouchEnd: letGo,
    onTouchCancel: letGo,
    onScroll: wait,
  };
}
