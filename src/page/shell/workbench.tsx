import { Suspense, useDeferredValue, useEffect, useState } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { AccountPopover } from '#features/account/account-popover.tsx';
import type { EngineSession } from '#features/detection/engine-session.ts';
import { PictureRunner } from '#features/detection/picture-runner.tsx';
import { sessionFor } from '#features/detection/saved-result.ts';
import { ShortcutHelp } from '#features/help/shortcut-help.tsx';
import { AddPictures } from '#features/picture-intake/add-pictures.tsx';
import { DropOverlay } from '#features/picture-intake/drop-overlay.tsx';
import { EmptyState } from '#features/picture-intake/empty-state.tsx';
import { IntakeProvider } from '#features/picture-intake/intake-provider.tsx';
import { useIsPresenting } from '#features/present/present-store.ts';
import { signOut } from '#lib/sign-out.ts';
import { useShortcuts } from '#lib/use-shortcuts.ts';
import { whenIdle } from '#lib/when-idle.ts';
import { addNotice, dismissIntakeNotices, useOpenPicture, useWork } from '#lib/work-store.ts';
import {
  ExportControls,
  ForgetArea,
  GenerationsButton,
  Kolors,
  loadTable,
  PresentArea,
  RecentArea,
  ShareArea,
  ShareButton,
  Table,
} from './areas.tsx';
import { Header } from './header/header.tsx';
import { addIncoming } from './intake/add-incoming.ts';
import { ArrivalCard } from './intake/arrival-card.tsx';
import { noticeFor, sayRefused } from './intake/made-picture.ts';
import { useKeptFocus } from './keep-focus.ts';
import { Notices } from './table/notices.tsx';
import { UndoBar } from './table/undo-bar.tsx';
import { useAccountOpen } from './use-account-open.ts';
import { useEngineSession } from './use-engine-session.ts';

/** The page once its session is open: the empty state, or the light table with the work on it. */
export function Workbench({ config }: { config: AppConfig }) {
  useKeptFocus();
  const session = useEngineSession(config);
  const pictures = useWork((state) => state.pictures);
  const open = useOpenPicture();
  const opened = useDeferredValue(open);
  // To lay out another picture takes tens of milliseconds. One that opens by itself is laid out in between, so that no
  // key or pointer waits for it; one that a person goes to is there before the next key, which is meant for it.
  const shown = useWork((state) => state.openedByItself) ? opened : open;
  const isPresenting = useIsPresenting();
  const [helpOpen, setHelpOpen] = useState(false);
  const [accountOpen, setAccountOpen] = useAccountOpen(session, open !== undefined);
  // With a picture the table has the keys, this one too.
  useShortcuts({ help: () => setHelpOpen(true) }, { enabled: open === undefined });
  // What a picture needs is fetched as soon as the page stands and can take one, and not before.
  const [stands, setStands] = useState(false);
  useEffect(
    () =>
      whenIdle(() => {
        setStands(true);
        void loadTable();
      }),
    [],
  );

  return (
    <IntakeProvider
      onIncoming={addIncoming}
      onRefused={({ name, failure }) => {
        dismissIntakeNotices();
        sayRefused(noticeFor(name, failure));
      }}
    >
      <div className="flex h-full flex-col">
        <Header
          account={
            session.engine === 'kling' && (
              <AccountPopover serverHasToken={config.serverHasToken} open={accountOpen} onOpenChange={setAccountOpen} />
            )
          }
          addPictures={
            <>
              {open !== undefined && (
                <AddPictures
                  recent={(close) => (
                    <RecentArea config={config} onDone={close} className="border-t border-line pt-3" />
                  )}
                />
              )}
              {/* On phones it stands beside the main button of the sheet. */}
              {stands && <GenerationsButton {...(open === undefined ? {} : { className: 'phone:hidden' })} />}
              {open !== undefined && (
                <>
                  <ShareButton session={session} picture={open} />
                  <ExportControls session={session} picture={open} />
                </>
              )}
            </>
          }
          onHelp={() => setHelpOpen(true)}
          onCopyLink={
            open === undefined
              ? undefined
              : async () => (await import('./share/share-button.tsx')).copySharedAddress(session, open)
          }
          onSignOut={config.accessKeyRequired ? leave : undefined}
        />
        <Notices isOverWork={open !== undefined} />
        {open === undefined ? (
          <main className="relative min-h-0 flex-1">
            <EmptyState
              privacy={privacyWords(session, config)}
              recent={stands && <RecentArea config={config} className="mt-8 w-full max-w-[34rem]" />}
            />
            <ArrivalCard />
          </main>
        ) : (
          <Suspense fallback={<main aria-busy="true" className="min-h-0 flex-1 bg-mat" />}>
            <Table
              config={config}
              session={session}
              picture={shown ?? open}
              onHelp={() => setHelpOpen(true)}
              onAccount={() => setAccountOpen(true)}
            />
          </Suspense>
        )}
      </div>
      {pictures.map((picture) => (
        <PictureRunner key={picture.id} session={sessionFor(session, picture)} picture={picture} />
      ))}
      {open !== undefined && isPresenting && <PresentArea session={session} picture={open} />}
      {stands && (
        <>
          <Kolors config={config} />
          <ForgetArea config={config} />
          <ShareArea session={session} />
        </>
      )}
      <UndoBar />
      <DropOverlay />
      <ShortcutHelp open={helpOpen} onOpenChange={setHelpOpen} />
    </IntakeProvider>
  );
}

async function leave(): Promise<void> {
  if (await signOut()) return;
  addNotice({ title: 'You are still signed in', text: 'The server did not answer. Try again in a moment.' });
}

/** Where pictures go, said only as far as it is true. */
function privacyWords(session: EngineSession, config: AppConfig): string {
  if (session.engine === 'kling') return 'Pictures are sent to Kling, the live service.';
  return config.loopbackOnly
    ? 'Nothing leaves this machine with the embedded detector.'
    : 'Everything stays on this server with the embedded detector.';
}
