import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { type Account, account, accountsReply } from '#contract/accounts.ts';
import { type AccountPlaces, freePlacesReply } from '#contract/free-places.ts';
import { contractPaths, engineBase } from '#contract/routes.ts';
import { FailureError } from '#page/platform/failure-error.ts';
import type { Exchange } from '#shared/failure.ts';
import { callApi } from '../api-client.ts';
import { bearerFor, noteAccounts } from '../session-store.ts';

/** `credentialId` stands for the token. */
const accountsKey = (input: { readonly credentialId: string }) => ['accounts', input] as const;
const creditsKey = (input: { readonly credentialId: string; readonly email: string }) => ['account', input] as const;

/** The accounts configured at the live service, by email. `credentialId` stands for the token. */
export const accountsQuery = (credentialId: string) =>
  queryOptions({
    queryKey: accountsKey({ credentialId }),
    queryFn: async ({ signal }): Promise<readonly Account[]> => {
      const { json, exchange } = await get(contractPaths.accounts, signal);
      const parsed = accountsReply.safeParse(json);
      if (!parsed.success) throw unreadable(exchange);
      const accounts = Object.entries(parsed.data).map(([email, entry]) => ({ ...entry, email: entry.email ?? email }));
      noteAccounts(credentialId, accounts.length);
      return accounts;
    },
  });

/** Credits that an account has left, where the service tells them. */
export const creditsQuery = (credentialId: string, email: string) =>
  queryOptions({
    queryKey: creditsKey({ credentialId, email }),
    queryFn: async ({ signal }): Promise<number | undefined> => {
      const { json, exchange } = await get(`${contractPaths.accounts}/${encodeURIComponent(email)}`, signal);
      const parsed = account.safeParse(json);
      if (!parsed.success) throw unreadable(exchange);
      return parsed.data.balance?.total;
    },
  });

/** How many generations each account takes now. It changes by itself: who asks says how often. */
export const freePlacesQuery = (credentialId: string) =>
  queryOptions({
    queryKey: ['free-places', { credentialId }] as const,
    queryFn: async ({ signal }): Promise<readonly AccountPlaces[]> => {
      const { json, exchange } = await get(contractPaths.freePlaces, signal);
      const parsed = freePlacesReply.safeParse(json);
      if (!parsed.success) throw unreadable(exchange);
      return parsed.data.available;
    },
    // What is told before a paid call is of now, or nothing.
    retry: false,
    gcTime: 0,
  });

/** Something was paid, or may have been: credits and places are others now. */
export function accountChanged(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ['account'] });
  void client.invalidateQueries({ queryKey: ['free-places'] });
}

async function get(path: string, signal: AbortSignal) {
  const reply = await callApi({
    method: 'GET',
    path: engineBase('kling') + path,
    token: bearerFor('kling'),
    signal,
  });
  if (!reply.ok) throw new FailureError(reply.error);
  return reply.value;
}

const unreadable = (exchange: Exchange) =>
  new FailureError({ code: 'unreadable-reply', detail: undefined, retryAfterMs: undefined, exchange });
