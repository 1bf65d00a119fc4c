import { useQuery, useQueryClient } from '@tanstack/react-query';
import { appConfigQuery } from '#lib/app-config.ts';
import { Workbench } from '../workbench.tsx';
import { AccessKeyForm } from './access-key-form.tsx';
import { CouldNotStart } from './could-not-start.tsx';
import { sessionQuery } from './session-query.ts';

/** Opens the session before anything else: asks for the access key where the server has one. */
export function Gate() {
  const client = useQueryClient();
  const config = useQuery(appConfigQuery);
  const session = useQuery({ ...sessionQuery, enabled: config.data !== undefined });

  if (config.error) return <CouldNotStart failure={config.error.failure} onRetry={() => void config.refetch()} />;
  if (session.data && config.data) return <Workbench config={config.data} />;
  if (session.error && config.data) {
    return config.data.accessKeyRequired ? (
      <AccessKeyForm onOpened={() => client.setQueryData(sessionQuery.queryKey, true)} />
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
