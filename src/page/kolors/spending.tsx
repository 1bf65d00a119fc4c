import { useQuery } from '@tanstack/react-query';
import { accountsQuery, creditsQuery, freePlacesQuery } from '#page/session/account/accounts.ts';
import { useEngineSession } from '#page/session/engine-session.ts';
import { formatCredits } from './model/kolors-request.ts';

/** What is known of the account that would pay, before anything is paid. */
export type Payer = {
  /** Credits that it has left; undefined where the service does not tell. */
  readonly credits: number | undefined;
  /** How many generations it takes now, and at most; undefined where the service does not tell. */
  readonly places: { readonly free: number; readonly most: number | undefined } | undefined;
};

const NOTHING_KNOWN: Payer = { credits: undefined, places: undefined };

/** How often free places are counted while somebody may be about to pay, in milliseconds. */
const COUNT_EVERY_MS = 10_000;

/**
 * Asks for credits and free places of the account that would pay while a component with this hook is shown. Asking is
 * free. `email` is the account that was chosen; without one it is the only one that is configured.
 */
export function usePayer(email: string | undefined): Payer {
  const { credentialId, canAsk } = useEngineSession('kling');
  const accounts = useQuery({ ...accountsQuery(credentialId), enabled: canAsk });
  const payer = email ?? (accounts.data?.length === 1 ? accounts.data[0]?.email : undefined);
  const isKnown = canAsk && payer !== undefined;
  const credits = useQuery({
    ...creditsQuery(credentialId, payer ?? ''),
    enabled: isKnown,
    refetchOnMount: 'always',
  });
  const places = useQuery({
    ...freePlacesQuery(credentialId),
    enabled: isKnown,
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.status === 'error' ? false : COUNT_EVERY_MS),
  });
  if (!isKnown) return NOTHING_KNOWN;
  const mine = places.isError ? undefined : places.data?.find((account) => account.email === payer);
  return {
    credits: credits.data,
    places: mine === undefined ? undefined : { free: Math.max(0, mine.available), most: mine.maxJobs },
  };
}

/** Why a generation of this cost would be refused now, or undefined where nothing is known to be in its way. */
export function obstacle({ credits, places }: Payer, cost: number): string | undefined {
  if (credits !== undefined && credits < cost) {
    return `The account has ${formatCredits(credits)} left, and this costs ${cost}: Kling would refuse it.`;
  }
  if (places?.free === 0) {
    return `${
      places.most === undefined ? 'All places of this account are' : placesTaken(places.most)
    } taken: Kling would refuse it now. Wait until one of its generations is done.`;
  }
  return undefined;
}

const placesTaken = (most: number): string =>
  most === 1 ? 'The only place of this account is' : `All ${most} places of this account are`;

/** What the account has, beside what it costs: `66 credits left · 4 of 5 places free`. Empty where nothing is known. */
export const payerWords = ({ credits, places }: Payer): string =>
  [
    credits === undefined ? undefined : `${formatCredits(credits)} left`,
    places === undefined
      ? undefined
      : places.most === undefined
        ? `${places.free} ${places.free === 1 ? 'place' : 'places'} free`
        : `${places.free} of ${places.most} places free`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
