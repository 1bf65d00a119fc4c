import { Check, Monitor, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { setTheme, THEMES, type Theme, useTheme } from '#lib/theme.ts';

const THEME_LABELS: Readonly<Record<Theme, string>> = { system: 'As the device', light: 'Light', dark: 'Dark' };
const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** Light, dark, or as the device has it. */
export function ThemeMenu() {
  const theme = useTheme();
  const Icon = THEME_ICONS[theme];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={`Theme: ${THEME_LABELS[theme]}`}
        className="grid size-9 place-items-center rounded text-ink-soft hover:bg-raised hover:text-ink pointer-coarse:size-11"
      >
        <Icon aria-hidden className="size-[18px]" />
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
                <DropdownMenu.RadioItem
                  key={name}
                  value={name}
                  className="flex min-h-9 items-center gap-3 rounded px-3 outline-none data-[highlighted]:bg-raised pointer-coarse:min-h-11"
                >
                  <ItemIcon aria-hidden className="size-4 text-ink-faint" />
                  <span className="flex-1">{THEME_LABELS[name]}</span>
                  <DropdownMenu.ItemIndicator>
                    <Check aria-hidden className="size-4 text-accent" />
                  </DropdownMenu.ItemIndicator>
                </DropdownMenu.RadioItem>
              );
            })}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
