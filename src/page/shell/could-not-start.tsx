import type { Failure } from '#shared/failure.ts';
import { messageFor } from '#shared/failure-message.ts';

/** The page came, its server does not answer: says why, offers to try again. */
export function CouldNotStart({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const words = messageFor(failure);
  return (
    <main className="grid h-full place-items-center p-6">
      <div role="alert" className="max-w-md text-center">
        <h1 className="text-xl font-semibold">{words.title}</h1>
        <p className="mt-2 text-ink-soft">
          {words.cause} {words.cure}
        </p>
        {failure.detail !== undefined && <p className="mt-2 text-ink-faint">“{failure.detail}”</p>}
        <button
          type="button"
          className="mt-5 min-h-11 rounded-lg bg-accent px-5 font-semibold text-accent-ink"
          onClick={onRetry}
        >
          Try again
        </button>
      </div>
    </main>
  );
}
