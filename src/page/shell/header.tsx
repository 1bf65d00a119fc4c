import { useQueryClient } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { useRef, useState } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { CheckButton } from '#page/check/check-button.tsx';
import { enterToken, switchAccount, switchEngine } from '#page/detection/ask-before-sending.ts';
import { AddPictures } from '#page/pictures/intake/add-pictures.tsx';
import type { Picture } from '#page/pictures/work-store.ts';
import { CODE_CURES, CodeError, fetchCode } from '#page/platform/fetched-code.ts';
import { toast } from '#page/platform/notices.ts';
import { AccountPopover } from '#page/session/account/account-popover.tsx';
import { type EngineSession, goesToKling, useEngineSession } from '#page/session/engine-session.ts';
import { IconButton } from '#page/ui/icon-button.tsx';
import { ExportControls, GenerationsButton, ShareButton } from './areas.tsx';
import { EngineSwitch } from './engine-switch.tsx';
import { HeaderBar } from './header-bar.tsx';
import { CheckItems, PresentItem, ThemeMenu } from './theme-menu.tsx';
import { WorkMenu } from './work-menu.tsx';

type HeaderProps = {
  readonly config: AppConfig;
  readonly session: EngineSession;
  /** The open picture. */
  readonly open: Picture | undefined;
  /** True once what comes after the page may come. */
  readonly stands: boolean;
  readonly accountOpen: boolean;
  readonly onAccountOpen: (open: boolean) => void;
  readonly onHelp: () => void;
};

/** Wordmark, engine, and what is always one step away. */
export function Header({ config, session, open, stands, accountOpen, onAccountOpen, onHelp }: HeaderProps) {
  const client = useQueryClient();
  const atKling = useEngineSession('kling');
  const [workOpen, setWorkOpen] = useState(false);
  const narrowMenu = useRef<HTMLButtonElement>(null);
  const { engine } = session;
  return (
    <HeaderBar isCrowded={engine === 'kling'}>
      <EngineSwitch
        engine={engine}
        onChoose={(chosen) => switchEngine(client, chosen)}
        isLocalServer={config.loopbackOnly}
        klingLacks={!atKling.canAsk ? 'token' : atKling.needsAccount ? 'account' : undefined}
      />
      {engine === 'kling' && (
        <AccountPopover
          serverHasToken={config.serverHasToken}
          open={accountOpen}
          onOpenChange={onAccountOpen}
          onToken={(token) => enterToken(client, token)}
          onAccount={(email) => switchAccount(client, email)}
        />
      )}
      <div className="ml-auto flex max-w-full flex-wrap items-center justify-end gap-1 max-md:gap-0">
        {open !== undefined && (
          <AddPictures warning={goesToKling(session) ? 'Kling is chosen: what you add is sent to it.' : undefined} />
        )}
        {/* On phones it stands beside the main button of the sheet. */}
        {stands && <GenerationsButton {...(open === undefined ? {} : { className: 'phone:hidden' })} />}
        {open !== undefined && (
          <>
            <ShareButton session={session} picture={open} />
            <CheckButton />
            <ExportControls session={session} picture={open} />
          </>
        )}
        <WorkMenu
          open={workOpen}
          onOpenChange={setWorkOpen}
          isRecentOnPage={open === undefined}
          canSignOut={config.accessKeyRequired}
          narrowMenu={narrowMenu}
        />
        <ThemeMenu
          button={narrowMenu}
          checkItems={open !== undefined && <CheckItems />}
          presentItem={open !== undefined && <PresentItem session={session} picture={open} />}
          onHelp={onHelp}
          onCopyLink={open === undefined ? undefined : () => copyLink(session, open)}
          onWork={() => setWorkOpen(true)}
        />
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

async function copyLink(session: EngineSession, picture: Picture): Promise<void> {
  try {
    const { copySharedAddress } = await fetchCode(() => import('#page/share/share-button.tsx'));
    await copySharedAddress(session, picture);
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    toast({ title: 'The link could not be copied', text: CODE_CURES[error.failure] });
  }
}
