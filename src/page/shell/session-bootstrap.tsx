import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { hasSavedWorkspace } from '#page/persistence/saved-workspace.ts';
import { CodeError, fetchCode } from '#page/platform/fetched-code.ts';
import { noteMissingCode } from '#page/platform/notices.ts';
import { isAway } from '#page/platform/query-client.ts';
import { appConfigQuery } from '#page/session/app-config.ts';
import { AccessKeyForm } from '#page/session/bootstrap/access-key-form.tsx';
import { sessionQuery } from '#page/session/bootstrap/session-query.ts';
import { useSignedOut } from '#page/session/session-store.ts';
import { farewell } from '#page/session/sign-out.ts';
import { FAILURE_MESSAGES } from '#shared/failure-message.ts';
import { AccessKeyDialog } from './access-key-dialog.tsx';
import { AppShell } from './app-shell.tsx';
import { CouldNotStart } from './could-not-start.tsx';
import { Opening } from './opening.tsx';
import { SignedOut } from './signed-out.tsx';

/** Opens the session before anything else: asks for the access key where the server has one. */
export function SessionBootstrap() {
  const client = useQueryClient();
  const config = useQuery(appConfigQuery);
  const session = useQuery({ ...sessionQuery, enabled: config.data !== undefined });

  // Work of this tab from before a reload comes back before anything is drawn or asked; else nothing waits for this.
  const memory = useQuery({
    queryKey: ['memory'],
    queryFn:
      session.data && config.data
        ? async () => {
            // Nothing waits for it: the page can take a picture first.
            if (!hasSavedWorkspace()) await new Promise((resolve) => setTimeout(resolve));
            // Never tried again by itself: what is restored takes the place of what was added meanwhile.
            const { startMemory } = await fetchCode(() => import('#page/persistence/start-memory.ts')).catch(
              (error: unknown) => {
                if (error instanceof CodeError)
                  noteMissingCode({ name: 'What this browser remembers', failure: 'stuck', retry: () => {} });
                throw error;
              },
            );
            return startMemory(client);
          }
        : skipToken,
    retry: false,
  });
  const signedOut = useSignedOut();
  const isRestoring = memory.isPending && hasSavedWorkspace();

  if (signedOut !== undefined) return <SignedOut said={signedOut} />;
  if (config.error) return <CouldNotStart failure={config.error.failure} onRetry={() => void config.refetch()} />;
  if (session.data && config.data && !isRestoring) {
    return (
      <>
        <AppShell config={config.data} />
        <AccessKeyDialog />
      </>
    );
  }
  if (session.error && config.data) {
    return config.data.accessKeyRequired ? (
      <main className="grid h-full place-items-center p-6">
        <AccessKeyForm
          title="This Facebound is for its team"
          note="Whoever runs this server can tell you the key."
          said={farewell}
          onOpened={() => client.setQueryData(sessionQuery.queryKey, true)}
        />
      </main>
    ) : (
      <CouldNotStart failure={session.error.failure} onRetry={() => void session.refetch()} />
    );
  }
  const away = [config, session]
    .map(({ failureReason }) => failureReason?.failure.code)
    .find((code) => code && isAway(code));
  return <Opening words={away && `${FAILURE_MESSAGES[away].title}. The page goes on by itself.`} />;
}
