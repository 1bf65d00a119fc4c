import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { buttonClass } from '#page/ui/button.tsx';
import { Popover, PopoverPanel, PopoverTrigger } from '#page/ui/popover.tsx';
import { useCredentials } from '../session-store.ts';
import { AccountChoice } from './account-choice.tsx';
import { accountsQuery } from './accounts.ts';
import { TokenForm } from './token-form.tsx';

/**
 * Token and account for the live service. The token goes into this tab's memory and is never shown again; what can
 * be seen afterwards is only that there is one.
 */
export function AccountPopover({
  serverHasToken,
  open,
  onOpenChange,
  onToken,
  onAccount,
}: {
  serverHasToken: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A token was entered, or is to be forgotten. */
  onToken: (token: string | undefined) => void;
  onAccount: (email: string | undefined) => void;
}) {
  const { credentialId, hasOwnToken, hasSeveralAccounts, email } = useCredentials();
  const hasToken = hasOwnToken || serverHasToken;
  const accounts = useQuery({ ...accountsQuery(credentialId), enabled: hasToken });
  const lacks = !hasToken ? 'Add a token' : hasSeveralAccounts && email === undefined ? 'No account chosen' : undefined;
  const label = email ?? (accounts.data?.length === 1 ? accounts.data[0]?.email : undefined);

  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger
        className={buttonClass(
          'quiet',
          'min-h-9 max-w-52 px-2.5 max-[90rem]:max-w-36 max-xl:max-w-28 pointer-coarse:min-h-11 pointer-coarse:min-w-11',
        )}
      >
        <KeyRound aria-hidden className={lacks === undefined ? 'size-4' : 'size-4 text-warn'} />
        <span className="truncate max-lg:sr-only">{lacks ?? label ?? 'Account'}</span>
      </PopoverTrigger>
      <PopoverPanel align="start" label="Kling account" className="w-80">
        <h2 className="font-semibold">Kling account</h2>
        <TokenState hasOwnToken={hasOwnToken} serverHasToken={serverHasToken} />
        {hasToken && (
          <AccountChoice accounts={accounts} credentialId={credentialId} email={email} onChoose={onAccount} />
        )}
        <TokenForm hasOwnToken={hasOwnToken} onToken={onToken} />
      </PopoverPanel>
    </Popover>
  );
}

function TokenState({ hasOwnToken, serverHasToken }: { hasOwnToken: boolean; serverHasToken: boolean }) {
  const words = hasOwnToken
    ? 'This tab uses the token you entered. It is gone when the tab is closed or reloaded.'
    : serverHasToken
      ? 'This server uses a token of its own. You can enter yours for this tab.'
      : 'Kling needs a useapi.net API token. It stays in the memory of this tab.';
  return <p className="mt-1 text-ink-soft">{words}</p>;
}
