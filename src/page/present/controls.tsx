import { ChevronLeft, ChevronRight, CircleHelp, SkipBack, SkipForward, X } from 'lucide-react';
import type { MouseEvent, ReactNode, Ref } from 'react';
import type { PresentCommand } from '#page/keyboard/shortcuts.ts';
import type { ObscureKind } from '#page/painting/model/obscure-plan.ts';

const COVERS = [
  { value: 'off', label: 'Clear', meaning: 'Clear: everybody is shown' },
  { value: 'blur', label: 'Blur', meaning: 'Blur the other found faces' },
  { value: 'pixelate', label: 'Blocks', meaning: 'Blocks over the other found faces' },
] as const;

/** How the other found faces are covered. */
export type Cover = (typeof COVERS)[number]['value'];

export const coverKind = (cover: Cover): ObscureKind | undefined => (cover === 'off' ? undefined : cover);

/** The next way to cover, and after the last one none. */
export const nextCover = (cover: Cover): Cover =>
  COVERS[(COVERS.findIndex(({ value }) => value === cover) + 1) % COVERS.length]?.value ?? 'off';

type ControlsProps = {
  readonly ref: Ref<HTMLDivElement>;
  /** Out of sight while the pointer rests, and still there for keys and screen readers. */
  readonly isIdle: boolean;
  /** Height of what they stand above, in CSS pixels. */
  readonly bottom: number;
  readonly cover: Cover;
  readonly canGoBack: boolean;
  readonly canGoOn: boolean;
  /** False while there is one picture. */
  readonly hasPictures: boolean;
  readonly canGoToPicture: { readonly before: boolean; readonly after: boolean };
  readonly onCover: (cover: Cover) => void;
  readonly onSend: (() => void) | undefined;
  readonly onRun: (command: PresentCommand) => void;
  readonly onClickCapture: (event: MouseEvent) => void;
};

/** The buttons of the presentation; on a narrow screen only those that neither tap nor swipe stands for. */
export function Controls({
  ref,
  isIdle,
  bottom,
  cover,
  canGoBack,
  canGoOn,
  hasPictures,
  canGoToPicture,
  onCover,
  onSend,
  onRun,
  onClickCapture,
}: ControlsProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keeps a click on the bar from going on
    <div
      ref={ref}
      role="toolbar"
      aria-label="Presentation controls"
      onClickCapture={onClickCapture}
      onClick={(event) => event.stopPropagation()}
      style={{ bottom: bottom + 8 }}
      className={`absolute inset-x-0 z-10 mx-auto flex w-fit max-w-[calc(100vw-16px)] items-center gap-1 rounded-xl bg-[#15161a]/95 p-1.5 text-sm shadow-float transition-opacity has-focus-visible:opacity-100 max-sm:gap-0 ${isIdle ? 'opacity-0 duration-300' : 'opacity-100 duration-0'}`}
    >
      {hasPictures && (
        <BarButton
          label="Previous picture"
          disabled={!canGoToPicture.before}
          onPress={() => onRun('previous-picture')}
          className="max-sm:hidden"
        >
          <SkipBack aria-hidden className="size-4.5" />
        </BarButton>
      )}
      <BarButton label="Back" disabled={!canGoBack} onPress={() => onRun('back')}>
        <ChevronLeft aria-hidden className="size-5" />
      </BarButton>
      <BarButton label="Next" disabled={!canGoOn} onPress={() => onRun('next')}>
        <ChevronRight aria-hidden className="size-5" />
      </BarButton>
      {hasPictures && (
        <BarButton
          label="Next picture"
          disabled={!canGoToPicture.after}
          onPress={() => onRun('next-picture')}
          className="max-sm:hidden"
        >
          <SkipForward aria-hidden className="size-4.5" />
        </BarButton>
      )}
      {onSend !== undefined && (
        <>
          <Divider />
          <BarButton label="Send to Kling" onPress={onSend}>
            Send to Kling
          </BarButton>
        </>
      )}
      <Divider />
      {COVERS.map(({ value, label, meaning }) => (
        <BarButton key={value} label={meaning} pressed={cover === value} onPress={() => onCover(value)}>
          {label}
        </BarButton>
      ))}
      <Divider />
      <BarButton label="Keys" onPress={() => onRun('help')} className="max-sm:hidden">
        <CircleHelp aria-hidden className="size-4.5" />
      </BarButton>
      <BarButton label="End presentation" onPress={() => onRun('end')}>
        <X aria-hidden className="size-5" />
      </BarButton>
    </div>
  );
}

const Divider = () => <span aria-hidden className="mx-1 h-6 w-px bg-white/20" />;

function BarButton({
  label,
  pressed,
  disabled = false,
  onPress,
  className = '',
  children,
}: {
  readonly label: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
      className={`grid min-h-10 min-w-10 place-items-center rounded-lg px-2.5 font-medium whitespace-nowrap text-white/80 hover:bg-white/10 hover:text-white focus-visible:outline-[#7ca6ff] disabled:text-white/50 disabled:hover:bg-transparent aria-pressed:bg-white aria-pressed:text-[#15161a] pointer-coarse:min-h-11 pointer-coarse:min-w-11 ${className}`}
    >
      {children}
    </button>
  );
}
