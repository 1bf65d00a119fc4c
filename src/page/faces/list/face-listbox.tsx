import clsx from 'clsx';
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef } from 'react';
import { isMenuKey } from '#page/keyboard/shortcuts.ts';
import { currentSelection, selectionStore, useRevealCount, useSelection } from '#page/pictures/selection-store.ts';
import type { CropSource } from '#page/ui/crop-source.ts';
import type { FaceId } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { assertNever } from '#shared/result.ts';
import { primaryOf } from '#shared/selection.ts';
import { GRID_GAP, GRID_ROW_GAP } from '../model/grid-plan.ts';
import { type FaceAction, FaceActions, type OpenFaceMenu } from './face-actions.tsx';
import type { CardLayout } from './face-card.tsx';
import { SmallFaces } from './face-list-notes.tsx';
import { FaceOption } from './face-option.tsx';
import type { FaceView } from './face-view.ts';
import { goToTyped } from './go-to-typed.ts';
import { keepInView } from './keep-in-view.ts';
import { listCommand } from './list-keys.ts';
import type { ListLook } from './list-look.ts';
import { PrimaryFaceBar } from './primary-face-bar.tsx';
import { useActiveFace } from './use-active-face.ts';
import { useFaceRows } from './use-face-rows.ts';
import { useGridPlan } from './use-grid-plan.ts';
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
  readonly look: ListLook;
  /** Height of the whole list of faces while nothing is selected, in CSS pixels; undefined where it is not known. */
  readonly room: number | undefined;
  /** What is said once of all small faces; where nothing is, each says it of itself. */
  readonly smallMessage: string | undefined;
  /** Whether a grid says below it what is known of the primary face. */
  readonly showsPrimary: boolean;
  readonly isLow: boolean;
  readonly actions: readonly FaceAction[];
  readonly onMenu: OpenFaceMenu;
};

/**
 * The listbox named `Faces`: one stop for the Tab key, with the keyboard's place told by aria-activedescendant so that
 * a virtual list works alike. Scrolls within its parent's height.
 */
export function FaceListbox({
  view,
  size,
  source,
  layout,
  look,
  room,
  smallMessage,
  showsPrimary,
  isLow,
  actions,
  onMenu,
}: FaceListboxProps) {
  const { faces, shown, shownIds } = view;
  const scroller = useRef<HTMLDivElement>(null);
  const listbox = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const optionId = (id: FaceId) => `${prefix}${id}`;

  const primaryId = primaryOf(useSelection());
  const revealCount = useRevealCount();
  const { active, inView, moveTo } = useActiveFace(shownIds);
  const isGrid = look === 'grid';
  const grid = useGridPlan({ count: isGrid ? shown.length : undefined, listbox, height: room });
  const rows = useFaceRows({
    shown: shownIds,
    layout,
    grid,
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: selecting the same face again, or another order or layout, is a reason to scroll too
  useEffect(
    () => (inView === undefined || isHeld ? undefined : showOption(inView)),
    [inView, revealCount, shownIds, isHeld, grid?.columns],
  );

  const isPrimary = (id: FaceId) => primaryOf(currentSelection(selectionStore.getState())) === id;
  const onKeyDown = (event: KeyboardEvent) => {
    if (isMenuKey(event) && active !== undefined) {
      event.preventDefault();
      return openMenu(active);
    }
    const command = listCommand(event, shownIds, active, grid?.columns ?? 1);
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
  const actionsPlace = isGrid || actions.length === 0 ? 'none' : cardActions > MAX_INLINE ? 'below' : 'inline';
  const actionsFace = actions.length === 0 ? undefined : shown.find((face) => face.id === actionsId);

  return (
    <>
      <div
        ref={scroller}
        data-scroller
        className={clsx(
          'min-h-0 flex-1 overflow-y-auto overscroll-contain',
          isGrid ? 'overflow-x-hidden pl-4' : 'px-2 pb-2',
        )}
      >
        {/* As wide with a scroll bar as without: a tile must not change its size as one is selected. */}
        <div className={clsx('relative', isGrid && 'w-[calc(100cqw-2rem)] pt-1 pb-3')}>
          {smallMessage !== undefined && (
            <SmallFaces message={smallMessage} className={isGrid ? 'pb-2' : 'px-2 pb-1'} />
          )}
          <div
            ref={listbox}
            role="listbox"
            aria-label="Faces"
            aria-multiselectable
            aria-activedescendant={active === undefined ? undefined : optionId(active)}
            tabIndex={0}
            data-captioned={grid?.captioned === true || undefined}
            className={clsx('group/faces relative outline-none', isGrid && 'grid content-start')}
            style={{
              ...(isGrid
                ? {
                    gridTemplateColumns: `repeat(${grid?.columns ?? 1}, minmax(0, 1fr))`,
                    gap: `${GRID_ROW_GAP}rem ${GRID_GAP}rem`,
                  }
                : {}),
              ...(rows.height === undefined ? {} : { height: rows.height }),
            }}
            onKeyDown={onKeyDown}
            onFocus={({ currentTarget }) => {
              // Who comes by keyboard sees where it stands; a click scrolls nothing.
              if (active !== undefined && currentTarget.matches(':focus-visible')) showOption(active);
            }}
            {...handlers}
          >
            {rows.rows.map(({ index, style }) => {
              const face = shown[index];
              if (face === undefined) return null;
              return (
                <FaceOption
                  key={face.id}
                  id={optionId(face.id)}
                  face={face}
                  size={size}
                  source={source}
                  factSource={view.factSource}
                  layout={isGrid ? 'tile' : layout}
                  index={index}
                  count={shown.length}
                  isActive={face.id === active}
                  saysSmall={smallMessage === undefined}
                  actionsPlace={face.id === actionsId ? actionsPlace : 'none'}
                  {...(style === undefined ? {} : { ref: rows.measure, className: 'absolute! top-0 left-0', style })}
                />
              );
            })}
          </div>
          {!isGrid && actionsFace !== undefined && (
            <FaceActions
              face={actionsFace}
              actions={actions}
              onMenu={onMenu}
              listbox={listbox}
              optionId={optionId(actionsFace.id)}
            />
          )}
        </div>
      </div>
      {isGrid && showsPrimary && actionsFace !== undefined && (
        <PrimaryFaceBar
          face={actionsFace}
          factSource={view.factSource}
          actions={actions}
          onMenu={onMenu}
          isLow={isLow}
        />
      )}
    </>
  );
}
