import clsx from 'clsx';
import { Ellipsis, type LucideIcon } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { type ComponentProps, type RefObject, useLayoutEffect, useRef } from 'react';
import type { PressCommand } from '#page/keyboard/shortcuts.ts';
import { selectionStore } from '#page/pictures/selection-store.ts';
import { buttonClass } from '#page/ui/button.tsx';
import { Tooltip } from '#page/ui/tooltip.tsx';
import type { Face } from '#shared/face.ts';

/** Something to do with a face: one table of these is behind the card's buttons, the menu and the keys. */
export type FaceAction = {
  readonly id: string;
  /** In the menu, and on the card where it has no words of its own: "Zoom to face". */
  readonly label: string | ((face: Face) => string);
  readonly icon: LucideIcon;
  /** Where else than in the menu: on the card of the primary face, with these words or as an icon. */
  readonly onCard?: 'icon' | { readonly words: string };
  /** The key that does the same with the primary face. */
  readonly command?: PressCommand;
  /** Actions of one group stand together in the menu. */
  readonly group: 'use' | 'copy';
  /** False where the face has nothing of the kind; every face has, when left out. */
  readonly isThere?: (face: Face) => boolean;
  readonly onRun: (face: Face) => void;
};

export const actionLabel = ({ label }: FaceAction, face: Face): string =>
  typeof label === 'string' ? label : label(face);

/** Opens the menu of a face at a point of the window, in CSS pixels. */
export type OpenFaceMenu = (face: Face, at: { readonly x: number; readonly y: number }) => void;

type FaceToolbarProps = ComponentProps<typeof Toolbar.Root> & {
  readonly face: Face;
  readonly actions: readonly FaceAction[];
  readonly onMenu: OpenFaceMenu;
};

/** Quick actions of the primary face: a sibling of the listbox, because an option must not hold controls. */
export function FaceToolbar({ face, actions, onMenu, className, ...toolbar }: FaceToolbarProps) {
  return (
    <Toolbar.Root
      aria-label="Face actions"
      className={clsx('flex min-h-7 w-max flex-wrap items-center gap-0.5 pointer-coarse:min-h-11', className)}
      onPointerEnter={() => selectionStore.getState().hover(face.id)}
      onPointerLeave={() => selectionStore.getState().hover(undefined)}
      {...toolbar}
    >
      {actions.map((action) =>
        action.onCard === undefined ? null : action.onCard === 'icon' ? (
          <IconAction
            key={action.id}
            icon={action.icon}
            label={actionLabel(action, face)}
            onClick={() => action.onRun(face)}
          />
        ) : (
          <Toolbar.Button
            key={action.id}
            className={buttonClass('primary', 'mr-1 h-7 min-w-0 px-2.5 text-xs font-semibold pointer-coarse:h-11')}
            onClick={() => action.onRun(face)}
          >
            {action.onCard.words}
          </Toolbar.Button>
        ),
      )}
      <IconAction
        icon={Ellipsis}
        label="More actions"
        aria-haspopup="menu"
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          onMenu(face, { x: left, y: bottom });
        }}
      />
    </Toolbar.Root>
  );
}

type FaceActionsProps = Pick<FaceToolbarProps, 'face' | 'actions' | 'onMenu'> & {
  /** The listbox: the toolbar is laid over the slot that the primary card leaves free in it. */
  readonly listbox: RefObject<HTMLElement | null>;
  readonly optionId: string;
};

/** The toolbar on the card of its face. */
export function FaceActions({ listbox, optionId, ...toolbar }: FaceActionsProps) {
  const bar = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const list = listbox.current;
    const laid = bar.current;
    if (list === null || laid === null) return;
    const lay = () => layOver(laid, list, optionId);
    lay();
    const observer = new ResizeObserver(lay);
    observer.observe(list);
    // A virtual list moves its options by their style, and a card grows when a hint appears.
    const mutations = new MutationObserver(lay);
    mutations.observe(list, { subtree: true, childList: true, attributeFilter: ['style'] });
    return () => {
      observer.disconnect();
      mutations.disconnect();
    };
  }, [listbox, optionId]);

  return <FaceToolbar ref={bar} className="absolute top-0 left-0" {...toolbar} />;
}

type IconActionProps = ComponentProps<typeof Toolbar.Button> & { readonly icon: LucideIcon; readonly label: string };

const IconAction = ({ icon: Icon, label, ...button }: IconActionProps) => (
  <Tooltip text={label}>
    <Toolbar.Button
      aria-label={label}
      className={buttonClass('quiet', 'size-7 hover:bg-panel pointer-coarse:size-11')}
      {...button}
    >
      <Icon aria-hidden className="size-4" />
    </Toolbar.Button>
  </Tooltip>
);

/** Moves the toolbar onto the slot of the option; both share the listbox's parent as their frame. */
function layOver(bar: HTMLElement, list: HTMLElement, optionId: string): void {
  const slot = list.querySelector<HTMLElement>(`#${CSS.escape(optionId)} [data-action-slot]`);
  const frame = bar.offsetParent;
  bar.style.visibility = slot === null ? 'hidden' : 'visible';
  if (slot === null || frame === null) return;
  // With large text the actions take more than one row; the card makes room for them.
  bar.style.maxWidth = `${slot.clientWidth}px`;
  const height = `${bar.offsetHeight}px`;
  if (slot.style.height !== height) slot.style.height = height;
  const at = slot.getBoundingClientRect();
  const origin = frame.getBoundingClientRect();
  bar.style.transform = `translate(${at.left - origin.left}px, ${at.top - origin.top}px)`;
}
