import { Check } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useSingleKeysOn } from '#page/keyboard/single-key-preference.ts';
import { Button } from '#page/ui/button.tsx';
import { Key } from '../check-bar.tsx';
import { forgetClosed } from './sheet-store.ts';

type SheetEndProps = {
  readonly places: { readonly first: number; readonly last: number; readonly all: number };
  /** What the order is called; undefined where the list is looked through and not worked off. */
  readonly order: string | undefined;
  readonly wrong: number;
  readonly notShown: number;
  /** What the button says and does; undefined where there is none. */
  readonly main: { readonly label: string; readonly onPress: () => void; readonly isOff: boolean } | undefined;
};

/** The end of a page: where one is, which keys there are, and the rest of it in one act. */
export function SheetEnd({ places: { first, last, all }, order, wrong, notShown, main }: SheetEndProps) {
  const hasLetters = useSingleKeysOn();
  return (
    <div className="flex min-h-16 shrink-0 items-center gap-4 border-t border-line bg-panel px-6 text-[0.8125rem] text-ink-faint tabular-nums max-md:gap-2 max-md:px-3 max-md:pb-[env(safe-area-inset-bottom)]">
      <span className="min-w-0 text-ink-soft">
        <b className="font-semibold whitespace-nowrap text-ink">
          {first} to {last}
        </b>{' '}
        of {all}
        {order !== undefined && <span className="max-lg:hidden">, {order}</span>}
      </span>
      <span aria-hidden className="flex items-center gap-4 max-xl:hidden pointer-coarse:hidden">
        <Hint keys={['←', '↑', '↓', '→']}>move</Hint>
        {hasLetters && <Hint keys={['W']}>or click: wrong</Hint>}
        <Hint keys={['Space']}>preview</Hint>
      </span>
      <span className="ml-auto flex shrink-0 items-center gap-4 max-md:gap-2">
        {notShown > 0 && <span className="max-md:hidden">{notShown} not shown</span>}
        {wrong > 0 && <span className="font-semibold text-bad max-sm:hidden">{wrong} wrong on this page</span>}
        {main !== undefined && (
          <Button
            look="primary"
            aria-keyshortcuts="A"
            disabled={main.isOff}
            className="min-h-11 rounded-lg px-4 text-sm font-semibold max-md:px-3"
            onClick={main.onPress}
          >
            <Check aria-hidden className="size-4.25 max-md:hidden" />
            {main.label}
            {hasLetters && <Key>A</Key>}
          </Button>
        )}
      </span>
    </div>
  );
}

const Hint = ({ keys, children }: { readonly keys: readonly string[]; readonly children: ReactNode }) => (
  <span className="flex items-center gap-1.5 whitespace-nowrap">
    {keys.map((key) => (
      <kbd
        key={key}
        className="grid h-5 min-w-5 place-items-center rounded-sm border border-line-strong bg-panel px-1 font-sans text-[0.6875rem] leading-none font-medium text-ink-soft"
      >
        {key}
      </kbd>
    ))}
    {children}
  </span>
);

/** How long what was done is told with its undo, in milliseconds; the bar's own undo stays. */
const TOLD_MS = 10_000;

/** "98 faces marked right. Undo". */
export function ClosedNote({ message, onUndo }: { readonly message: string; readonly onUndo: () => void }) {
  // Nobody who is on the way to the button loses it.
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(forgetClosed, TOLD_MS);
    return () => clearTimeout(timer);
  }, [isHeld]);
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-20 flex justify-center px-4">
      <p
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
        className="pointer-events-auto flex max-w-full items-center gap-3 rounded-lg border border-line bg-panel py-1.5 pr-1.5 pl-4 shadow-float tabular-nums"
      >
        {message}
        <Button look="quiet" className="text-accent" aria-keyshortcuts="Control+Z Meta+Z" onClick={onUndo}>
          Undo
        </Button>
      </p>
    </div>
  );
}
