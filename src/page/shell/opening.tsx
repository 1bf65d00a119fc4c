import { EmptyFrame } from '#page/pictures/intake/empty-frame.tsx';
import { HeaderBar } from './header-bar.tsx';

/**
 * The page before it can take a picture: what the empty page looks like, with places for what comes. The build writes
 * it into index.html, where it is painted before any script has come; the inline script there knows `data-opening` and
 * the status by their names. Where a tab's work comes back in a moment (`data-returning`), nothing invites to begin.
 */
export function Opening({ words }: { readonly words?: string | undefined }) {
  return (
    <div data-opening="" aria-busy="true" className="flex h-full flex-col">
      <HeaderBar />
      <main className="relative min-h-0 flex-1">
        <div aria-hidden className="h-full in-data-returning:invisible">
          <EmptyFrame privacy={undefined}>
            <div className="mt-7 flex w-full max-w-[33rem] items-start gap-2.5 max-sm:flex-col">
              <div className="h-[2.875rem] w-[5.4rem] shrink-0 rounded-lg bg-raised max-sm:w-full" />
              <div className="h-[2.875rem] w-full min-w-0 flex-1 rounded-lg bg-raised max-sm:flex-none pointer-coarse:h-[3.4rem]" />
            </div>
            <div className="mt-6 h-[1.2rem] pointer-coarse:hidden" />
            <div className="mt-9 h-[1.2rem]" />
            <div className="mt-3 grid w-full max-w-[34rem] grid-cols-3 gap-3 pb-12 sm:gap-5 sm:pb-7 min-[110rem]:max-w-[46rem]">
              <div className="aspect-[3/2] rounded-lg bg-raised" />
              <div className="aspect-[3/2] rounded-lg bg-raised" />
              <div className="aspect-[3/2] rounded-lg bg-raised" />
            </div>
          </EmptyFrame>
        </div>
        {/* Seen only where opening takes long enough to wonder. */}
        <p
          role="status"
          className="absolute inset-x-0 bottom-0 animate-[appear_0.2s_1.5s_both] px-6 py-8 text-center text-ink-soft"
        >
          {words ?? 'Opening Facebound…'}
        </p>
      </main>
    </div>
  );
}
