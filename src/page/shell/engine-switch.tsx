import { clsx } from 'clsx';
import { ToggleGroup } from 'radix-ui';
import { useId } from 'react';
import { ENGINE_NAMES, type EngineName } from '#contract/routes.ts';
import { Tooltip } from '#page/ui/tooltip.tsx';
import { assertNever } from '#shared/result.ts';

const ENGINE_LABELS: Readonly<Record<EngineName, string>> = { embedded: 'Embedded', kling: 'Kling' };

/** What Kling still needs before it can be asked. */
export type EngineLack = 'token' | 'account';

type EngineSwitchProps = {
  readonly engine: EngineName;
  readonly onChoose: (engine: EngineName) => void;
  /** True when the server runs on this machine. */
  readonly isLocalServer: boolean;
  /** What Kling lacks; undefined when it can be asked. */
  readonly klingLacks: EngineLack | undefined;
};

/**
 * Which engine answers: the detector inside our server, or the live service. Arrows only move the focus, and a click
 * does not take it: a key that walks the faces a moment later must never choose who gets the pictures. The dot is green
 * only at an engine that can be asked.
 */
export function EngineSwitch({ engine, onChoose, isLocalServer, klingLacks }: EngineSwitchProps) {
  const id = useId();
  const explained: Readonly<Record<EngineName, string>> = {
    embedded: `Facebound’s own detector, on ${isLocalServer ? 'this machine' : 'this server'}`,
    kling: klingMessage(klingLacks),
  };
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
        <Tooltip key={name} text={explained[name]}>
          <ToggleGroup.Item
            value={name}
            aria-describedby={`${id}-${name}`}
            className={clsx(
              'group relative flex min-h-8 items-center justify-center gap-2 rounded px-3 text-ink-soft max-lg:px-2 max-md:px-1.5 max-md:text-xs max-[22rem]:px-1 pointer-coarse:min-h-11 pointer-coarse:min-w-11',
              'aria-checked:bg-panel aria-checked:text-ink aria-checked:shadow-sm',
              // What is chosen is told by more than a colour that the person's own colours replace.
              'forced-colors:text-[ButtonText] forced-colors:aria-checked:bg-[Highlight] forced-colors:aria-checked:text-[HighlightText] forced-color-adjust-none',
            )}
          >
            <span
              aria-hidden
              className={clsx(
                'size-2 rounded-full border border-current max-md:hidden',
                name === 'kling' && klingLacks !== undefined
                  ? 'group-aria-checked:border-warn forced-colors:group-aria-checked:border-[HighlightText]'
                  : 'group-aria-checked:border-good group-aria-checked:bg-good forced-colors:group-aria-checked:border-[HighlightText] forced-colors:group-aria-checked:bg-[HighlightText]',
              )}
            />
            <span translate="no">{ENGINE_LABELS[name]}</span>
            <span id={`${id}-${name}`} hidden>
              {explained[name]}
            </span>
          </ToggleGroup.Item>
        </Tooltip>
      ))}
    </ToggleGroup.Root>
  );
}

function klingMessage(lacks: EngineLack | undefined): string {
  switch (lacks) {
    case undefined:
      return 'The live service at useapi.net: pictures are sent to it';
    case 'token':
      return 'The live service at useapi.net: needs a token';
    case 'account':
      return 'The live service at useapi.net: an account has to be chosen';
    default:
      return assertNever(lacks);
  }
}
