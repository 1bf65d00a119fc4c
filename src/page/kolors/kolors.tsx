import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { takeDrawnFaces } from '#page/check/index.ts';
import {
  alsoWish,
  cancelDetection,
  enterToken,
  type PictureDetection,
  retryDetection,
  sendTo,
  switchAccount,
  usePictureDetection,
  waitingMessage,
} from '#page/detection/index.ts';
import { cropHref, cropHrefOf } from '#page/pictures/crop-href.ts';
import { type Picture, useWork, workStore } from '#page/pictures/work-store.ts';
import { kolorsNow, noteKolorsHere, onTarget, useKolors } from '#page/place/modes.ts';
import type { HandOff } from '#page/place/place-store.ts';
import { AccountChoice } from '#page/session/account/account-choice.tsx';
import { accountsQuery } from '#page/session/account/accounts.ts';
import { TokenForm } from '#page/session/account/token-form.tsx';
import { sessionWith, useEngineSession } from '#page/session/engine-session.ts';
import { useCredentials } from '#page/session/session-store.ts';
import type { AtKling } from './at-kling.ts';
import { followGenerations } from './follow-generations.ts';
import { followSelection } from './follow-selection.ts';
import { TokenNudge } from './generations-button.tsx';
import { handOverDrawn } from './hand-over-drawn.ts';
import { KolorsPanel, type KolorsPanelProps } from './kolors-panel.tsx';
import { sentPicture } from './script-for.ts';
import { useRequestDraft } from './use-request-draft.ts';

/** Keeps going what Kolors needs, whether the panel is open or not; the returned function ends it. */
export function startKolors(client: QueryClient): () => void {
  noteKolorsHere();
  const stops = [
    followGenerations(client),
    followSelection(client),
    takeDrawnFaces((drawn) => void handOverDrawn(drawn)),
    // The chosen face's picture is looked at by Kling as well, whichever engine the page shows.
    alsoWish({
      get: () => {
        const { target } = kolorsNow();
        return target === undefined || !workStore.getState().records.has(target.picture.id)
          ? []
          : [{ session: sessionWith('kling'), picture: asSent(target) }];
      },
      subscribe: onTarget,
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Kolors on this page: the panel. */
export function Kolors({ config }: { readonly config: AppConfig }) {
  const client = useQueryClient();
  const { credentialId, hasOwnToken, email } = useCredentials();
  const { target } = useKolors();
  const isThere = useWork(({ records }) => target !== undefined && records.has(target.picture.id));
  const { serverHasToken } = config;
  const draft = useRequestDraft();
  const shared = {
    baseUrl: config.klingBaseUrl,
    email,
    credentialId,
    hasOwnToken,
    serverHasToken,
    draft,
    tokenForm: <TokenForm hasOwnToken={hasOwnToken} onToken={(token) => enterToken(client, token)} />,
  };
  return (
    <>
      <TokenNudge hasOwnToken={hasOwnToken} />
      {target !== undefined && isThere ? (
        <HandOffPanel {...shared} target={target} />
      ) : (
        <KolorsPanel
          {...shared}
          target={undefined}
          source={{ pictureUrl: undefined, cropHref }}
          atKling={{ state: 'no-token' }}
          accountChoice={null}
          onSend={nothing}
          onCancel={nothing}
          onRetry={nothing}
        />
      )}
    </>
  );
}

const nothing = () => undefined;

type HandOffPanelProps = Pick<
  KolorsPanelProps,
  'baseUrl' | 'draft' | 'email' | 'credentialId' | 'hasOwnToken' | 'serverHasToken' | 'tokenForm'
> & { readonly target: HandOff };

/** The panel for a chosen face: upload and detection at Kling are the same ones that the page's Kling engine uses. */
function HandOffPanel({ target, ...shared }: HandOffPanelProps) {
  const client = useQueryClient();
  const picture = useMemo(() => asSent(target), [target]);
  const { credentialId, email } = shared;
  const session = useEngineSession('kling');
  const hasToken = session.canAsk;
  const detection = usePictureDetection(session, picture);
  const accounts = useQuery({ ...accountsQuery(credentialId), enabled: hasToken });
  const atKling: AtKling = hasToken ? asAtKling(detection) : { state: 'no-token' };
  const retry = () =>
    void retryDetection(client, session, picture, detection.state === 'failed' ? detection.failure : undefined);

  return (
    <KolorsPanel
      {...shared}
      target={target}
      source={{ pictureUrl: picture.url, cropHref: cropHrefOf(target.picture) }}
      atKling={atKling}
      accountChoice={
        hasToken && (accounts.data?.length ?? 0) > 1 ? (
          <div className="[&>fieldset]:mt-0">
            <AccountChoice
              accounts={accounts}
              credentialId={credentialId}
              email={email}
              onChoose={(chosen) => switchAccount(client, chosen)}
            />
          </div>
        ) : null
      }
      onSend={() => {
        sendTo(session, [picture]);
        if (detection.state === 'cancelled') retry();
      }}
      onCancel={() => void cancelDetection(client, session, picture)}
      onRetry={retry}
    />
  );
}

/**
 * What goes to Kling of the chosen face. A picture with a saved result is not asked about again, but Kolors needs an
 * address and a number that count today.
 */
function asSent(target: HandOff): Picture {
  const picture = sentPicture(target);
  return picture.origin.kind === 'replay' ? { ...picture, origin: { kind: 'file', via: 'browse' } } : picture;
}

function asAtKling(detection: PictureDetection): AtKling {
  switch (detection.state) {
    case 'waiting':
      return {
        state: 'working',
        words: waitingMessage(detection) ?? 'Waiting for its turn…',
        progress: undefined,
      };
    case 'uploading':
      return { state: 'working', words: 'Uploading to Kling…', progress: detection.progress };
    case 'detecting':
      return {
        state: 'working',
        words: detection.retryingAfter === undefined ? 'Kling looks for faces…' : 'Kling is busy, trying again…',
        progress: undefined,
      };
    case 'not-sent':
    case 'cancelled':
      return { state: 'not-sent' };
    case 'failed':
      return { state: 'failed', failure: detection.failure };
    case 'done':
      return {
        state: 'done',
        imageReference: detection.result.imageReference,
        detection: detection.result.detection,
      };
  }
}
