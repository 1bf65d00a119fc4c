import clsx from 'clsx';
import { Check, MessageSquare, ScanFace, TriangleAlert, X } from 'lucide-react';
import { type ReactNode, type RefObject, useMemo } from 'react';
import { Button } from '#page/ui/button.tsx';
import { OwnCrop } from '#page/ui/own-crop.tsx';
import type { Face } from '#shared/face.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';
import { Key } from './check-bar.tsx';
import { REASON_NAMES, REASONS, type Reason, type Verdict } from './model/verdict.ts';

/** The crop's height in units of the box's, and its shape: always the same, so that a shifted box shows. */
const CROP_HEIGHT = 1 / 0.6;
const CROP_SHAPE = 368 / 206;

/** The face with its surroundings, as the crop shows it. */
const surroundingsOf = ({ x, y, width, height }: ImageRect): ImageRect => {
  const tall = Math.max(height, width / CROP_SHAPE) * CROP_HEIGHT;
  const wide = tall * CROP_SHAPE;
  return imageRect(x + width / 2 - wide / 2, y + height / 2 - tall / 2, wide, tall);
};

type VerdictPanelProps = {
  readonly face: Face;
  /** How many faces there are. */
  readonly count: number;
  readonly size: Size;
  readonly pictureUrl: string;
  readonly verdict: Verdict | undefined;
  /** What is suspicious, or what somebody else said. */
  readonly hint: string | undefined;
  readonly reasonsOpen: boolean;
  /** Takes the focus when the mode begins. */
  readonly group: RefObject<HTMLDivElement | null>;
  readonly onRight: () => void;
  readonly onWrong: () => void;
  readonly onReason: (reason: Reason) => void;
  readonly onIsFace: (isFace: boolean) => void;
  readonly withCrop: boolean;
};

/** The face that is judged: large, with its verdict. */
export function VerdictPanel({
  face,
  count,
  size,
  pictureUrl,
  verdict,
  hint,
  reasonsOpen,
  group,
  onRight,
  onWrong,
  onReason,
  onIsFace,
  withCrop,
}: VerdictPanelProps) {
  const isWrong = verdict?.kind === 'wrong';
  const told = `${Math.round(face.bound.width)} × ${Math.round(face.bound.height)} px`;
  return (
    <>
      <div className="flex min-h-11 items-center justify-between gap-3 px-4">
        <h2 className="text-[0.9375rem] font-semibold tabular-nums">
          Face {face.faceNo} <span className="font-normal text-ink-faint">of {count}</span>
        </h2>
        <span className="truncate text-[0.8125rem] text-ink-faint tabular-nums">
          <span className="max-md:hidden">{face.name} · </span>
          {told}
        </span>
      </div>
      {withCrop && <FaceCrop face={face} size={size} pictureUrl={pictureUrl} />}
      <p
        className={clsx(
          'mx-4 mt-2 mb-2 flex min-h-5 items-center gap-2 text-[0.8125rem] text-warn',
          hint === undefined && 'max-md:hidden',
        )}
      >
        {hint !== undefined && (
          <>
            <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
            {hint}
          </>
        )}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be the place where the keys go */}
      <div
        ref={group}
        role="group"
        aria-label={`Verdict on face ${face.faceNo}`}
        tabIndex={-1}
        className="mx-4 grid grid-cols-2 gap-2 rounded-lg outline-offset-4"
      >
        <VerdictButton
          label="Right"
          hotkey="R"
          isOn={verdict?.kind === 'right'}
          tone="good"
          icon={<Check aria-hidden className="size-5" />}
          onPress={onRight}
        />
        <VerdictButton
          label="Wrong"
          hotkey="W"
          isOn={isWrong}
          tone="bad"
          icon={<X aria-hidden className="size-5" />}
          onPress={onWrong}
        />
      </div>
      {isWrong && reasonsOpen && <Reasons verdict={verdict} onReason={onReason} onIsFace={onIsFace} />}
    </>
  );
}

function FaceCrop({
  face,
  size,
  pictureUrl,
}: {
  readonly face: Face;
  readonly size: Size;
  readonly pictureUrl: string;
}) {
  const { bound } = face;
  const shown = useMemo(() => surroundingsOf(bound), [bound]);
  return (
    <div className="relative mx-4 overflow-hidden rounded-lg bg-mat" style={{ aspectRatio: CROP_SHAPE }}>
      <OwnCrop
        pictureUrl={pictureUrl}
        size={size}
        bound={shown}
        maxSide={800}
        label={`Face ${face.faceNo} with its surroundings`}
        className="size-full"
      />
      <span
        aria-hidden
        className="absolute border-[3px] shadow-[0_0_0_1px_#0c0e12,inset_0_0_0_1px_#0c0e12]"
        style={{
          borderColor: faceColor(face.faceNo),
          left: `${((bound.x - shown.x) / shown.width) * 100}%`,
          top: `${((bound.y - shown.y) / shown.height) * 100}%`,
          width: `${(bound.width / shown.width) * 100}%`,
          height: `${(bound.height / shown.height) * 100}%`,
        }}
      />
    </div>
  );
}

type VerdictButtonProps = {
  readonly label: string;
  readonly hotkey: string;
  readonly isOn: boolean;
  readonly tone: 'good' | 'bad';
  readonly icon: ReactNode;
  readonly onPress: () => void;
};

function VerdictButton({ label, hotkey, isOn, tone, icon, onPress }: VerdictButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-keyshortcuts={hotkey}
      onClick={onPress}
      className={clsx(
        'flex h-13 items-center gap-2.5 rounded-lg border px-3.5 text-[0.9375rem] font-semibold max-md:h-15 max-md:justify-center',
        !isOn && 'border-line-strong bg-panel hover:bg-raised',
        isOn && tone === 'bad' && 'border-bad bg-bad-soft text-bad shadow-[inset_0_0_0_0.5px_var(--color-bad)]',
        isOn && tone === 'good' && 'border-good bg-panel text-good shadow-[inset_0_0_0_0.5px_var(--color-good)]',
      )}
    >
      {icon}
      {label}
      <span className="ml-auto max-md:hidden">
        <Key>{hotkey}</Key>
      </span>
    </button>
  );
}

function Reasons({
  verdict,
  onReason,
  onIsFace,
}: {
  readonly verdict: Extract<Verdict, { kind: 'wrong' }>;
  readonly onReason: (reason: Reason) => void;
  readonly onIsFace: (isFace: boolean) => void;
}) {
  const asksForFace = verdict.reason === 'other' && verdict.isFace === undefined;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a border of its own and no flex in some browsers */}
      <div
        role="group"
        aria-label="What is wrong"
        className="relative mx-4 mt-2.5 grid grid-cols-5 rounded-lg border border-line-strong bg-raised before:absolute before:-top-1.5 before:right-[22%] before:size-2.5 before:rotate-45 before:border-t before:border-l before:border-line-strong before:bg-raised"
      >
        {REASONS.map((reason, index) => (
          <button
            key={reason}
            type="button"
            aria-pressed={verdict.reason === reason}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => onReason(reason)}
            className={clsx(
              'relative flex h-[58px] flex-col items-center justify-center gap-1.5 text-xs leading-none font-medium -outline-offset-2 max-md:h-12',
              index > 0 && 'border-l border-line',
              verdict.reason === reason ? 'text-bad' : 'hover:text-accent',
            )}
          >
            {REASON_NAMES[reason]}
            <Key>{String(index + 1)}</Key>
          </button>
        ))}
      </div>
      {asksForFace && (
        <p className="mx-4 mt-2 flex flex-wrap items-center gap-2 text-[0.8125rem]">
          Is there a face?
          <Button onClick={() => onIsFace(true)}>Yes, it has no right box</Button>
          <Button onClick={() => onIsFace(false)}>No</Button>
        </p>
      )}
    </>
  );
}

type CheckActionsProps = {
  /** What the filled button says and does. */
  readonly main: { readonly label: string; readonly onPress: () => void };
  readonly isDrawing: boolean;
  readonly onMissed: () => void;
  readonly note: string;
  readonly isNoteOpen: boolean;
  readonly onNoteOpen: (isOpen: boolean) => void;
  readonly onNote: (note: string) => void;
  /** The keys were taken back out of the note. */
  readonly onNoteLeft: () => void;
};

/** What is done with the whole picture. */
export function CheckActions({
  main,
  isDrawing,
  onMissed,
  note,
  isNoteOpen,
  onNoteOpen,
  onNote,
  onNoteLeft,
}: CheckActionsProps) {
  return (
    <div className="mx-4 mt-3 mb-3.5 grid grid-cols-2 gap-2">
      <Button
        look="primary"
        aria-keyshortcuts="A"
        className="col-span-2 min-h-11 justify-between rounded-lg px-3.5 text-sm font-semibold max-md:min-h-15 max-md:justify-center"
        onClick={main.onPress}
      >
        <span className="flex-1 text-left max-md:text-center">{main.label}</span>
        <Key>A</Key>
      </Button>
      <Button
        aria-pressed={isDrawing}
        aria-keyshortcuts="M"
        className="min-h-9.5 justify-start rounded-[10px]"
        onClick={onMissed}
      >
        <ScanFace aria-hidden className="size-4" />
        Missed a face
        <span className="ml-auto">
          <Key>M</Key>
        </span>
      </Button>
      <Button
        aria-expanded={isNoteOpen}
        aria-keyshortcuts="N"
        className="min-h-9.5 justify-start rounded-[10px]"
        onClick={() => onNoteOpen(!isNoteOpen)}
      >
        <MessageSquare aria-hidden className={clsx('size-4', note !== '' && 'fill-accent-soft text-accent')} />
        Note
        <span className="ml-auto">
          <Key>N</Key>
        </span>
      </Button>
      {isNoteOpen && (
        <textarea
          // biome-ignore lint/a11y/noAutofocus: it opens because somebody asked for it just now
          autoFocus
          aria-label="Note about the picture"
          defaultValue={note}
          rows={3}
          maxLength={10_000}
          onKeyDown={(event) => {
            const isEnd = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
            if (!isEnd) return;
            event.preventDefault();
            event.stopPropagation();
            event.currentTarget.blur();
            onNoteOpen(false);
            onNoteLeft();
          }}
          // Kept whichever way it is left.
          onBlur={(event) => onNote(event.target.value)}
          className="col-span-2 rounded border border-line-strong bg-panel px-3 py-2 text-[0.8125rem]"
        />
      )}
    </div>
  );
}
