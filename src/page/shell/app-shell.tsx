import { useDeferredValue, useEffect, useState } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { ENGINES } from '#contract/engines.ts';
import { useWayOfChecking } from '#page/check/check-mode.ts';
import { reportQuestion } from '#page/check/report-question.ts';
import { askAboutHeld } from '#page/detection/ask-before-sending.ts';
import { useShortcuts } from '#page/keyboard/use-shortcuts.ts';
import { DropOverlay } from '#page/pictures/intake/drop-overlay.tsx';
import { EmptyState } from '#page/pictures/intake/empty-state.tsx';
import { notifyError, toastFor } from '#page/pictures/intake/intake-notices.ts';
import { IntakeProvider } from '#page/pictures/intake/intake-provider.tsx';
import { PendingImportCard } from '#page/pictures/intake/pending-import-card.tsx';
import { scopeOf, useMaySend } from '#page/pictures/send-permissions.ts';
import { useOpenPicture, useWork } from '#page/pictures/work-store.ts';
import { useIsPresenting } from '#page/place/modes.ts';
import { deferUntilIdle } from '#page/platform/defer-until-idle.ts';
import { dismissImportToasts } from '#page/platform/notices.ts';
import { type EngineSession, goesToKling, useEngineSession } from '#page/session/engine-session.ts';
import { Toasts } from '#page/workspace/toasts.tsx';
import { UndoBar } from '#page/workspace/undo-bar.tsx';
import {
  CheckArea,
  CompareArea,
  ForgetArea,
  KindQuestionArea,
  Kolors,
  PresentArea,
  preloadWorkspace,
  RecentArea,
  ReportArea,
  SendQuestionArea,
  ShareArea,
  SheetArea,
  ShortcutHelp,
  TakeBackArea,
  TruthQuestionArea,
  Workspace,
} from './areas.tsx';
import { Header } from './header-area.tsx';
import { HeaderBar } from './header-bar.tsx';
import { useKeptFocus } from './keep-focus.ts';
import { MissingCode } from './missing-code.tsx';
import { useTabTitle } from './tab-title.ts';
import { preloadTakingIn, takeIn } from './take-in.ts';
import { useAccountOpen } from './use-account-open.ts';

/** The page once its session is open: the empty state, or the workspace. */
export function AppShell({ config }: { config: AppConfig }) {
  useKeptFocus();
  useTabTitle();
  const session = useEngineSession();
  const isForKling = goesToKling(session);
  const open = useOpenPicture();
  const opened = useDeferredValue(open);
  // To lay out another picture takes tens of milliseconds. One that opens by itself is laid out in between, so that no
  // key or pointer waits for it; one that a person goes to is there before the next key, which is meant for it.
  const shown = useWork((state) => state.openedByItself) ? opened : open;
  const isPresenting = useIsPresenting();
  const isReporting = reportQuestion.use() !== undefined;
  const wayOfChecking = useWayOfChecking();
  const isChecking = wayOfChecking !== undefined;
  const [helpOpen, setHelpOpen] = useState(false);
  const isSendable = useMaySend(session, open?.id ?? '');
  const [accountOpen, setAccountOpen] = useAccountOpen(session, open !== undefined, isSendable);
  // With a picture the table has the keys, this one too.
  useShortcuts({ help: () => setHelpOpen(true) }, { enabled: open === undefined });
  // The header's menus come when the page can take a picture.
  const [hasPainted, setHasPainted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setHasPainted(true));
    return () => clearTimeout(timer);
  }, []);
  // What a picture needs is fetched as soon as the page stands and can take one, and not before.
  const [stands, setStands] = useState(false);
  useEffect(
    () =>
      deferUntilIdle(() => {
        setStands(true);
        preloadTakingIn();
        preloadWorkspace();
      }),
    [],
  );

  return (
    <IntakeProvider
      onImport={(items) =>
        void takeIn(items, isForKling ? [scopeOf(session)] : [], (ids) => askAboutHeld(session, ids))
      }
      onRefused={({ name, failure }) => {
        dismissImportToasts();
        notifyError(toastFor(name, failure));
      }}
    >
      <div className="flex h-full flex-col">
        {hasPainted ? (
          // On a phone the line of check mode stands in its place.
          <div className={isChecking && open !== undefined ? 'contents phone:hidden' : 'contents'}>
            <Header
              config={config}
              session={session}
              open={open}
              stands={stands}
              accountOpen={accountOpen}
              onAccountOpen={setAccountOpen}
              onHelp={() => setHelpOpen(true)}
            />
          </div>
        ) : (
          <HeaderBar />
        )}
        <MissingCode />
        <Toasts isOverWork={open !== undefined} />
        {open === undefined ? (
          <main className="relative min-h-0 flex-1">
            <EmptyState
              privacy={privacyMessage(session, config)}
              recent={stands && <RecentArea parts="pictures" className="mt-8 w-full max-w-[34rem]" />}
            />
            <PendingImportCard />
          </main>
        ) : wayOfChecking === 'compare' ? (
          <CompareArea config={config} session={session} picture={open} onHelp={() => setHelpOpen(true)} />
        ) : wayOfChecking === 'sheet' ? (
          <SheetArea config={config} session={session} onHelp={() => setHelpOpen(true)} />
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
      {open !== undefined && isReporting && <ReportArea config={config} session={session} />}
      {stands && (
        <>
          <Kolors config={config} />
          <ForgetArea config={config} />
          <TakeBackArea />
          <ShareArea />
          <SendQuestionArea />
          <KindQuestionArea />
          <TruthQuestionArea />
        </>
      )}
      <UndoBar />
      <DropOverlay goesToKling={isForKling} />
      {(stands || helpOpen) && (
        <ShortcutHelp
          open={helpOpen}
          onOpenChange={setHelpOpen}
          mode={isChecking ? (wayOfChecking === 'compare' ? 'compare' : 'check') : 'table'}
        />
      )}
    </IntakeProvider>
  );
}

/** Where pictures go, said only as far as it is true. */
function privacyMessage({ engine }: EngineSession, { loopbackOnly }: AppConfig): string {
  const { onThisMachine, onAServer } = ENGINES[engine];
  return loopbackOnly ? onThisMachine : onAServer;
}
