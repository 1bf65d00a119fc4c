import clsx from 'clsx';
import { ArrowLeftRight, Check, ChevronDown, FileCheck, FileText, FolderOpen, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { IOU_RANGE } from '#page/annotations/index.ts';
import { type CheckSteps, Key, UndoButtons, WayOfCheckingSwitch } from '#page/check/index.ts';
import { useIntake } from '#page/pictures/intake/intake-context.ts';
import { Button, buttonClass } from '#page/ui/button.tsx';
import { IconButton } from '#page/ui/icon-button.tsx';
import type { Side, SideId } from './model/sides.ts';

export type SidePickersProps = {
  readonly sides: readonly Side[];
  readonly answer: Side | undefined;
  readonly truth: Side | undefined;
  readonly onAnswer: (id: SideId) => void;
  readonly onTruth: (id: SideId) => void;
  readonly onSwap: () => void;
  readonly onForget: (set: string) => void;
};

type CompareBarProps = SidePickersProps &
  CheckSteps & {
    /** What stands behind the pickers: the threshold, or what two answers have in common. */
    readonly children: ReactNode;
  };

/** The second line: what is compared with what. */
export function CompareBar({
  children,
  canUndo,
  canRedo,
  onUndo,
  onRedo,
  onReport,
  onLeave,
  ...sides
}: CompareBarProps) {
  return (
    <section
      aria-label="Check"
      className="relative flex min-h-12 shrink-0 flex-wrap items-center gap-x-5 gap-y-1 border-b border-line bg-panel px-4 py-1 text-[0.8125rem] max-xl:gap-x-3 short:flex-nowrap"
    >
      <WayOfCheckingSwitch crowded />
      <SidePickers {...sides} />
      {children}
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <UndoButtons
          canUndo={canUndo}
          canRedo={canRedo}
          onUndo={onUndo}
          onRedo={onRedo}
          redoClassName="short:max-lg:hidden"
        />
        <Button look="quiet" aria-label="Report" className="pointer-coarse:min-w-11" onClick={onReport}>
          <FileText aria-hidden className="size-4" />
          <span className="max-xl:hidden">Report</span>
        </Button>
        <Button look="quiet" aria-keyshortcuts="Escape" onClick={onLeave}>
          Leave <Key>Esc</Key>
        </Button>
      </div>
    </section>
  );
}

/** The two things that are compared, and the way to turn them round. */
export function SidePickers({ sides, answer, truth, onAnswer, onTruth, onSwap, onForget }: SidePickersProps) {
  return (
    <div className="flex min-w-0 items-center gap-2 phone:w-full phone:gap-1">
      <SidePicker name="Answer" sides={sides} chosen={answer} onChoose={onAnswer} />
      <span className="text-ink-soft max-xl:sr-only">against</span>
      <SidePicker name="Compared with" sides={sides} chosen={truth} onChoose={onTruth} onForget={onForget} takesFiles />
      <IconButton
        icon={ArrowLeftRight}
        label="Swap"
        disabled={answer === undefined || truth === undefined}
        onClick={onSwap}
      />
    </div>
  );
}

type SidePickerProps = {
  readonly name: string;
  readonly sides: readonly Side[];
  readonly chosen: Side | undefined;
  readonly onChoose: (id: SideId) => void;
  readonly onForget?: (set: string) => void;
  /** Whether a file with another one can be chosen. */
  readonly takesFiles?: boolean;
};

/** One of the two things that are compared. */
function SidePicker({ name, sides, chosen, onChoose, onForget, takesFiles = false }: SidePickerProps) {
  const { browse } = useIntake();
  const item =
    'relative flex min-h-8 items-center gap-2 rounded-sm py-1 pr-3 pl-7 outline-none select-none data-highlighted:bg-accent-soft pointer-coarse:min-h-11';
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={`${name}: ${chosen?.label ?? 'nothing'}`}
        disabled={sides.length === 0 && !takesFiles}
        className={buttonClass(
          'outline',
          'min-h-8 min-w-0 max-w-52 shrink! gap-1.5 px-2.5 text-[0.8125rem] phone:max-w-none phone:flex-1 phone:justify-start phone:px-2 pointer-coarse:min-h-11',
        )}
      >
        {chosen !== undefined && <SideIcon side={chosen} />}
        <span className="truncate">{chosen?.label ?? 'Nothing yet'}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-soft phone:ml-auto" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        className="z-50 max-w-[min(20rem,calc(100vw-1rem))] min-w-44 rounded border border-line bg-panel p-1 text-[0.8125rem] text-ink shadow-float"
      >
        <DropdownMenu.RadioGroup
          value={chosen?.id ?? ''}
          onValueChange={(next) => {
            const side = sides.find(({ id }) => id === next);
            if (side !== undefined) onChoose(side.id);
          }}
          aria-label={name}
        >
          {sides.map((side) => (
            <DropdownMenu.RadioItem key={side.id} value={side.id} className={item}>
              <DropdownMenu.ItemIndicator className="absolute left-2">
                <Check aria-hidden className="size-3.5 text-accent" />
              </DropdownMenu.ItemIndicator>
              <SideIcon side={side} />
              <span className="truncate">{side.label}</span>
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
        {takesFiles && (
          <>
            <DropdownMenu.Separator className="my-1 h-px bg-line" />
            <DropdownMenu.Item className={item} onSelect={browse}>
              <FolderOpen aria-hidden className="absolute left-2 size-3.5 text-ink-soft" />
              Choose a file…
            </DropdownMenu.Item>
          </>
        )}
        {onForget !== undefined && chosen?.kind === 'truth' && (
          <DropdownMenu.Item className={item} onSelect={() => onForget(chosen.set.id)}>
            <Trash2 aria-hidden className="absolute left-2 size-3.5 text-ink-soft" />
            <span className="truncate">Forget {chosen.label}</span>
          </DropdownMenu.Item>
        )}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

const SideIcon = ({ side }: { readonly side: Side }) =>
  side.kind === 'truth' ? (
    <FileCheck aria-hidden className="size-4 shrink-0 text-ink-soft" />
  ) : (
    <span
      aria-hidden
      className={clsx(
        'mx-1 size-2 shrink-0 rounded-full border',
        side.kind === 'engine' ? 'border-good bg-good' : 'border-ink-soft',
      )}
    />
  );

type IouSliderProps = {
  readonly from: number;
  readonly onChange: (from: number) => void;
  /** The slider was let go. */
  readonly onRelease: () => void;
};

/** The least overlap of a match. Figures and boxes follow while it is dragged. */
export function IouSlider({ from, onChange, onRelease }: IouSliderProps) {
  return (
    <label className="flex items-center gap-x-2.5 whitespace-nowrap text-ink-soft phone:flex-1 phone:flex-wrap short:flex-1 short:flex-wrap">
      <span>
        <span className="md:max-xl:hidden">Match from </span>IoU
      </span>
      <input
        type="range"
        aria-label="Match from IoU"
        aria-valuetext={from.toFixed(2)}
        min={IOU_RANGE.least}
        max={IOU_RANGE.most}
        step={IOU_RANGE.step}
        value={from}
        onChange={({ target }) => onChange(target.valueAsNumber)}
        onPointerUp={onRelease}
        onKeyUp={onRelease}
        className="w-30 accent-accent phone:min-w-32 phone:flex-1 short:min-w-24 short:flex-1 pointer-coarse:h-11"
      />
      <output className="min-w-8 font-semibold text-ink tabular-nums">{from.toFixed(2)}</output>
    </label>
  );
}
