import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { uploadWasLost } from '#page/detection/index.ts';
import { showKolorsView } from '#page/place/modes.ts';
import { accountChanged } from '#page/session/account/accounts.ts';
import type { Result } from '#shared/result.ts';
import type { StoredGeneration } from './generation-store.ts';
import type { GenerationEvent } from './model/generation.ts';
import { sendGeneration, UNSENT_MESSAGES, type Unsent } from './send-generation.ts';

/** What a person is asked to confirm. */
export type Wanted = {
  readonly generation: StoredGeneration;
  /** The generation of unknown outcome that this one is knowingly sent in place of. */
  readonly again: string | undefined;
};

/** One confirmation at a time, and what became of it if nothing was sent. */
export type Generate = {
  readonly asking: Wanted | undefined;
  readonly ask: (wanted: Wanted) => void;
  readonly cancel: () => void;
  readonly confirm: () => void;
  /** Why the last confirmed request was not sent, in words. */
  readonly unsent: string | undefined;
};

/** Sends what was confirmed, once: the mutation never retries and never waits for a network to come back. */
export function useGenerate(): Generate {
  const [asking, setAsking] = useState<Wanted>();
  const client = useQueryClient();
  const { mutate, data, error, reset } = useMutation<Result<GenerationEvent, Unsent>, Error, Wanted>({
    mutationKey: ['kolors-generate'],
    mutationFn: async ({ generation, again }) => {
      const sent = await sendGeneration(generation, again);
      accountChanged(client);
      // Nothing was paid, and what the service no longer has is there again when the person generates again.
      if (sent.ok && sent.value.kind === 'refused' && sent.value.failure.code === 'result-gone') {
        uploadWasLost(client, generation.request.imageReference);
      }
      return sent;
    },
    retry: false,
    networkMode: 'always',
  });
  const ask = useCallback(
    (wanted: Wanted) => {
      reset();
      setAsking(wanted);
    },
    [reset],
  );
  return {
    asking,
    ask,
    cancel: () => setAsking(undefined),
    confirm: () => {
      if (asking === undefined) return;
      setAsking(undefined);
      showKolorsView('generations');
      mutate(asking);
    },
    unsent: unsentMessage(data, error),
  };
}

function unsentMessage(data: Result<unknown, Unsent> | undefined, error: Error | null): string | undefined {
  if (error !== null) return 'The page could not write down what became of the request. Look at your tasks at Kling.';
  return data === undefined || data.ok ? undefined : UNSENT_MESSAGES[data.error];
}
