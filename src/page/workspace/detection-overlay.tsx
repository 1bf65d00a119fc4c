import clsx from 'clsx';
import { CloudOff, LoaderCircle } from 'lucide-react';
import type { PictureDetection } from '#page/detection/picture-detection.ts';
import { NOT_SENT, waitingMessage } from '#page/detection/status-message.ts';
import { isAway } from '#page/platform/query-client.ts';
import { useIsOnline } from '#page/platform/use-is-online.ts';
import { chooseEngine } from '#page/session/session-store.ts';
import { Button } from '#page/ui/button.tsx';
import { ProgressBar } from '#page/ui/progress-bar.tsx';
import type { Failure, FailureCode } from '#shared/failure.ts';
import { messageFor } from '#shared/failure-message.ts';
import { asFields, asJson } from '#shared/lenient.ts';
import { RetryWait } from './retry-wait.tsx';

/**
 * What lies over the stage while there are no faces to show yet: progress with a cancel, or why there is no result
 * and what to do. Nothing when detection is done.
 */
export function DetectionOverlay({
  detection,
  onCancel,
  onTryNow,
  onRetry,
  onSend,
  embeddedFaces,
  onUploadInstead,
  onAccount,
}: {
  detection: PictureDetection;
  /** How many faces the embedded engine found, where it was asked. */
  embeddedFaces: number | undefined;
  onCancel: () => void;
  /** Ends the wait before the next try. */
  onTryNow: () => void;
  onRetry: () => void;
  /** Allows the picture to be sent to Kling. */
  onSend: () => void;
  /** Opens the place for token and account. */
  onAccount: () => void;
  /** For a linked picture: sends the picture itself instead of its address. */
  onUploadInstead: (() => void) | undefined;
}) {
  switch (detection.state) {
    case 'done':
      return null;
    case 'not-sent':
      return <NotSent embeddedFaces={embeddedFaces} onSend={onSend} />;
    case 'waiting':
    case 'uploading':
    case 'detecting':
      return <Progress detection={detection} onCancel={onCancel} onTryNow={onTryNow} />;
    case 'cancelled':
      return (
        <Card>
          <p className="font-semibold">Cancelled</p>
          <p className="mt-1 text-ink-soft">Nothing was lost. The picture is still here.</p>
          <Button look="primary" className="mt-4" onClick={onRetry}>
            Find faces
          </Button>
        </Card>
      );
    case 'failed':
      return (
        <FailureCard
          failure={detection.failure}
          onRetry={onRetry}
          onUploadInstead={onUploadInstead}
          onAccount={onAccount}
        />
      );
  }
}

/** The picture stays in sight: it can be looked at without Kling. */
function NotSent({ embeddedFaces, onSend }: { embeddedFaces: number | undefined; onSend: () => void }) {
  return (
    <div className="controls absolute inset-x-0 bottom-20 z-10 flex justify-center px-4 phone:bottom-17 short:bottom-17 small:bottom-3">
      <div className="flex max-w-full flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-panel py-2 pr-2 pl-4 shadow-float">
        <p className="flex min-w-0 items-center gap-2.5">
          <CloudOff aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <span>
            <span className="font-medium">{NOT_SENT}.</span>
            {embeddedFaces !== undefined && (
              <span className="text-ink-soft phone:hidden"> {keptMessage(embeddedFaces)}</span>
            )}
          </span>
        </p>
        <div className="flex grow justify-end gap-1.5">
          {embeddedFaces !== undefined && (
            <Button look="quiet" className="phone:hidden" onClick={() => chooseEngine('embedded')}>
              Show Embedded
            </Button>
          )}
          <Button look="primary" onClick={onSend}>
            Send to Kling
          </Button>
        </div>
      </div>
    </div>
  );
}

function keptMessage(faces: number): string {
  if (faces === 0) return 'Embedded found no faces.';
  return faces === 1 ? 'The face that Embedded found is kept.' : `The ${faces} faces that Embedded found are kept.`;
}

type UnderWay = Extract<PictureDetection, { state: 'waiting' | 'uploading' | 'detecting' }>;

function Progress({
  detection,
  onCancel,
  onTryNow,
}: {
  detection: UnderWay;
  onCancel: () => void;
  onTryNow: () => void;
}) {
  const share = detection.state === 'uploading' ? detection.progress : undefined;
  const retrying = failureBefore(detection);
  const isOnline = useIsOnline();
  const isWaiting = isOnline && retrying !== undefined;
  return (
    <div className="controls absolute inset-x-0 bottom-20 z-10 flex justify-center px-4 phone:bottom-17 short:bottom-17 small:bottom-3">
      <div
        className={clsx(
          'flex w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-panel py-2 pr-2 pl-4 shadow-float',
          // A wait has more to say, and all of it is to be read.
          isWaiting ? 'max-w-lg' : 'max-w-sm',
        )}
      >
        <LoaderCircle aria-hidden className="size-4 shrink-0 text-accent motion-safe:animate-spin" />
        <div className={clsx('flex-1', isWaiting ? 'min-w-52' : 'min-w-32')}>
          {isWaiting ? (
            <RetryWait
              failure={retrying}
              upload={detection.state === 'waiting' && !isAway(retrying.code) ? waitingMessage(detection) : undefined}
            />
          ) : (
            <p>
              {!isOnline && (detection.state === 'waiting' || retrying !== undefined)
                ? OFFLINE_MESSAGE
                : progressMessage(detection)}
            </p>
          )}
          {share !== undefined && <ProgressBar label="Upload" value={share} max={1} />}
        </div>
        <div className="ml-auto flex">
          {isWaiting && <Button onClick={onTryNow}>Try now</Button>}
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </div>
    </div>
  );
}

/** How the try before failed, while the next one is waited for. */
const failureBefore = (detection: UnderWay): Failure | undefined =>
  detection.state === 'uploading' ? undefined : detection.retryingAfter;

const OFFLINE_MESSAGE = 'You are offline. It goes on when the connection is back.';

function progressMessage(detection: UnderWay): string {
  switch (detection.state) {
    case 'waiting':
      return waitingMessage(detection) ?? 'Waiting for its turn…';
    case 'uploading':
      return `Uploading, ${Math.round(detection.progress * 100)} %`;
    case 'detecting':
      return 'Finding faces…';
  }
}

/** Failures that have nothing to do with how the picture was handed over. */
const NOT_THE_LINK: ReadonlySet<FailureCode> = new Set([
  'token-required',
  'unauthorized',
  'session-ended',
  'cookie-refused',
  'session-broken',
  'no-subscription',
  'no-credits',
  'service-forbidden',
  'service-trouble',
  'service-certificate',
  'reply-broken',
  'account-required',
  'at-capacity',
  'restarting',
  'store-away',
  'queue-away',
  'offline',
  'unreachable',
]);

/** Failures that are mended where token and account are entered. */
const ACCOUNT_ACTIONS: Readonly<Partial<Record<FailureCode, string>>> = {
  'token-required': 'Enter a token',
  unauthorized: 'Enter a token',
  'account-required': 'Choose an account',
};

/** Of these our own server's sentence says again what title and cause say; a service's own words say more. */
const SAID_BY_US: ReadonlySet<FailureCode> = new Set(['too-slow', 'server-fault', 'result-gone']);

/** Whether the answer's words would stand twice in one box: our server's answers, and no other, carry a reason. */
const isSaidAlready = ({ code, exchange }: Failure): boolean =>
  SAID_BY_US.has(code) && asFields(asJson(exchange?.body ?? ''))?.['reason'] !== undefined;

function FailureCard({
  failure,
  onRetry,
  onUploadInstead,
  onAccount,
}: {
  failure: Failure;
  onRetry: () => void;
  onUploadInstead: (() => void) | undefined;
  onAccount: () => void;
}) {
  const words = messageFor(failure);
  const accountAction = ACCOUNT_ACTIONS[failure.code];
  const canUploadInstead = onUploadInstead !== undefined && !NOT_THE_LINK.has(failure.code);
  return (
    <Card role="alert">
      <p className="font-semibold">{words.title}</p>
      <p className="mt-1 text-ink-soft">{`${words.cause} ${words.cure}`}</p>
      {failure.detail !== undefined && failure.detail !== words.cause && !isSaidAlready(failure) && (
        <p className="mt-2 rounded bg-raised px-3 py-2 font-mono text-xs break-words text-ink-soft">{failure.detail}</p>
      )}
      {failure.exchange?.requestId !== undefined && (
        <p className="mt-2 text-xs text-ink-faint">Request {failure.exchange.requestId}</p>
      )}
      <div className="mt-4 flex flex-wrap gap-2 empty:hidden">
        {accountAction !== undefined && (
          <Button look="primary" onClick={onAccount}>
            {accountAction}
          </Button>
        )}
        {failure.code === 'token-required' && (
          <Button onClick={() => chooseEngine('embedded')}>Use the embedded engine</Button>
        )}
        {canUploadInstead && (
          <Button look="primary" onClick={onUploadInstead}>
            {failure.code === 'link-changed' ? 'Upload what is shown' : 'Upload it instead'}
          </Button>
        )}
        {words.canRetry && (
          <Button look={canUploadInstead ? 'outline' : 'primary'} onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </Card>
  );
}

function Card({ children, role }: { children: React.ReactNode; role?: 'alert' }) {
  return (
    <div className="absolute inset-0 z-10 grid grid-cols-[minmax(0,1fr)] place-items-center overflow-auto bg-mat/70 p-4 [&_button]:max-w-full [&_button]:shrink [&_button]:whitespace-normal">
      <div role={role} className="w-full max-w-sm rounded-xl border border-line bg-panel p-5 shadow-float">
        {children}
      </div>
    </div>
  );
}
