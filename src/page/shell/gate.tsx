import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { appConfigQuery } from '#lib/app-config.ts';
import { hasKeptWork } from '#lib/memory/kept-work.ts';
import { Workbench } from '../workbench.tsx';
import { AccessKeyForm } from './access-key-form.tsx';
import { CouldNotStart } from './could-not-start.tsx';
import { KeyAgain } from './key-again.tsx';
import { sessionQuery } from './session-query.ts';

/** Opens the session before anything else: asks for the access key where the server has one. */
export function Gate() {
  const client = useQueryClient();
  const config = useQuery(appConfigQuery);
  const session = useQuery({ ...sessionQuery, enabled: config.data !== undefined });

  // Work of this tab from before a reload comes back before anything is drawn or asked; else nothing waits for this.
  const memory = useQuery({
    queryKey: ['memory'],
    queryFn:
      session.data && config.data
        ? async () => (await import('../memory/start-memory.ts')).startMemory(client, config.data)
        : skipToken,
    retry: false,
  });
  const isRestoring = memory.isPending && hasKeptWork();

  if (config.error) return <CouldNotStart failure={config.error.failure} onRetry={() => void config.refetch()} />;
  if (session.data && config.data && !isRestoring) {
    return (
      <>
        <Workbench config={config.data} />
        <KeyAgain />
      </>
    );
  }
  if (session.error && config.data) {
    return config.data.accessKeyRequired ? (
      <main className="grid h-full place-items-center p-6">
        <AccessKeyForm
          title="This Facebound is for its team"
          note="Whoever runs this server can tell you the key."
          onOpened={() => client.setQueryData(sessionQuery.queryKey, true)}
        />
      </main>
    ) : (
      <CouldNotStart failure={session.error.failure} onRetry={() => void session.refetch()} />
    );
  }
  return (
    <main className="grid h-full place-items-center text-ink-faint" aria-busy="true">
      <p role="status">Opening Facebound…</p>
    </main>
  );
}
