import { DropdownMenu } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { SHORTCUTS } from '#page/keyboard/shortcuts.ts';
import { useSelection } from '#page/pictures/selection-store.ts';
import type { Face } from '#shared/face.ts';
import { isSelected } from '#shared/selection.ts';
import { actionLabel, type FaceAction } from './face-actions.tsx';
import type { SelectionAction } from './selection-bar.tsx';

/** A face whose menu is open, and the point of the window where it was asked for, in CSS pixels. */
export type FaceMenuPlace = { readonly face: Face; readonly x: number; readonly y: number };

type FaceMenuProps = {
  /** Closed without one. */
  readonly at: FaceMenuPlace | undefined;
  readonly actions: readonly FaceAction[];
  /** What can be done with all selected faces, where this one is among several. */
  readonly selectionActions: readonly SelectionAction[];
  /** All faces of the picture. */
  readonly faces: readonly Face[];
  readonly onClose: () => void;
};

/**
 * Everything that can be done with a face, where it was asked for: by a right click on its box or card, by the menu
 * key, by the button on its card. One menu for all, so that all offer the same. Not modal: a modal menu writes a style
 * element into the page, which the Content-Security-Policy refuses. Drawn where it is mounted, so that it stays inside
 * that landmark.
 */
export function FaceMenu({ at, actions, selectionActions, faces, onClose }: FaceMenuProps) {
  const selection = useSelection();
  const selected = faces.filter(({ id }) => isSelected(selection, id));
  const before = useRef<HTMLElement>(null);
  const isOpen = useRef(false);
  useEffect(() => {
    isOpen.current = at !== undefined;
  }, [at]);
  return (
    <DropdownMenu.Root open={at !== undefined} onOpenChange={(open) => !open && onClose()} modal={false}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden className="pointer-events-none fixed size-0" style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      </DropdownMenu.Trigger>
      {at !== undefined && (
        <DropdownMenu.Content
          key={`${at.face.id} ${at.x} ${at.y}`}
          ref={(content) => {
            // Drawn before it takes the focus.
            const focused = document.activeElement;
            if (content !== null && focused instanceof HTMLElement && !content.contains(focused)) {
              before.current = focused;
            }
          }}
          aria-labelledby={undefined}
          aria-label={`Face ${at.face.faceNo}`}
          side="bottom"
          align="start"
          // Off the pointer, whose button is still down: letting go must not choose.
          sideOffset={2}
          alignOffset={2}
          collisionPadding={8}
          onContextMenu={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Another right click has opened the menu of another face by now, or what was chosen a panel: that has the focus.
            const isFree = document.activeElement === document.body;
            if (!isOpen.current && isFree && before.current?.isConnected) before.current.focus({ preventScroll: true });
          }}
          className="z-50 min-w-52 rounded border border-line bg-panel p-1 text-[0.8125rem] text-ink shadow-float"
        >
          {actions
            .filter(({ isThere }) => isThere?.(at.face) ?? true)
            .map((action, index, shown) => (
              <MenuItem
                key={action.id}
                action={action}
                face={at.face}
                beginsGroup={index > 0 && shown[index - 1]?.group !== action.group}
              />
            ))}
          {selected.length > 1 && isSelected(selection, at.face.id) && (
            <DropdownMenu.Group className="mt-1 border-t border-line pt-1">
              <DropdownMenu.Label className="px-2.5 pt-1 pb-0.5 text-xs text-ink-faint tabular-nums">
                {selected.length} selected
              </DropdownMenu.Label>
              {selectionActions.map(({ id, label, icon: Icon, refusal, onRun }) => (
                <DropdownMenu.Item
                  key={id}
                  disabled={refusal?.(selected.length) !== undefined}
                  onSelect={() => onRun(selected)}
                  className={MENU_ROW}
                >
                  <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
                  {label}
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          )}
        </DropdownMenu.Content>
      )}
    </DropdownMenu.Root>
  );
}

const MENU_ROW =
  'flex min-h-8 items-center gap-2.5 rounded-sm px-2.5 py-1 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-accent-soft pointer-coarse:min-h-11';

type MenuItemProps = { readonly action: FaceAction; readonly face: Face; readonly beginsGroup: boolean };

function MenuItem({ action, face, beginsGroup }: MenuItemProps) {
  const key = SHORTCUTS.find(({ command }) => command === action.command)?.shown[0];
  return (
    <>
      {beginsGroup && <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />}
      <DropdownMenu.Item onSelect={() => action.onRun(face)} className={MENU_ROW}>
        <action.icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <span className="min-w-0 flex-1">{actionLabel(action, face)}</span>
        {key !== undefined && (
          <kbd aria-hidden className="font-sans text-xs text-ink-faint pointer-coarse:hidden">
            {key}
          </kbd>
        )}
      </DropdownMenu.Item>
    </>
  );
}
