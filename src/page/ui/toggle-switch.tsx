import { Switch } from 'radix-ui';

type ToggleSwitchProps = {
  /** For the `htmlFor` of its label. */
  readonly id: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
};

/** On or off, at once. Fingers may miss it by a little. */
export const ToggleSwitch = ({ id, checked, onChange }: ToggleSwitchProps) => (
  <Switch.Root
    id={id}
    checked={checked}
    onCheckedChange={onChange}
    className="relative h-6 w-11 shrink-0 rounded-full border border-line-strong bg-raised p-0.5 before:absolute before:-inset-x-1 before:-inset-y-3 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
  >
    <Switch.Thumb className="block size-4.5 rounded-full bg-ink-soft transition-transform data-[state=checked]:translate-x-5 data-[state=checked]:bg-accent-ink" />
  </Switch.Root>
);
