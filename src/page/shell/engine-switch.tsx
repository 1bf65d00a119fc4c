import { RadioGroup } from 'radix-ui';
import { ENGINE_NAMES, type EngineName } from '#contract/routes.ts';
import { chooseEngine, useCredentials } from '#lib/credentials-store.ts';

const ENGINE_LABELS: Readonly<Record<EngineName, string>> = { embedded: 'Embedded', kling: 'Kling' };

/** Which engine answers: the detector inside our server, or the live service. */
export function EngineSwitch() {
  const { engine } = useCredentials();
  return (
    <RadioGroup.Root
      aria-label="Engine"
      orientation="horizontal"
      value={engine}
      onValueChange={(value) => {
        const chosen = ENGINE_NAMES.find((name) => name === value);
        if (chosen !== undefined) chooseEngine(chosen);
      }}
      className="flex rounded-lg border border-line bg-raised p-0.5"
    >
      {ENGINE_NAMES.map((name) => (
        <RadioGroup.Item
          key={name}
          value={name}
          className="group relative flex min-h-8 items-center gap-2 rounded px-3 text-ink-soft data-[state=checked]:bg-panel data-[state=checked]:text-ink data-[state=checked]:shadow-sm max-lg:px-2 max-md:px-1.5 max-md:text-xs justify-center pointer-coarse:min-h-11 pointer-coarse:min-w-11"
        >
          <span
            aria-hidden
            className="size-2 max-md:hidden rounded-full border border-current group-data-[state=checked]:border-good group-data-[state=checked]:bg-good forced-colors:group-data-[state=checked]:bg-[Highlight]"
          />
          {ENGINE_LABELS[name]}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
