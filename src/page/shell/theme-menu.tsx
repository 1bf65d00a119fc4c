import {
  Check,
  CircleHelp,
  Columns2,
  Ellipsis,
  FolderClock,
  Link2,
  ListChecks,
  Monitor,
  Moon,
  Presentation,
  Sun,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, type RefObject, useRef } from 'react';
import { useCheck } from '#page/check/check-button.tsx';
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
  /** Begin check mode and its comparison, for phones; absent while nothing is open. */
  readonly checkItems: ReactNode;
  readonly onHelp: () => void;
  /** Absent while nothing is open. */
  readonly onCopyLink: (() => void) | undefined;
  /** Opens what belongs to the work, which has a button of its own elsewhere. */
  readonly onWork: () => void;
  /** Holds the menu's button. */
  readonly button: RefObject<HTMLButtonElement | null>;
};

const ITEM =
  'flex min-h-9 items-center gap-3 rounded px-3 outline-none data-[highlighted]:bg-raised data-disabled:opacity-50 pointer-coarse:min-h-11';
const PHONE_ITEM = `${ITEM} max-md:min-h-11 md:hidden`;
/** Checking has no button of its own a little longer: on a tablet held upright there is no room for one more. */
const CHECK_ITEM = `${ITEM} max-md:min-h-11 min-[50rem]:hidden`;

/** Light, dark, or as the device has it; on phones everything else that the header has no room for is in here too. */
export function ThemeMenu({ presentItem, checkItems, onHelp, onCopyLink, onWork, button }: ThemeMenuProps) {
  const opensWork = useRef(false);
  const theme = useTheme();
  const Icon = THEME_ICONS[theme];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        ref={button}
        aria-label={`Theme: ${THEME_LABELS[theme]}`}
        className={buttonClass('quiet', 'size-9 pointer-coarse:size-11')}
      >
        <Icon aria-hidden className="size-4.5 max-[50rem]:hidden" />
        <Ellipsis aria-hidden className="size-5 min-[50rem]:hidden" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          onCloseAutoFocus={(event) => {
            if (!opensWork.current) return;
            // What takes the focus next would lose it again to this menu's button, and close for that.
            opensWork.current = false;
            event.preventDefault();
            onWork();
          }}
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
          <DropdownMenu.Separator className="my-1 h-px bg-line min-[50rem]:hidden" />
          {checkItems}
          {presentItem}
          <DropdownMenu.Item
            onSelect={() => {
              opensWork.current = true;
            }}
            className={PHONE_ITEM}
          >
            <FolderClock aria-hidden className="size-4 text-ink-faint" />
            Your work…
          </DropdownMenu.Item>
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
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Checking and comparing in the menu, where the header has no room for a button. */
export function CheckItems() {
  const { toggle, compare } = useCheck();
  const entries = [
    { label: 'Check', icon: ListChecks, run: toggle },
    { label: 'Compare', icon: Columns2, run: compare },
  ] as const;
  return entries.map(({ label, icon: Icon, run }) => (
    <DropdownMenu.Item
      key={label}
      disabled={run === undefined}
      {...(run === undefined ? {} : { onSelect: run })}
      className={CHECK_ITEM}
    >
      <Icon aria-hidden className="size-4 text-ink-faint" />
      {label}
    </DropdownMenu.Item>
  ));
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
