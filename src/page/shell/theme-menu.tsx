import { Check, CircleHelp, Ellipsis, Link2, LogOut, Monitor, Moon, Presentation, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import type { Picture } from '#page/pictures/work-store.ts';
import { usePresent } from '#page/present/use-present.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { buttonClass } from '#page/ui/button.tsx';
import { setTheme, THEMES, type Theme, useTheme } from '#page/ui/theme.ts';

const THEME_LABELS: Readonly<Record<Theme, string>> = { system: 'As the device', light: 'Light', dark: 'Dark' };
const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

type ThemeMenuProps = {
  /** Begins the presentation, for phones; absent while nothing is open. */
  readonly presentItem: ReactNode;
  readonly onHelp: () => void;
  /** Absent while nothing is open. */
  readonly onCopyLink: (() => void) | undefined;
  /** Absent where nobody has to sign in. */
  readonly onSignOut: (() => void) | undefined;
};

const ITEM =
  'flex min-h-9 items-center gap-3 rounded px-3 outline-none data-[highlighted]:bg-raised data-disabled:opacity-50 pointer-coarse:min-h-11';
const PHONE_ITEM = `${ITEM} max-md:min-h-11 md:hidden`;

/** Light, dark, or as the device has it, and the way out; on phones, presenting, help and link are in here too. */
export function ThemeMenu({ presentItem, onHelp, onCopyLink, onSignOut }: ThemeMenuProps) {
  const theme = useTheme();
  const Icon = THEME_ICONS[theme];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={`Theme: ${THEME_LABELS[theme]}`}
        className={buttonClass('quiet', 'size-9 pointer-coarse:size-11')}
      >
        <Icon aria-hidden className="size-4.5 max-md:hidden" />
        <Ellipsis aria-hidden className="size-5 md:hidden" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="z-50 min-w-44 rounded-lg border border-line bg-panel p-1 shadow-float"
        >
          <DropdownMenu.RadioGroup
            value={theme}
            onValueChange={(value) => setTheme(THEMES.find((name) => name === value) ?? 'system')}
          >
            {THEMES.map((name) => {
              const ItemIcon = THEME_ICONS[name];
              return (
                <DropdownMenu.RadioItem key={name} value={name} className={ITEM}>
                  <ItemIcon aria-hidden className="size-4 text-ink-faint" />
                  <span className="flex-1">{THEME_LABELS[name]}</span>
                  <DropdownMenu.ItemIndicator>
                    <Check aria-hidden className="size-4 text-accent" />
                  </DropdownMenu.ItemIndicator>
                </DropdownMenu.RadioItem>
              );
            })}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="my-1 h-px bg-line md:hidden" />
          {presentItem}
          {onCopyLink !== undefined && (
            <DropdownMenu.Item onSelect={onCopyLink} className={PHONE_ITEM}>
              <Link2 aria-hidden className="size-4 text-ink-faint" />
              Copy link
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item onSelect={onHelp} className={PHONE_ITEM}>
            <CircleHelp aria-hidden className="size-4 text-ink-faint" />
            Help and keys
          </DropdownMenu.Item>
          {onSignOut !== undefined && (
            <>
              <DropdownMenu.Separator className="my-1 h-px bg-line" />
              <DropdownMenu.Item onSelect={onSignOut} className={ITEM}>
                <LogOut aria-hidden className="size-4 text-ink-faint" />
                Sign out
              </DropdownMenu.Item>
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Presenting in the menu, where the header has no room for its button; off exactly when that is. */
export function PresentItem({ session, picture }: { readonly session: EngineSession; readonly picture: Picture }) {
  const present = usePresent(session, picture);
  return (
    <DropdownMenu.Item
      disabled={present === undefined}
      {...(present === undefined ? {} : { onSelect: present })}
      className={PHONE_ITEM}
    >
      <Presentation aria-hidden className="size-4 text-ink-faint" />
      Present
    </DropdownMenu.Item>
  );
}
