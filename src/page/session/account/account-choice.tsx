import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Account } from '#contract/accounts.ts';
import { messageFor } from '#shared/failure-message.ts';
import { creditsQuery } from './accounts.ts';

/** Which Kling account pays, when there are several; its credits, where the service tells them. */
export function AccountChoice({
  accounts,
  credentialId,
  email,
  onChoose,
}: {
  accounts: UseQueryResult<readonly Account[]>;
  credentialId: string;
  email: string | undefined;
  onChoose: (email: string | undefined) => void;
}) {
  if (accounts.isPending) return <p className="mt-3 text-ink-faint">Asking for the accounts…</p>;
  if (accounts.error) {
    const words = messageFor(accounts.error.failure);
    return (
      <p role="alert" className="mt-3 rounded bg-bad-soft p-3 text-bad">
        {words.title}. {words.cure}
      </p>
    );
  }
  if (accounts.data.length === 0) {
    return <p className="mt-3 text-ink-soft">No Kling account is configured at useapi.net yet.</p>;
  }
  const chosen = email ?? (accounts.data.length === 1 ? accounts.data[0]?.email : undefined);
  return (
    <fieldset className="mt-3">
      <legend className="font-medium">Account</legend>
      {accounts.data.map((entry) => (
        <label key={entry.email} className="mt-1 flex min-h-9 items-center gap-2.5 pointer-coarse:min-h-11">
          <input
            type="radio"
            name="account"
            className="size-4 accent-accent"
            checked={entry.email === chosen}
            onChange={() => onChoose(entry.email)}
          />
          <span className="min-w-0 flex-1 truncate">{entry.email}</span>
          {entry.error !== undefined && <span className="text-xs text-bad">{entry.error}</span>}
          {entry.email !== undefined && entry.email === chosen && (
            <Credits credentialId={credentialId} email={entry.email} />
          )}
        </label>
      ))}
    </fieldset>
  );
}

function Credits({ credentialId, email }: { credentialId: string; email: string }) {
  const credits = useQuery(creditsQuery(credentialId, email));
  return credits.data === undefined ? null : (
    <span className="text-xs text-ink-faint tabular-nums">{credits.data} credits</span>
  );
}
