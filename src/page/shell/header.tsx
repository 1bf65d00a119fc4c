import { CircleHelp } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { EngineName } from '#contract/routes.ts';
import { IconButton } from '#page/ui/icon-button.tsx';
import { Logo } from '#page/ui/logo.tsx';
import { type EngineLack, EngineSwitch } from './engine-switch.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import { WorkMenu } from './work-menu.tsx';

type HeaderProps = {
  readonly engine: EngineName;
  readonly onEngine: (engine: EngineName) => void;
  /** True when the server runs on this machine. */
  readonly isLocalServer: boolean;
  /** What Kling lacks before it can be asked. */
  readonly klingLacks: EngineLack | undefined;
  /** Token and account, while the engine needs them. */
  readonly account: ReactNode;
  /** Every way in; empty while the page itself is. */
  readonly addPictures: ReactNode;
  /** Begins the presentation in the menu of narrow screens; absent while nothing is open. */
  readonly presentItem: ReactNode;
  readonly onHelp: () => void;
  /** Copies the address of what is open; absent while nothing is. */
  readonly onCopyLink: (() => void) | undefined;
  /** Whether the page itself lists recent pictures, as it does while nothing is open. */
  readonly isRecentOnPage: boolean;
  /** Whether there is anything to sign out of. */
  readonly canSignOut: boolean;
};

/** Wordmark, engine, and what is always one step away. */
export function Header({
  engine,
  onEngine,
  isLocalServer,
  klingLacks,
  account,
  addPictures,
  presentItem,
  onHelp,
  onCopyLink,
  isRecentOnPage,
  canSignOut,
}: HeaderProps) {
  const [workOpen, setWorkOpen] = useState(false);
  const narrowMenu = useRef<HTMLButtonElement>(null);
  return (
    // Larger text may need a second line; nothing of it may be out of sight.
    <header className="flex min-h-14 flex-wrap items-center gap-x-5 gap-y-1 border-b border-line bg-panel px-4 py-0.5 max-xl:gap-x-3 max-lg:gap-x-2 max-lg:px-3 max-md:gap-x-1.5 max-md:px-2 max-[22rem]:gap-x-1 max-[22rem]:px-1">
      <h1 translate="no" className="flex items-center gap-2.5 text-base font-semibold tracking-tight">
        {/* The engine's names are worth more than the mark where there is no room for both. */}
        <Logo className={account ? 'size-6 max-[24rem]:hidden' : 'size-6 max-[22rem]:hidden'} />
        <span className={account ? 'max-[54rem]:sr-only' : 'max-[26.8rem]:sr-only'}>Facebound</span>
      </h1>
      <EngineSwitch engine={engine} onChoose={onEngine} isLocalServer={isLocalServer} klingLacks={klingLacks} />
      {account}
      <div className="ml-auto flex max-w-full flex-wrap items-center justify-end gap-1 max-md:gap-0">
        {addPictures}
        <WorkMenu
          open={workOpen}
          onOpenChange={setWorkOpen}
          isRecentOnPage={isRecentOnPage}
          canSignOut={canSignOut}
          narrowMenu={narrowMenu}
        />
        <ThemeMenu
          button={narrowMenu}
          presentItem={presentItem}
          onHelp={onHelp}
          onCopyLink={onCopyLink}
          onWork={() => setWorkOpen(true)}
        />
        <IconButton
          icon={CircleHelp}
          label="Help and keyboard shortcuts"
          onClick={onHelp}
          className="size-9 max-md:hidden [&>svg]:size-4.5"
        />
      </div>
    </header>
  );
}
