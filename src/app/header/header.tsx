import { CircleHelp } from 'lucide-react';
import { Logo } from '#lib/ui/logo.tsx';
import { EngineSwitch } from './engine-switch.tsx';
import { ThemeMenu } from './theme-menu.tsx';

/** Wordmark, engine, and what is always one step away. `addPictures` is empty while the page is. */
export function Header({ addPictures, onHelp }: { addPictures: React.ReactNode; onHelp: () => void }) {
  return (
    <header className="flex h-14 items-center gap-5 border-b border-line bg-panel px-4 max-sm:gap-3 max-sm:px-3">
      <h1 className="flex items-center gap-2.5 text-base font-semibold tracking-tight">
        <Logo className="size-6" />
        <span className="max-[359px]:sr-only">Facebound</span>
      </h1>
      <EngineSwitch />
      <div className="ml-auto flex items-center gap-1">
        {addPictures}
        <ThemeMenu />
        <button
          type="button"
          aria-label="Help and keyboard shortcuts"
          onClick={onHelp}
          className="grid size-9 place-items-center rounded text-ink-soft hover:bg-raised hover:text-ink max-sm:hidden pointer-coarse:size-11"
        >
          <CircleHelp aria-hidden className="size-[18px]" />
        </button>
      </div>
    </header>
  );
}
