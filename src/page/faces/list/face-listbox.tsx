import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef } from 'react';
import { isMenuKey } from '#page/keyboard/shortcuts.ts';
import { currentSelection, selectionStore, useRevealCount, useSelection } from '#page/pictures/selection-store.ts';
import type { CropSource } from '#page/ui/crop-source.ts';
import type { FaceId } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { assertNever } from '#shared/result.ts';
import { primaryOf } from '#shared/selection.ts';
import { type FaceAction, FaceActions, type OpenFaceMenu } from './face-actions.tsx';
import type { CardLayout } from './face-card.tsx';
import { FaceOption } from './face-option.tsx';
import type { FaceView } from './face-view.ts';
import { goToTyped } from './go-to-typed.ts';
import { keepInView } from './keep-in-view.ts';
import { listCommand } from './list-keys.ts';
import { useActiveFace } from './use-active-face.ts';
import { useFaceRows } from './use-face-rows.ts';
import { useOptionPointer } from './use-option-pointer.ts';

/** How many quick actions fit beside the crops of a card. */
const MAX_INLINE = 3;

/** Where the menu key opens the menu on a card, in CSS pixels from its corner. */
const CARD_INSET = 36;

type FaceListboxProps = {
  readonly view: FaceView;
  readonly size: Size;
  readonly source: CropSource;
  readonly layout: CardLayout;
  readonly actions: readonly FaceAction[];
  readonly onMenu: OpenFaceMenu;
};

/**
 * The listbox named `Faces`: one stop for the Tab key, with the keyboard's place told by aria-activedescendant so that
 * a virtual list works alike. Scrolls within its parent's height.
 */
export function FaceListbox({ view, size, source, layout, actions, onMenu }: FaceListboxProps) {
  const { faces, shown, shownIds } = view;
  const scroller = useRef<HTMLDivElement>(null);
  const listbox = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const optionId = (id: FaceId) => `${prefix}${id}`;

  const primaryId = primaryOf(useSelection());
  const revealCount = useRevealCount();
  const { active, inView, moveTo } = useActiveFace(shownIds);
  const rows = useFaceRows({
    shown: shownIds,
    layout,
    scroller,
    keep: [active, primaryId],
  });

  const openMenu = (id: FaceId, at?: { readonly x: number; readonly y: number }) => {
    const face = shown.find((candidate) => candidate.id === id);
    if (face === undefined) return;
    const store = selectionStore.getState();
    if (!currentSelection(store).ids.includes(id)) store.select(id);
    const card = document.getElementById(optionId(id))?.getBoundingClientRect();
    onMenu(face, at ?? { x: (card?.left ?? 0) + CARD_INSET, y: (card?.top ?? 0) + CARD_INSET });
  };

  const { held, handlers } = useOptionPointer(shownIds, openMenu);
  const isHeld = held !== undefined;
  // The actions change their card, and with it the list's layout, once no finger rests on it any more.
  const actionsId = held === undefined ? primaryId : held.primaryBefore;

  const showOption = useEffectEvent((id: FaceId) =>
    scroller.current === null ? undefined : keepInView(scroller.current, () => document.getElementById(optionId(id))),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: selecting the same face again, or another order, is a reason to scroll too
  useEffect(
    () => (inView === undefined || isHeld ? undefined : showOption(inView)),
    [inView, revealCount, shownIds, isHeld],
  );

  const isPrimary = (id: FaceId) => primaryOf(currentSelection(selectionStore.getState())) === id;
  const onKeyDown = (event: KeyboardEvent) => {
    if (isMenuKey(event) && active !== undefined) {
      event.preventDefault();
      return openMenu(active);
    }
    const command = listCommand(event, shownIds, active);
    if (command === undefined || (command.kind === 'digit' && (event.repeat || !goToTyped(command.digit, faces))))
      return;
    const store = selectionStore.getState();
    // At the end the arrow is the table's, which goes on to the next picture.
    if (event.key === 'ArrowRight' && command.kind === 'select' && isPrimary(command.id)) return;
    event.preventDefault();
    switch (command.kind) {
      case 'select':
        return store.select(command.id);
      case 'extend':
        return store.extendTo(command.id, shownIds);
      case 'move':
        return moveTo(command.id);
      case 'toggle':
        store.toggle(command.id);
        return moveTo(command.id);
      case 'digit':
        return;
      default:
        return assertNever(command);
    }
  };
  // The button for the menu is one more.
  const cardActions = actions.filter(({ onCard }) => onCard !== undefined).length + 1;
  const actionsPlace = actions.length === 0 ? 'none' : cardActions > MAX_INLINE ? 'below' : 'inline';
  const actionsFace = shown.find((face) => face.id === actionsId);

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2">
      <div className="relative">
        <div
          ref={listbox}
          role="listbox"
          aria-label="Faces"
          aria-multiselectable
          aria-activedescendant={active === undefined ? undefined : optionId(active)}
          tabIndex={0}
          className="group/faces relative outline-none"
          style={rows.height === undefined ? undefined : { height: rows.height }}
          onKeyDown={onKeyDown}
          onFocus={({ currentTarget }) => {
            // Who comes by keyboard sees where it stands; a click scrolls nothing.
            if (active !== undefined && currentTarget.matches(':focus-visible')) showOption(active);
          }}
          {...handlers}
        >
          {rows.rows.map(({ index, top }) => {
            const face = shown[index];
            if (face === undefined) return null;
            return (
              <FaceOption
                key={face.id}
                id={optionId(face.id)}
                face={face}
                size={size}
                source={source}
                layout={layout}
                index={index}
                count={shown.length}
                isActive={face.id === active}
                actionsPlace={face.id === actionsId ? actionsPlace : 'none'}
                {...(top === undefined
                  ? {}
                  : {
                      ref: rows.measure,
                      className: 'absolute! inset-x-0 top-0',
                      style: { transform: `translateY(${top}px)` },
                    })}
              />
            );
          })}
        </div>
        {actionsFace !== undefined && actions.length > 0 && (
          <FaceActions
            face={actionsFace}
            actions={actions}
            onMenu={onMenu}
            listbox={listbox}
            optionId={optionId(actionsFace.id)}
            onPointerEnter={() => selectionStore.getState().hover(actionsFace.id)}
            onPointerLeave={() => selectionStore.getState().hover(undefined)}
          />
        )}
      </div>
    </div>
  );
}
