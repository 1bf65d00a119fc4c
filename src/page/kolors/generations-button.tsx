import clsx from 'clsx';
import { WandSparkles } from 'lucide-react';
import { openGenerations, useKolors } from '#page/place/modes.ts';
import { buttonClass } from '#page/ui/button.tsx';
import { rememberedGenerations } from './generation-store.ts';
import { isOpen } from './model/generation.ts';
import { isWaitingForToken } from './waiting-for-token.ts';

/** The way back to everything that was generated; there as soon as there is something. */
export function GenerationsButton({ className }: { readonly className?: string }) {
  const { value: generations } = rememberedGenerations.use();
  if (generations.length === 0) return null;
  const openCount = generations.filter(isOpen).length;
  return (
    <button
      type="button"
      aria-label={openCount === 0 ? 'Generations' : `Generations, ${openCount} not finished`}
      onClick={openGenerations}
      className={buttonClass('quiet', clsx('relative min-h-9 px-2.5 pointer-coarse:min-h-11', className))}
    >
      <WandSparkles aria-hidden className="size-4" />
      <span className="max-xl:sr-only">Generations</span>
      {openCount > 0 && (
        <span className="grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 text-xs font-semibold text-accent-ink tabular-nums">
          {openCount}
        </span>
      )}
    </button>
  );
}

/** After a reload: says that a task waits for a token, and leads to where it is entered. */
export function TokenNudge({ hasOwnToken }: { readonly hasOwnToken: boolean }) {
  const { value: generations } = rememberedGenerations.use();
  const { isOpen: isPanelOpen } = useKolors();
  if (isPanelOpen || !generations.some((entry) => isWaitingForToken(entry, hasOwnToken))) return null;
  return (
    <div
      role="status"
      className="above-controls fixed z-40 mx-auto flex w-[calc(100vw-2rem)] max-w-md items-center gap-3 rounded-lg border border-line bg-panel p-4 shadow-float"
    >
      <p className="min-w-0 flex-1">A generation is still running. Enter your token to see what becomes of it.</p>
      <button
        type="button"
        onClick={openGenerations}
        className={buttonClass('primary', 'min-h-9 px-4 pointer-coarse:min-h-11')}
      >
        Go on
      </button>
    </div>
  );
}
