import clsx from 'clsx';
import { ArrowRight, Check, MessageSquare, ScanFace, TriangleAlert, X } from 'lucide-react';
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
  /** For a thumb, beside a row that has the crops. */
  readonly isPhone: boolean;
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
  isPhone,
}: VerdictPanelProps) {
  const isWrong = verdict?.kind === 'wrong';
  const told = `${Math.round(face.bound.width)} × ${Math.round(face.bound.height)} px`;
  return (
    <>
      <div className="flex min-h-11 shrink-0 items-center justify-between gap-3 px-4">
        <h2 className="text-[0.9375rem] font-semibold whitespace-nowrap tabular-nums">
          Face {face.faceNo} <span className="font-normal text-ink-faint">of {count}</span>
        </h2>
        <span className="truncate text-[0.8125rem] text-ink-faint tabular-nums">
          {isPhone ? told : `${face.name} · ${told}`}
        </span>
      </div>
      {!isPhone && <FaceCrop face={face} size={size} pictureUrl={pictureUrl} />}
      <p
        className={clsx(
          'mx-4 flex min-h-5 shrink-0 items-center gap-2 text-[0.8125rem] text-warn',
          isPhone ? 'mb-3 small:not-has-[svg]:hidden' : 'my-2',
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
        className="mx-4 grid shrink-0 grid-cols-2 gap-2 rounded-lg outline-offset-4"
      >
        <VerdictButton
          label="Right"
          hotkey="R"
          isOn={verdict?.kind === 'right'}
          tone="good"
          icon={<Check aria-hidden className="size-5" />}
          isPhone={isPhone}
          onPress={onRight}
        />
        <VerdictButton
          label="Wrong"
          hotkey="W"
          isOn={isWrong}
          tone="bad"
          icon={<X aria-hidden className="size-5" />}
          isPhone={isPhone}
          onPress={onWrong}
        />
      </div>
      {isWrong && reasonsOpen && (
        <Reasons verdict={verdict} isPhone={isPhone} onReason={onReason} onIsFace={onIsFace} />
      )}
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
    <div
      // Narrower in a low window, so that the verdict is in it.
      className="relative mx-auto w-[min(100%-2rem,45vh)] shrink-0 overflow-hidden rounded-lg bg-mat"
      style={{ aspectRatio: CROP_SHAPE }}
    >
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
  readonly isPhone: boolean;
  readonly onPress: () => void;
};

function VerdictButton({ label, hotkey, isOn, tone, icon, isPhone, onPress }: VerdictButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-keyshortcuts={hotkey}
      onClick={onPress}
      className={clsx(
        'flex items-center gap-2.5 rounded-lg border px-3.5 text-[0.9375rem] font-semibold',
        isPhone ? 'h-15 justify-center' : 'h-13',
        !isOn && 'border-line-strong bg-panel hover:bg-raised',
        isOn && tone === 'bad' && 'border-bad bg-bad-soft text-bad shadow-[inset_0_0_0_0.5px_var(--color-bad)]',
        isOn && tone === 'good' && 'border-good bg-panel text-good shadow-[inset_0_0_0_0.5px_var(--color-good)]',
      )}
    >
      {icon}
      {label}
      {!isPhone && (
        <span className="ml-auto">
          <Key>{hotkey}</Key>
        </span>
      )}
    </button>
  );
}

function Reasons({
  verdict,
  isPhone,
  onReason,
  onIsFace,
}: {
  readonly isPhone: boolean;
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
        // Of as many columns as have room for their words, which larger text has less of.
        className="relative mx-4 mt-2.5 grid shrink-0 grid-cols-[repeat(auto-fit,minmax(3.5rem,1fr))] rounded-lg border border-line-strong bg-raised before:absolute before:-top-1.5 before:right-[22%] before:size-2.5 before:rotate-45 before:border-t before:border-l before:border-line-strong before:bg-raised"
      >
        {REASONS.map((reason, index) => (
          <button
            key={reason}
            type="button"
            aria-pressed={verdict.reason === reason}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => onReason(reason)}
            className={clsx(
              'relative flex flex-col items-center justify-center gap-1.5 px-0.5 text-center text-xs leading-tight font-medium -outline-offset-2',
              isPhone ? 'min-h-12' : 'min-h-[58px]',
              index > 0 && 'border-l border-line',
              verdict.reason === reason ? 'text-bad' : 'hover:text-accent',
            )}
          >
            {REASON_NAMES[reason]}
            {!isPhone && <Key>{String(index + 1)}</Key>}
          </button>
        ))}
      </div>
      {asksForFace && (
        <p className="mx-4 mt-2 flex shrink-0 flex-wrap items-center gap-2 text-[0.8125rem]">
          Is there a face?
          <Button onClick={() => onIsFace(true)}>Yes, it has no right box</Button>
          <Button onClick={() => onIsFace(false)}>No</Button>
        </p>
      )}
    </>
  );
}

type CheckActionsProps = {
  /** What the filled button says and does. `isTooEarly`: nothing of what it is about was seen yet. */
  readonly main: { readonly label: string; readonly isTooEarly: boolean; readonly onPress: () => void };
  readonly isDrawing: boolean;
  readonly onMissed: () => void;
  readonly note: string;
  readonly isNoteOpen: boolean;
  readonly onNoteOpen: (isOpen: boolean) => void;
  readonly onNote: (note: string) => void;
  /** The keys were taken back out of the note. */
  readonly onNoteLeft: () => void;
  readonly isPhone: boolean;
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
  isPhone,
}: CheckActionsProps) {
  const small = isPhone
    ? 'min-h-14! min-w-16 flex-col gap-1 rounded-lg px-1 text-xs'
    : 'min-h-9.5 justify-start rounded-[10px] whitespace-normal';
  const mainButton = (
    <Button
      look="primary"
      aria-keyshortcuts="A"
      aria-disabled={main.isTooEarly || undefined}
      className={clsx(
        'rounded-lg px-3.5 text-sm font-semibold whitespace-normal',
        isPhone ? 'min-h-14! shrink! flex-[1_1_9rem]' : 'col-span-2 min-h-11',
      )}
      onClick={main.onPress}
    >
      <span className={clsx(!isPhone && 'flex-1 text-left')}>{main.label}</span>
      {isPhone ? <ArrowRight aria-hidden className="size-5" /> : <Key>A</Key>}
    </Button>
  );
  return (
    <div
      className={clsx(
        'mx-4 shrink-0 gap-2',
        // The largest text has the main one in a line of its own.
        isPhone ? 'mt-auto flex flex-wrap pt-3 pb-4' : 'mt-3 mb-3.5 grid grid-cols-2',
      )}
    >
      {!isPhone && mainButton}
      <Button
        aria-label="Missed a face"
        aria-pressed={isDrawing}
        aria-keyshortcuts="M"
        className={small}
        onClick={onMissed}
      >
        <ScanFace aria-hidden className="size-4 shrink-0" />
        {isPhone ? 'Missed' : <ActionWords hotkey="M">Missed a face</ActionWords>}
      </Button>
      <Button
        aria-expanded={isNoteOpen}
        aria-keyshortcuts="N"
        className={small}
        onClick={() => onNoteOpen(!isNoteOpen)}
      >
        <MessageSquare aria-hidden className={clsx('size-4 shrink-0', note !== '' && 'fill-accent-soft text-accent')} />
        {isPhone ? 'Note' : <ActionWords hotkey="N">Note</ActionWords>}
      </Button>
      {isPhone && mainButton}
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
          className="col-span-full w-full rounded border border-line-strong bg-panel px-3 py-2 text-[0.8125rem]"
        />
      )}
    </div>
  );
}

/** What a button says, with its key at the end. */
const ActionWords = ({ hotkey, children }: { readonly hotkey: string; readonly children: string }) => (
  <>
    {children}
    <span className="ml-auto">
      <Key>{hotkey}</Key>
    </span>
  </>
);
