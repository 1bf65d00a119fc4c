import type { LucideIcon } from 'lucide-react';
import { DropdownMenu, Toolbar } from 'radix-ui';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Face } from '#domain/face.ts';
import { buttonClass } from '#lib/ui/button.tsx';
import { Tooltip } from '#lib/ui/tooltip.tsx';

/** Something to do with the primary face. */
export type FaceAction = {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** The main action is shown with its words. */
  readonly primary?: boolean;
} & (
  | { readonly onRun: (face: Face) => void }
  /** Opens a menu of these instead. */
  | { readonly menu: readonly FaceMenuItem[] }
);

export type FaceMenuItem = {
  readonly id: string;
  readonly label: string;
  readonly onRun: (face: Face) => void;
  /** False where the face has nothing of the kind; every face has, when left out. */
  readonly isThere?: (face: Face) => boolean;
};

type FaceActionsProps = {
  readonly face: Face;
  readonly actions: readonly FaceAction[];
  /** The listbox: the toolbar is laid over the slot that the primary card leaves free in it. */
  readonly listbox: RefObject<HTMLElement | null>;
  readonly optionId: string;
  readonly onPointerEnter: () => void;
  readonly onPointerLeave: () => void;
};

/** Quick actions of the primary face: a sibling of the listbox, because an option must not hold controls. */
export function FaceActions({ face, actions, listbox, optionId, ...pointer }: FaceActionsProps) {
  const toolbar = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const list = listbox.current;
    const bar = toolbar.current;
    if (list === null || bar === null) return;
    const lay = () => layOver(bar, list, optionId);
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

  return (
    <Toolbar.Root
      ref={toolbar}
      aria-label="Face actions"
      className="absolute top-0 left-0 flex min-h-7 w-max flex-wrap items-center gap-0.5 pointer-coarse:min-h-11"
      {...pointer}
    >
      {actions.map((action) =>
        'menu' in action ? (
          <ActionMenu key={action.id} action={action} face={face} />
        ) : action.primary === true ? (
          <Toolbar.Button
            key={action.id}
            className={buttonClass('primary', 'mr-1 h-7 min-w-0 px-2.5 text-xs font-semibold pointer-coarse:h-11')}
            onClick={() => action.onRun(face)}
          >
            {action.label}
          </Toolbar.Button>
        ) : (
          <Tooltip key={action.id} text={action.label}>
            <Toolbar.Button
              aria-label={action.label}
              className={buttonClass('quiet', 'size-7 hover:bg-panel pointer-coarse:size-11')}
              onClick={() => action.onRun(face)}
            >
              <action.icon aria-hidden className="size-4" />
            </Toolbar.Button>
          </Tooltip>
        ),
      )}
    </Toolbar.Root>
  );
}

type MenuAction = Extract<FaceAction, { menu: unknown }>;

/** Not modal: a modal menu writes a style element into the page, which the Content-Security-Policy refuses. */
function ActionMenu({ action, face }: { readonly action: MenuAction; readonly face: Face }) {
  return (
    <DropdownMenu.Root modal={false}>
      <Tooltip text={action.label}>
        <Toolbar.Button asChild>
          <DropdownMenu.Trigger
            aria-label={action.label}
            className={buttonClass('quiet', 'size-7 hover:bg-panel pointer-coarse:size-11')}
          >
            <action.icon aria-hidden className="size-4" />
          </DropdownMenu.Trigger>
        </Toolbar.Button>
      </Tooltip>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 rounded border border-line bg-panel p-1 text-[0.8125rem] text-ink shadow-float"
        >
          {action.menu
            .filter(({ isThere }) => isThere?.(face) ?? true)
            .map(({ id, label, onRun }) => (
              <DropdownMenu.Item
                key={id}
                onSelect={() => onRun(face)}
                className="flex min-h-8 items-center rounded-sm px-3 py-1 outline-none select-none data-highlighted:bg-accent-soft pointer-coarse:min-h-11"
              >
                {label}
              </DropdownMenu.Item>
            ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

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
