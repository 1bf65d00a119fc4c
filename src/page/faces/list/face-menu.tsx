import { DropdownMenu } from 'radix-ui';
import { SHORTCUTS } from '#page/keyboard/shortcuts.ts';
import { useSelection } from '#page/pictures/selection-store.ts';
import { MenuAtPoint } from '#page/ui/point-menu.tsx';
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
 * key, by the button on its card. One menu for all, so that all offer the same.
 */
export function FaceMenu({ at, actions, selectionActions, faces, onClose }: FaceMenuProps) {
  const selection = useSelection();
  const selected = faces.filter(({ id }) => isSelected(selection, id));
  return (
    <MenuAtPoint name={at === undefined ? '' : `Face ${at.face.faceNo}`} at={at} onClose={onClose}>
      {at !== undefined && (
        <>
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
        </>
      )}
    </MenuAtPoint>
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
