import { useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { CheckButton } from '#page/check/check-button.tsx';
import { useIsChecking } from '#page/check/check-mode.ts';
import { askAboutHeld, enterToken, switchAccount, switchEngine } from '#page/detection/ask-before-sending.ts';
import { ShortcutHelp } from '#page/keyboard/help/shortcut-help.tsx';
import { useShortcuts } from '#page/keyboard/use-shortcuts.ts';
import { AddPictures } from '#page/pictures/intake/add-pictures.tsx';
import { DropOverlay } from '#page/pictures/intake/drop-overlay.tsx';
import { EmptyState } from '#page/pictures/intake/empty-state.tsx';
import { importItems } from '#page/pictures/intake/import-items.ts';
import { IntakeProvider } from '#page/pictures/intake/intake-provider.tsx';
import { notifyError, toastFor } from '#page/pictures/intake/made-picture.ts';
import { PendingImportCard } from '#page/pictures/intake/pending-import-card.tsx';
import { scopeOf } from '#page/pictures/send-permissions.ts';
import { type Picture, useOpenPicture, useWork } from '#page/pictures/work-store.ts';
import { deferUntilIdle } from '#page/platform/defer-until-idle.ts';
import { CODE_CURES, CodeError, fetchCode } from '#page/platform/fetched-code.ts';
import { dismissImportToasts, toast } from '#page/platform/toasts.ts';
import { useIsPresenting } from '#page/present/present-store.ts';
import { AccountPopover } from '#page/session/account/account-popover.tsx';
import { type EngineSession, useEngineSession } from '#page/session/engine-session.ts';
import { signOut } from '#page/session/sign-out.ts';
import { Toasts } from '#page/workspace/toasts.tsx';
import { UndoBar } from '#page/workspace/undo-bar.tsx';
import {
  CheckArea,
  ExportControls,
  ForgetArea,
  GenerationsButton,
  KindQuestionArea,
  Kolors,
  PresentArea,
  preloadWorkspace,
  RecentArea,
  SendQuestionArea,
  ShareArea,
  ShareButton,
  Workspace,
} from './areas.tsx';
import { Header } from './header.tsx';
import { useKeptFocus } from './keep-focus.ts';
import { MissingCode } from './missing-code.tsx';
import { useTabTitle } from './tab-title.ts';
import { PresentItem } from './theme-menu.tsx';
import { useAccountOpen } from './use-account-open.ts';

/** The page once its session is open: the empty state, or the workspace. */
export function AppShell({ config }: { config: AppConfig }) {
  useKeptFocus();
  const client = useQueryClient();
  const { serverHasToken } = config;
  useTabTitle();
  const session = useEngineSession();
  const goesToKling = session.engine === 'kling' && session.canAsk;
  const open = useOpenPicture();
  const opened = useDeferredValue(open);
  // To lay out another picture takes tens of milliseconds. One that opens by itself is laid out in between, so that no
  // key or pointer waits for it; one that a person goes to is there before the next key, which is meant for it.
  const shown = useWork((state) => state.openedByItself) ? opened : open;
  const isPresenting = useIsPresenting();
  const isChecking = useIsChecking();
  const [helpOpen, setHelpOpen] = useState(false);
  const [accountOpen, setAccountOpen] = useAccountOpen(session, open !== undefined);
  // With a picture the table has the keys, this one too.
  useShortcuts({ help: () => setHelpOpen(true) }, { enabled: open === undefined });
  // What a picture needs is fetched as soon as the page stands and can take one, and not before.
  const [stands, setStands] = useState(false);
  useEffect(
    () =>
      deferUntilIdle(() => {
        setStands(true);
        preloadWorkspace();
      }),
    [],
  );

  return (
    <IntakeProvider
      onImport={(items) =>
        void importItems(items, goesToKling ? [scopeOf(session)] : [], (ids) => askAboutHeld(session, ids))
      }
      onRefused={({ name, failure }) => {
        dismissImportToasts();
        notifyError(toastFor(name, failure));
      }}
    >
      <div className="flex h-full flex-col">
        <Header
          engine={session.engine}
          onEngine={(engine) => switchEngine(client, engine)}
          account={
            session.engine === 'kling' && (
              <AccountPopover
                serverHasToken={serverHasToken}
                open={accountOpen}
                onOpenChange={setAccountOpen}
                onToken={(token) => enterToken(client, token)}
                onAccount={(email) => switchAccount(client, email)}
              />
            )
          }
          addPictures={
            <>
              {open !== undefined && (
                <AddPictures
                  warning={goesToKling ? 'Kling is chosen: what you add is sent to it.' : undefined}
                  recent={(close) => <RecentArea onDone={close} className="border-t border-line pt-3" />}
                />
              )}
              {/* On phones it stands beside the main button of the sheet. */}
              {stands && <GenerationsButton {...(open === undefined ? {} : { className: 'phone:hidden' })} />}
              {open !== undefined && (
                <>
                  <ShareButton session={session} picture={open} />
                  <CheckButton session={session} />
                  <ExportControls session={session} picture={open} />
                </>
              )}
            </>
          }
          presentItem={open !== undefined && <PresentItem session={session} picture={open} />}
          onHelp={() => setHelpOpen(true)}
          onCopyLink={open === undefined ? undefined : () => copyLink(session, open)}
          onSignOut={config.accessKeyRequired ? leave : undefined}
        />
        <MissingCode />
        <Toasts isOverWork={open !== undefined} />
        {open === undefined ? (
          <main className="relative min-h-0 flex-1">
            <EmptyState
              privacy={privacyMessage(session, config)}
              recent={stands && <RecentArea className="mt-8 w-full max-w-[34rem]" />}
            />
            <PendingImportCard />
          </main>
        ) : isChecking ? (
          <CheckArea config={config} session={session} picture={open} onHelp={() => setHelpOpen(true)} />
        ) : (
          <Workspace
            config={config}
            session={session}
            picture={shown ?? open}
            onHelp={() => setHelpOpen(true)}
            onAccount={() => setAccountOpen(true)}
          />
        )}
      </div>
      {open !== undefined && isPresenting && <PresentArea session={session} picture={open} />}
      {stands && (
        <>
          <Kolors config={config} />
          <ForgetArea config={config} />
          <ShareArea />
          <SendQuestionArea />
          <KindQuestionArea />
        </>
      )}
      <UndoBar />
      <DropOverlay goesToKling={goesToKling} />
      <ShortcutHelp open={helpOpen} onOpenChange={setHelpOpen} mode={isChecking ? 'check' : 'table'} />
    </IntakeProvider>
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

async function leave(): Promise<void> {
  if (await signOut()) return;
  toast({ title: 'You are still signed in', text: 'The server did not answer. Try again in a moment.' });
}

/** Where pictures go, said only as far as it is true. */
function privacyMessage(session: EngineSession, config: AppConfig): string {
  if (session.engine === 'kling') return 'Pictures are sent to Kling, the live service.';
  return config.loopbackOnly
    ? 'Nothing leaves this machine with the embedded detector.'
    : 'Everything stays on this server with the embedded detector.';
}
