import { ToggleGroup } from 'radix-ui';
import { ENGINE_NAMES, type EngineName } from '#contract/routes.ts';

const ENGINE_LABELS: Readonly<Record<EngineName, string>> = { embedded: 'Embedded', kling: 'Kling' };

type EngineSwitchProps = { readonly engine: EngineName; readonly onChoose: (engine: EngineName) => void };

/**
 * Which engine answers: the detector inside our server, or the live service. Arrows only move the focus, and a click
 * does not take it: a key that walks the faces a moment later must never choose who gets the pictures.
 */
export function EngineSwitch({ engine, onChoose }: EngineSwitchProps) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Engine"
      orientation="horizontal"
      value={engine}
      onValueChange={(value) => {
        const chosen = ENGINE_NAMES.find((name) => name === value);
        if (chosen !== undefined) onChoose(chosen);
      }}
      onMouseDown={(event) => event.preventDefault()}
      className="flex rounded-lg border border-line bg-raised p-0.5"
    >
      {ENGINE_NAMES.map((name) => (
        <ToggleGroup.Item
          key={name}
          value={name}
          className="group relative flex min-h-8 items-center gap-2 rounded px-3 text-ink-soft data-[state=on]:bg-panel data-[state=on]:text-ink data-[state=on]:shadow-sm max-lg:px-2 max-md:px-1.5 max-md:text-xs justify-center pointer-coarse:min-h-11 pointer-coarse:min-w-11"
        >
          <span
            aria-hidden
            className="size-2 max-md:hidden rounded-full border border-current group-data-[state=on]:border-good group-data-[state=on]:bg-good forced-colors:group-data-[state=on]:bg-[Highlight]"
          />
          {ENGINE_LABELS[name]}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
