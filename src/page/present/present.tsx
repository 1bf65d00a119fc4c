import { useEffect, useMemo, useRef, useState } from 'react';
import { isCharacterPress, PRESENT_SHORTCUTS, type PresentCommand, shortcutFor } from '#page/keyboard/shortcuts.ts';
import { singleKeysOn } from '#page/keyboard/single-key-preference.ts';
import { TypedNumber } from '#page/keyboard/typed-number.ts';
import type { Face } from '#shared/face.ts';
import { imageRect, type Size } from '#shared/geometry/spaces.ts';
import { Caption } from './caption.tsx';
import { Controls, type Cover, coverKind, nextCover } from './controls.tsx';
import { FIRST_STEP, LAST_STEP, moved, partAt, stepWithin } from './model/present-steps.ts';
import { overviewParts, planFace, planPart } from './model/show-plan.ts';
import { PictureView } from './picture-view.tsx';
import { PresentKeys } from './present-keys.tsx';
import { useFullScreen } from './use-full-screen.ts';
import { useIdle } from './use-idle.ts';
import { usePixels } from './use-pixels.ts';
import { useShowSize } from './use-show-size.ts';
import { useSwipe } from './use-swipe.ts';

/** A picture that can be gone to. */
export type Neighbour = { readonly id: string; readonly thumbnailUrl: string };

export type PresentProps = {
  /** Identity of the picture: another one begins anew. */
  readonly pictureId: string;
  readonly pictureName: string;
  readonly pictureUrl: string;
  readonly faces: readonly Face[];
  /** What is said while there is no answer: without one nobody knows whether there are faces. */
  readonly noAnswerMessage: string | undefined;
  /** Place of the picture among those that can be gone to, in words; undefined while it is the only one. */
  readonly place: string | undefined;
  readonly before: Neighbour | undefined;
  readonly after: Neighbour | undefined;
  /** The space of the faces' boxes, in pixels. */
  readonly size: Size;
  /** Sends the picture to the engine, where nobody has allowed that yet. */
  readonly onSend: (() => void) | undefined;
  readonly onOpenPicture: (id: string) => void;
  readonly onEnd: () => void;
};

/** Height of the controls with the space around them, in CSS pixels: over all faces together they would hide numbers. */
const CONTROLS_HEIGHT = 72;

/**
 * Pictures before an audience: full screen, first all faces, then one after another, then the next picture. A native
 * modal dialog: everything behind it is out of reach, and its Esc ends it also where there is no full screen.
 */
export function Present({
  pictureId,
  pictureName,
  pictureUrl,
  faces,
  noAnswerMessage,
  place,
  before,
  after,
  size,
  onSend,
  onOpenPicture,
  onEnd,
}: PresentProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const pressedWithoutBar = useRef(false);
  const [typed] = useState(() => new TypedNumber());
  const [at, setAt] = useState({ pictureId, step: FIRST_STEP });
  const [cover, setCover] = useState<Cover>('off');
  const [isBlack, setIsBlack] = useState(false);
  const [keysShown, setKeysShown] = useState(false);
  const { isIdle, idleNow } = useIdle(screen);
  useFullScreen(screen, onEnd);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    screen.current?.focus();
    return () => element?.close();
  }, []);
  const shownSize = useShowSize(screen, words);

  const ordered = useMemo(() => faces.toSorted((a, b) => a.faceNo - b.faceNo), [faces]);
  const count = ordered.length;
  // By its numbers, so that a new object of the same size plans nothing anew.
  const { width, height } = size;
  const picture = useMemo(() => ({ width, height }), [width, height]);
  const wordsHeight = shownSize.caption + CONTROLS_HEIGHT;
  const parts = useMemo(
    () =>
      overviewParts(
        shownSize.screen,
        wordsHeight,
        picture,
        ordered.map(({ bound }) => bound),
      ),
    [shownSize.screen, wordsHeight, picture, ordered],
  );
  const step = stepWithin(at.pictureId === pictureId ? at.step : FIRST_STEP, count, parts.length);
  const current = ordered[step - 1];
  const part = parts[partAt(step, parts.length) ?? -1];
  const clear = useMemo(() => new Set(current === undefined ? [] : [current.id]), [current]);
  const kind = coverKind(cover);
  const pixels = usePixels(pictureUrl, size, faces, clear, kind);
  const kept = current === undefined ? wordsHeight : shownSize.caption;
  const plan = useMemo(() => {
    const whole = imageRect(0, 0, picture.width, picture.height);
    return current === undefined
      ? planPart(shownSize.screen, kept, picture, part ?? whole)
      : planFace(shownSize.screen, kept, picture, current.bound);
  }, [shownSize.screen, kept, picture, current, part]);

  const go = (to: number) => setAt({ pictureId, step: to });
  const open = (other: Neighbour | undefined, atStep: number) => {
    if (other === undefined) return;
    setAt({ pictureId: other.id, step: atStep });
    onOpenPicture(other.id);
  };
  const walk = (by: 1 | -1) => {
    const move = moved(step, by, count, parts.length);
    switch (move.to) {
      case 'step':
        return go(move.step);
      case 'before':
        return open(before, LAST_STEP);
      case 'after':
        return open(after, FIRST_STEP);
    }
  };
  const pick = (digit: string): boolean => {
    const faceNo = typed.take(digit, ordered.at(-1)?.faceNo ?? 0);
    const index = ordered.findIndex((face) => face.faceNo === faceNo);
    if (index !== -1) go(index + 1);
    return faceNo !== undefined;
  };
  const run = (command: PresentCommand) => {
    // Whatever is pressed first brings the picture back, where it was.
    if (isBlack && command !== 'end') return setIsBlack(false);
    switch (command) {
      case 'next':
        return walk(1);
      case 'back':
        return walk(-1);
      case 'all-faces':
        return go(FIRST_STEP);
      case 'last-face':
        return go(count);
      case 'pick-face':
        return;
      case 'cover':
        return setCover(nextCover(cover));
      case 'black':
        return setIsBlack(true);
      case 'previous-picture':
        return open(before, FIRST_STEP);
      case 'next-picture':
        return open(after, FIRST_STEP);
      case 'help':
        return setKeysShown(!keysShown);
      case 'end':
        return onEnd();
    }
  };
  const swipe = useSwipe((by) => run(by === 1 ? 'next' : 'back'));

  return (
    <dialog
      ref={dialog}
      aria-label="Presentation"
      data-theme="dark"
      onCancel={(event) => {
        event.preventDefault();
        if (keysShown) setKeysShown(false);
        else onEnd();
      }}
      onKeyDown={(event) => {
        const isPress = event.key === ' ' || event.key === 'Enter';
        if (isPress && event.target instanceof HTMLButtonElement) return;
        if (event.key !== ' ' && isCharacterPress(event) && !singleKeysOn()) return;
        const shortcut = shortcutFor(PRESENT_SHORTCUTS, event);
        if (shortcut === undefined || (event.repeat && shortcut.kind === 'press')) return;
        event.preventDefault();
        if (!isBlack && /^[0-9]$/.test(event.key) && pick(event.key)) return;
        run(shortcut.command);
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
        {...swipe}
        onClick={() => run('next')}
        className={`relative size-full touch-none bg-[#060708] outline-none select-none ${isIdle ? 'cursor-none' : ''}`}
      >
        <PictureView
          pictureId={pictureId}
          size={picture}
          pixels={pixels}
          faces={ordered}
          current={current}
          plan={plan}
          screen={shownSize.screen}
          caption={kept}
          label={count === 0 ? 'The picture' : `The picture with ${count === 1 ? 'one face' : `${count} faces`}`}
        />
        <Caption
          ref={words}
          name={pictureName}
          place={place}
          faces={ordered}
          step={step}
          parts={parts.length}
          noAnswerMessage={noAnswerMessage}
          cover={kind}
          pixels={pixels}
          size={picture}
          nextPicture={kind === undefined ? after : undefined}
          isShownBeside={plan.crop !== undefined}
        />
        <Controls
          ref={bar}
          isIdle={isIdle && !keysShown}
          bottom={shownSize.caption}
          cover={cover}
          canGoBack={step > 1 - parts.length || before !== undefined}
          canGoOn={step < count || after !== undefined}
          hasPictures={before !== undefined || after !== undefined}
          canGoToPicture={{ before: before !== undefined, after: after !== undefined }}
          onCover={setCover}
          onSend={onSend}
          onRun={run}
          onClickCapture={(event) => {
            // A press that began while nothing was to be seen here is meant for the picture; it brings the bar back.
            if (!pressedWithoutBar.current || event.detail === 0) return;
            pressedWithoutBar.current = false;
            event.stopPropagation();
            run('next');
          }}
        />
        {keysShown && <PresentKeys onClose={() => setKeysShown(false)} />}
        {isBlack && (
          <div role="status" className="absolute inset-0 z-30 bg-black">
            <span className="sr-only">The screen is black. Go on with any key.</span>
          </div>
        )}
      </div>
    </dialog>
  );
}
