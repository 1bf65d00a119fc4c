import { Check, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { buttonClass } from './button.tsx';

type ChoiceMenuProps<T extends string> = {
  /** What is chosen: "Sort". The trigger is named "Sort: By number". */
  readonly name: string;
  readonly value: T;
  /** `short` stands on the button where it is given: a part of the label, so that speech finds it. */
  readonly choices: readonly { readonly value: T; readonly label: string; readonly short?: string }[];
  readonly onChange: (value: T) => void;
};

/**
 * A small menu for one choice of a few. Not modal: a modal menu writes a style element into the page, which the
 * Content-Security-Policy refuses. Drawn beside its button, so that it stays inside the button's landmark.
 */
export function ChoiceMenu<T extends string>({ name, value, choices, onChange }: ChoiceMenuProps<T>) {
  const chosen = choices.find((choice) => choice.value === value);
  const choose = (next: string) => {
    const choice = choices.find((candidate) => candidate.value === next);
    if (choice !== undefined) onChange(choice.value);
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={`${name}: ${chosen?.label ?? ''}`}
        className={buttonClass('quiet', 'min-h-7 min-w-0 shrink! px-1.5 text-xs font-normal pointer-coarse:min-h-11')}
      >
        <span className="truncate">{chosen?.short ?? chosen?.label}</span>
        <ChevronDown aria-hidden className="size-3 shrink-0" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={4}
        collisionPadding={8}
        className="z-50 min-w-44 rounded border border-line bg-panel p-1 text-[0.8125rem] text-ink shadow-float"
      >
        <DropdownMenu.RadioGroup value={value} onValueChange={choose} aria-label={name}>
          {choices.map((choice) => (
            <DropdownMenu.RadioItem
              key={choice.value}
              value={choice.value}
              className="relative flex min-h-8 items-center rounded-sm py-1 pr-3 pl-7 outline-none select-none data-highlighted:bg-accent-soft pointer-coarse:min-h-11"
            >
              <DropdownMenu.ItemIndicator className="absolute left-2">
                <Check aria-hidden className="size-3.5 text-accent" />
              </DropdownMenu.ItemIndicator>
              {choice.label}
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
