import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EngineName } from '#contract/routes.ts';
import { IconButton } from '#page/ui/icon-button.tsx';
import { EngineSwitch } from './engine-switch.tsx';
import { HeaderBar } from './header-bar.tsx';
import { ThemeMenu } from './theme-menu.tsx';

type HeaderProps = {
  readonly engine: EngineName;
  readonly onEngine: (engine: EngineName) => void;
  /** Token and account, while the engine needs them. */
  readonly account: ReactNode;
  /** Every way in; empty while the page itself is. */
  readonly addPictures: ReactNode;
  /** Begins the presentation in the menu of narrow screens; absent while nothing is open. */
  readonly presentItem: ReactNode;
  readonly onHelp: () => void;
  /** Copies the address of what is open; absent while nothing is. */
  readonly onCopyLink: (() => void) | undefined;
  /** Ends the session; absent where nobody has to sign in. */
  readonly onSignOut: (() => void) | undefined;
};

/** Wordmark, engine, and what is always one step away. */
export function Header({
  engine,
  onEngine,
  account,
  addPictures,
  presentItem,
  onHelp,
  onCopyLink,
  onSignOut,
}: HeaderProps) {
  return (
    <HeaderBar isCrowded={Boolean(account)}>
      <EngineSwitch engine={engine} onChoose={onEngine} />
      {account}
      <div className="ml-auto flex items-center gap-1 max-md:gap-0">
        {addPictures}
        <ThemeMenu presentItem={presentItem} onHelp={onHelp} onCopyLink={onCopyLink} onSignOut={onSignOut} />
        <IconButton
          icon={CircleHelp}
          label="Help and keyboard shortcuts"
          onClick={onHelp}
          className="size-9 max-md:hidden [&>svg]:size-4.5"
        />
      </div>
    </HeaderBar>
  );
}
