import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useEffect, useRef } from 'react';

/** A point of the window, in CSS pixels. */
export type Point = { readonly x: number; readonly y: number };

export type PointMenuItem = {
  readonly label: string;
  readonly icon: LucideIcon;
  /** The key that does the same, as it is shown. */
  readonly shortcut?: string | undefined;
  /** Why it cannot be chosen now: it stays in reach, so that everybody learns why. */
  readonly whyNot?: string | undefined;
  readonly beginsGroup?: boolean;
  readonly onChoose: () => void;
};

type MenuAtPointProps = {
  readonly name: string;
  /** Where it was asked for; closed without one. */
  readonly at: Point | undefined;
  readonly onClose: () => void;
  readonly className?: string;
  /** Radix' items. */
  readonly children: ReactNode;
};

/**
 * A menu at a point of the window. Not modal: a modal menu writes a style element into the page, which the
 * Content-Security-Policy refuses. Drawn where it is mounted, so that it stays inside that landmark. The focus goes back
 * to where it was, if that is still there.
 */
export function MenuAtPoint({ name, at, onClose, className, children }: MenuAtPointProps) {
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
          key={`${name} ${at.x} ${at.y}`}
          ref={(content) => {
            // Drawn before it takes the focus.
            const focused = document.activeElement;
            if (content !== null && focused instanceof HTMLElement && !content.contains(focused)) {
              before.current = focused;
            }
          }}
          aria-labelledby={undefined}
          aria-label={name}
          side="bottom"
          align="start"
          // Off the pointer, whose button is still down: letting go must not choose.
          sideOffset={2}
          alignOffset={2}
          collisionPadding={8}
          onContextMenu={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Another right click has opened another menu by now, or what was chosen a panel: that has the focus.
            const isFree = document.activeElement === document.body;
            if (!isOpen.current && isFree && before.current?.isConnected) before.current.focus({ preventScroll: true });
          }}
          className={clsx(
            'z-50 min-w-52 rounded border border-line bg-panel p-1 text-[0.8125rem] text-ink shadow-float',
            className,
          )}
        >
          {children}
        </DropdownMenu.Content>
      )}
    </DropdownMenu.Root>
  );
}

type PointMenuProps = Pick<MenuAtPointProps, 'name' | 'at' | 'onClose'> & { readonly items: readonly PointMenuItem[] };

/** The same, of items that say why they cannot be chosen. */
export const PointMenu = ({ items, ...menu }: PointMenuProps) => (
  <MenuAtPoint {...menu} className="max-w-72">
    {items.map((item) => (
      <Item key={item.label} {...item} />
    ))}
  </MenuAtPoint>
);

function Item({ label, icon: Icon, shortcut, whyNot, beginsGroup, onChoose }: PointMenuItem) {
  return (
    <>
      {beginsGroup && <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />}
      <DropdownMenu.Item
        aria-disabled={whyNot !== undefined}
        aria-keyshortcuts={shortcut}
        onSelect={(event) => {
          if (whyNot === undefined) onChoose();
          else event.preventDefault();
        }}
        className="flex min-h-8 items-center gap-2.5 rounded-sm px-2.5 py-1 outline-none select-none data-highlighted:bg-accent-soft pointer-coarse:min-h-11"
      >
        <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <span className="min-w-0 flex-1">
          <span className={whyNot === undefined ? undefined : 'text-ink-soft'}>{label}</span>
          {whyNot !== undefined && <span className="block text-xs text-ink-soft">{whyNot}</span>}
        </span>
        {shortcut !== undefined && (
          <kbd aria-hidden className="font-sans text-xs text-ink-faint pointer-coarse:hidden">
            {shortcut}
          </kbd>
        )}
      </DropdownMenu.Item>
    </>
  );
}
