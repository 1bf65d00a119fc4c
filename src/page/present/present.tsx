import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ObscureKind } from '#domain/export/obscure-plan.ts';
import type { Face } from '#domain/face.ts';
import type { Size } from '#domain/geometry/spaces.ts';
import { CoveredPicture } from './covered-picture.tsx';
import { FaceFrames } from './face-frames.tsx';
import {
  commandFor,
  faceAtStep,
  lastStep,
  movedStep,
  type PresentCommand,
  shownAtStep,
  stepWords,
} from './present-steps.ts';
import { useFullScreen } from './use-full-screen.ts';
import { useIdle } from './use-idle.ts';

export type PresentProps = {
  /** Identity of the picture: another one begins anew. */
  readonly pictureId: string;
  readonly pictureUrl: string;
  readonly faces: readonly Face[];
  /** The space of the faces' boxes, in pixels. */
  readonly size: Size;
  readonly onStepPicture: (by: 1 | -1) => void;
  readonly onEnd: () => void;
};

const COVERS = [
  { value: 'off', label: 'Clear', meaning: 'Clear: everybody is shown' },
  { value: 'blur', label: 'Blur', meaning: 'Blur all others' },
  { value: 'pixelate', label: 'Blocks', meaning: 'Blocks over all others' },
] as const;
type Cover = (typeof COVERS)[number]['value'];
const coverKind = (cover: Cover): ObscureKind | undefined => (cover === 'off' ? undefined : cover);

/**
 * The picture before an audience: full screen, one face after another, large numbers and nothing else. A native modal
 * dialog: everything behind it is out of reach, and its Esc ends it also where there is no full screen.
 */
export function Present({ pictureId, pictureUrl, faces, size, onStepPicture, onEnd }: PresentProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ pictureId, step: 0 });
  const [cover, setCover] = useState<Cover>('off');
  const isIdle = useIdle(screen);
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
  const place = faceAtStep(step, count);
  const current = place === undefined ? undefined : ordered[place];
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
              clear={current?.id}
              cover={coverKind(cover)}
              label={count === 0 ? 'The picture' : `The picture with ${count === 1 ? 'one face' : `${count} faces`}`}
            />
            <FaceFrames faces={ordered.slice(0, shownAtStep(step, count))} current={current} size={size} />
          </div>
        </div>
        <p
          aria-live="polite"
          className="pointer-events-none py-3 text-center text-2xl font-semibold tracking-tight tabular-nums md:py-4 md:text-4xl"
        >
          {stepWords(step, count, current?.faceNo)}
        </p>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: keeps a click on the bar from going on */}
        <div
          role="toolbar"
          aria-label="Presentation controls"
          onClick={(event) => event.stopPropagation()}
          className={`absolute inset-x-0 bottom-20 mx-auto flex w-fit max-w-[calc(100vw-16px)] items-center gap-1 rounded-xl bg-[#15161a]/95 p-1.5 text-sm shadow-float transition-opacity duration-300 focus-within:opacity-100 md:bottom-24 ${isIdle ? 'opacity-0' : 'opacity-100'}`}
        >
          <BarButton label="Back" disabled={step === 0} onPress={() => run('back')}>
            <ChevronLeft aria-hidden className="size-5" />
          </BarButton>
          <BarButton label="Next" disabled={step === lastStep(count)} onPress={() => run('next')}>
            <ChevronRight aria-hidden className="size-5" />
          </BarButton>
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
    </dialog>
  );
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
