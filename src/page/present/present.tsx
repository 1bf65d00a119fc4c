import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { CoveredPicture } from '#page/painting/covered-picture.tsx';
import { coverMessage, nothingCovered } from '#page/painting/model/cover-message.ts';
import type { ObscureKind } from '#page/painting/model/obscure-plan.ts';
import type { Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { FaceFrames } from './face-frames.tsx';
import {
  commandFor,
  faceAtStep,
  lastStep,
  movedStep,
  type PresentCommand,
  shownAtStep,
  stepMessage,
} from './present-steps.ts';
import { useFullScreen } from './use-full-screen.ts';
import { useIdle } from './use-idle.ts';

export type PresentProps = {
  /** Identity of the picture: another one begins anew. */
  readonly pictureId: string;
  readonly pictureUrl: string;
  readonly faces: readonly Face[];
  /** What is said while there is no answer: without one nobody knows whether there are faces. */
  readonly noAnswerMessage: string | undefined;
  /** Place of the picture among those that can be gone to, in words; undefined while it is the only one. */
  readonly place: string | undefined;
  /** The space of the faces' boxes, in pixels. */
  readonly size: Size;
  /** Sends the picture to the engine, where nobody has allowed that yet. */
  readonly onSend: (() => void) | undefined;
  readonly onStepPicture: (by: 1 | -1) => void;
  readonly onEnd: () => void;
};

const COVERS = [
  { value: 'off', label: 'Clear', meaning: 'Clear: everybody is shown' },
  { value: 'blur', label: 'Blur', meaning: 'Blur the other found faces' },
  { value: 'pixelate', label: 'Blocks', meaning: 'Blocks over the other found faces' },
] as const;
type Cover = (typeof COVERS)[number]['value'];
const coverKind = (cover: Cover): ObscureKind | undefined => (cover === 'off' ? undefined : cover);

/**
 * The picture before an audience: full screen, one face after another, large numbers and nothing else. A native modal
 * dialog: everything behind it is out of reach, and its Esc ends it also where there is no full screen.
 */
export function Present({
  pictureId,
  pictureUrl,
  faces,
  noAnswerMessage,
  place,
  size,
  onSend,
  onStepPicture,
  onEnd,
}: PresentProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const pressedWithoutBar = useRef(false);
  const [at, setAt] = useState({ pictureId, step: 0 });
  const [cover, setCover] = useState<Cover>('off');
  const { isIdle, idleNow } = useIdle(screen);
  useFullScreen(screen, onEnd);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    screen.current?.focus();
    return () => element?.close();
  }, []);

  const ordered = faces.toSorted((a, b) => a.faceNo - b.faceNo);
  const count = ordered.length;
  const step = at.pictureId === pictureId ? Math.min(at.step, lastStep(count)) : 0;
  const index = faceAtStep(step, count);
  const current = index === undefined ? undefined : ordered[index];
  const clear = useMemo(() => new Set(current === undefined ? [] : [current.id]), [current]);
  const go = (to: number) => setAt({ pictureId, step: to });
  const run = (command: PresentCommand) => {
    switch (command) {
      case 'next':
        return go(movedStep(step, 1, count));
      case 'back':
        return go(movedStep(step, -1, count));
      case 'first':
        return go(0);
      case 'last':
        return go(lastStep(count));
      case 'cover':
        return setCover(COVERS[(COVERS.findIndex(({ value }) => value === cover) + 1) % COVERS.length]?.value ?? 'off');
      case 'previous-picture':
        return onStepPicture(-1);
      case 'next-picture':
        return onStepPicture(1);
      case 'end':
        return onEnd();
    }
  };

  return (
    <dialog
      ref={dialog}
      aria-label="Presentation"
      onCancel={(event) => {
        event.preventDefault();
        onEnd();
      }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        const isPress = event.key === ' ' || event.key === 'Enter';
        if (isPress && event.target instanceof HTMLButtonElement) return;
        const command = commandFor(event.key);
        if (command === undefined) return;
        event.preventDefault();
        run(command);
      }}
      className="m-0 size-full max-h-none max-w-none overflow-hidden border-0 bg-[#060708] p-0 text-white backdrop:bg-[#060708]"
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the dialog around it has the keys */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click anywhere is the mouse's way to go on; buttons are there too */}
      <div
        ref={screen}
        tabIndex={-1}
        onPointerDownCapture={() => {
          pressedWithoutBar.current = idleNow.current && bar.current?.querySelector(':focus-visible') === null;
        }}
        onClick={() => run('next')}
        className={`relative flex size-full flex-col bg-[#060708] outline-none ${isIdle ? 'cursor-none' : ''}`}
      >
        <div className="@container-size relative min-h-0 flex-1">
          <div
            className="absolute top-1/2 left-1/2 -translate-x-1/2 -translate-y-1/2 overflow-hidden"
            style={{
              aspectRatio: `${size.width} / ${size.height}`,
              width: `min(100cqw, 100cqh * ${size.width / size.height})`,
            }}
          >
            <CoveredPicture
              url={pictureUrl}
              size={size}
              faces={faces}
              clear={clear}
              cover={coverKind(cover)}
              label={count === 0 ? 'The picture' : `The picture with ${count === 1 ? 'one face' : `${count} faces`}`}
            />
            <FaceFrames faces={ordered.slice(0, shownAtStep(step, count))} current={current} size={size} />
          </div>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: keeps a click on the bar from going on */}
          <div
            ref={bar}
            role="toolbar"
            aria-label="Presentation controls"
            onClickCapture={(event) => {
              // A press that began while nothing was to be seen here is meant for the picture; it brings the bar back.
              if (!pressedWithoutBar.current || event.detail === 0) return;
              pressedWithoutBar.current = false;
              event.stopPropagation();
              run('next');
            }}
            onClick={(event) => event.stopPropagation()}
            className={`absolute inset-x-0 bottom-3 mx-auto flex w-fit max-w-[calc(100vw-16px)] items-center gap-1 rounded-xl bg-[#15161a]/95 p-1.5 text-sm shadow-float transition-opacity has-focus-visible:opacity-100 ${isIdle ? 'opacity-0 duration-300' : 'opacity-100 duration-0'}`}
          >
            <BarButton label="Back" disabled={step === 0} onPress={() => run('back')}>
              <ChevronLeft aria-hidden className="size-5" />
            </BarButton>
            <BarButton label="Next" disabled={step === lastStep(count)} onPress={() => run('next')}>
              <ChevronRight aria-hidden className="size-5" />
            </BarButton>
            {onSend !== undefined && (
              <>
                <span aria-hidden className="mx-1 h-6 w-px bg-white/20" />
                <BarButton label="Send to Kling" onPress={onSend}>
                  Send to Kling
                </BarButton>
              </>
            )}
            <span aria-hidden className="mx-1 h-6 w-px bg-white/20" />
            {COVERS.map(({ value, label, meaning }) => (
              <BarButton key={value} label={meaning} pressed={cover === value} onPress={() => setCover(value)}>
                {label}
              </BarButton>
            ))}
            <span aria-hidden className="mx-1 h-6 w-px bg-white/20" />
            <BarButton label="End presentation" onPress={onEnd}>
              <X aria-hidden className="size-5" />
            </BarButton>
          </div>
        </div>
        <div className="pointer-events-none px-4 py-2 text-center tabular-nums md:py-3">
          <p aria-live="polite" className="text-2xl font-semibold tracking-tight md:text-4xl">
            {noAnswerMessage ?? stepMessage(step, count, current?.faceNo)}
          </p>
          {/* Always as high as one line, so that the picture keeps its size where one is enough. */}
          <div className="mt-1 flex min-h-5 flex-wrap justify-center gap-x-4 text-sm text-white/75 md:min-h-6 md:text-base">
            {place !== undefined && <p>Picture {place}</p>}
            <p role="status" className="text-balance">
              {wordsOfCover(coverKind(cover), count, clear.size, noAnswerMessage === undefined)}
            </p>
          </div>
        </div>
      </div>
    </dialog>
  );
}

/** What covering does to the picture on the screen; nothing while nothing is covered. */
function wordsOfCover(kind: ObscureKind | undefined, found: number, clear: number, isAnswered: boolean): string {
  if (kind === undefined) return '';
  if (!isAnswered) return `${nothingCovered(kind)}: the faces are not known yet`;
  return coverMessage({ covered: found - clear, clear, pictures: 1 }, kind);
}

function BarButton({
  label,
  pressed,
  disabled = false,
  onPress,
  children,
}: {
  readonly label: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
      className="grid min-h-10 min-w-10 place-items-center rounded-lg px-2.5 font-medium whitespace-nowrap text-white/80 hover:bg-white/10 hover:text-white focus-visible:outline-[#7ca6ff] disabled:text-white/50 disabled:hover:bg-transparent aria-pressed:bg-white aria-pressed:text-[#15161a] pointer-coarse:min-h-11 pointer-coarse:min-w-11"
    >
      {children}
    </button>
  );
}
