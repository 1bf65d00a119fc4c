import clsx from 'clsx';
import { ListChecks } from 'lucide-react';
import { useBatchProgress } from '#page/detection/index.ts';
import { useShortcuts } from '#page/keyboard/use-shortcuts.ts';
import { buttonClass } from '#page/ui/button.tsx';
import { startChecking, startComparing, stopChecking, useIsChecking } from './check-mode.ts';

/**
 * Begins and ends check mode, and goes to its comparison; undefined while there is no answer to check. Button, menu and
 * keys all ask here.
 */
export function useCheck(): {
  readonly isOn: boolean;
  readonly toggle: (() => void) | undefined;
  readonly compare: (() => void) | undefined;
} {
  const isOn = useIsChecking();
  const { done } = useBatchProgress();
  if (isOn) return { isOn, toggle: stopChecking, compare: startComparing };
  return done > 0
    ? { isOn, toggle: startChecking, compare: startComparing }
    : { isOn, toggle: undefined, compare: undefined };
}

/** The way into check mode in the header, and out of it. */
export function CheckButton() {
  const { isOn, toggle, compare } = useCheck();
  useShortcuts(toggle === undefined || compare === undefined || isOn ? {} : { check: toggle, compare });
  return (
    <button
      type="button"
      aria-pressed={isOn}
      disabled={toggle === undefined}
      title={toggle === undefined ? 'Nothing to check yet' : 'Check'}
      onClick={toggle}
      className={buttonClass(
        'quiet',
        clsx(
          'min-h-9 px-2.5 max-[50rem]:hidden pointer-coarse:min-h-11 pointer-coarse:min-w-11',
          isOn && 'bg-accent-soft font-semibold text-accent',
        ),
      )}
    >
      <ListChecks aria-hidden className="size-4.5 xl:hidden" />
      <span className="max-xl:sr-only">Check</span>
    </button>
  );
}
