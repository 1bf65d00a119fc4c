import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { AccountChoice } from '#features/account/account-choice.tsx';
import { accountsQuery } from '#features/account/accounts.ts';
import { TokenForm } from '#features/account/token-form.tsx';
import { cancelDetection, ensureUploaded, retryDetection } from '#features/detection/detection-commands.ts';
import type { EngineSession } from '#features/detection/engine-session.ts';
import { uploadOf } from '#features/detection/upload-store.ts';
import { type PictureDetection, usePictureDetection } from '#features/detection/use-picture-detection.ts';
import type { AtKling } from '#features/kolors/at-kling.ts';
import { TokenNudge } from '#features/kolors/generations-button.tsx';
import { KolorsPanel, type KolorsPanelProps } from '#features/kolors/kolors-panel.tsx';
import { KolorsRunner } from '#features/kolors/kolors-runner.tsx';
import { agreeToSend, type HandOffFace, useKolors } from '#features/kolors/kolors-store.ts';
import { chooseAccount, setOwnToken, useCredentials } from '#lib/credentials-store.ts';
import { type Picture, useWork } from '#lib/work-store.ts';
import { cropHref, cropHrefOf } from '../table/crop-href.ts';
import { waitingWords } from '../table/status-words.ts';

/** Kolors on this page: what keeps generations going, and the panel. */
export function Kolors({ config }: { readonly config: AppConfig }) {
  const { credentialId, hasOwnToken, email } = useCredentials();
  const { target } = useKolors();
  const isThere = useWork((state) => state.pictures.some(({ id }) => id === target?.picture.id));
  const { serverHasToken } = config;
  const hasToken = hasOwnToken || serverHasToken;
  const shared = {
    baseUrl: config.klingBaseUrl,
    email,
    credentialId,
    hasOwnToken,
    serverHasToken,
    tokenForm: <TokenForm hasOwnToken={hasOwnToken} onToken={setOwnToken} />,
  };
  return (
    <>
      <KolorsRunner credentialId={credentialId} hasOwnToken={hasOwnToken} serverHasToken={serverHasToken} />
      <TokenNudge hasOwnToken={hasOwnToken} />
      {target !== undefined && isThere ? (
        <HandOffPanel {...shared} target={target} hasToken={hasToken} />
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
  'baseUrl' | 'email' | 'credentialId' | 'hasOwnToken' | 'serverHasToken' | 'tokenForm'
> & { readonly target: HandOffFace; readonly hasToken: boolean };

/** The panel for a chosen face: upload and detection at Kling are the same ones that the page's Kling engine uses. */
function HandOffPanel({ target, hasToken, ...shared }: HandOffPanelProps) {
  const client = useQueryClient();
  const { sentToKling } = useKolors();
  // A saved result is not asked again, but Kolors needs an address and a number that count today.
  const picture = useMemo(() => live(target.picture), [target.picture]);
  const { credentialId, email } = shared;
  const asked = useMemo(
    (): EngineSession => ({ engine: 'kling', credentialId, email, canAsk: hasToken }),
    [credentialId, email, hasToken],
  );
  const wasSent =
    (target.engine === 'kling' && picture === target.picture) ||
    sentToKling.has(picture.sha256) ||
    uploadOf(asked, picture) !== undefined;
  // Before a person agrees, nothing about the picture goes to Kling.
  const session = useMemo(() => ({ ...asked, canAsk: hasToken && wasSent }), [asked, hasToken, wasSent]);
  const detection = usePictureDetection(session, picture);
  const accounts = useQuery({ ...accountsQuery(credentialId), enabled: hasToken });
  const atKling: AtKling = hasToken ? (wasSent ? asAtKling(detection) : { state: 'not-sent' }) : { state: 'no-token' };
  useEffect(() => {
    if (session.canAsk) ensureUploaded(client, session, picture);
  }, [client, session, picture]);
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
            <AccountChoice accounts={accounts} credentialId={credentialId} email={email} onChoose={chooseAccount} />
          </div>
        ) : null
      }
      onSend={() => {
        agreeToSend(picture);
        if (detection.state === 'cancelled') retry();
      }}
      onCancel={() => void cancelDetection(client, session, picture)}
      onRetry={retry}
    />
  );
}

/** The picture as one that is uploaded and detected, also when it was opened with a saved result. */
const live = (picture: Picture): Picture =>
  picture.origin.kind === 'replay' ? { ...picture, origin: { kind: 'file', via: 'browse' } } : picture;

function asAtKling(detection: PictureDetection): AtKling {
  switch (detection.state) {
    case 'waiting':
      return {
        state: 'working',
        words: waitingWords(detection.failedTries) ?? 'Waiting for its turn…',
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
