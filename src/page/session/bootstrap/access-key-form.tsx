import { useId, useState } from 'react';
import { Logo } from '#page/ui/logo.tsx';
import type { Failure } from '#shared/failure.ts';
import { openSession } from '../api-client.ts';
import { signedInAgain } from '../sign-out.ts';

type AccessKeyFormProps = {
  readonly title: string;
  readonly titleId?: string;
  /** What became of the session before, where there was one. */
  readonly said?: string | undefined;
  /** A line below the button. */
  readonly note: string;
  readonly onOpened: () => void;
};

/** Asks for the server's access key; it is sent and forgotten. */
export function AccessKeyForm({ title, titleId, said, note, onOpened }: AccessKeyFormProps) {
  const fieldId = useId();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const submit = async (form: FormData) => {
    const key = form.get('access-key');
    if (typeof key !== 'string') return;
    setBusy(true);
    // What is pasted often brings white space along.
    const opened = await openSession(key.trim());
    setBusy(false);
    if (opened.ok) {
      signedInAgain();
      onOpened();
    } else setFailure(opened.error);
  };

  return (
    <form
      className="mx-auto w-full max-w-sm"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <Logo className="mx-auto size-14" />
      <h1 id={titleId} className="mt-6 text-center text-xl font-semibold">
        {title}
      </h1>
      {said !== undefined && (
        <p role="status" className="mt-3 text-center text-ink-soft">
          {said}
        </p>
      )}
      <label htmlFor={fieldId} className="mt-6 block font-medium">
        Access key
      </label>
      <input
        id={fieldId}
        name="access-key"
        type="password"
        autoComplete="current-password"
        required
        aria-invalid={failure !== undefined}
        className="mt-2 h-11 w-full rounded-lg border border-line-strong bg-panel px-3"
      />
      {failure !== undefined && (
        <p role="alert" className="mt-2 text-bad">
          {sentenceFor(failure)}
        </p>
      )}
      <button
        type="submit"
        disabled={busy}
        className="mt-4 h-11 w-full rounded-lg bg-accent font-semibold text-accent-ink disabled:opacity-60"
      >
        {busy ? 'Opening…' : 'Open'}
      </button>
      <p className="mt-4 text-center text-ink-faint">{note}</p>
    </form>
  );
}

function sentenceFor(failure: Failure): string {
  switch (failure.code) {
    case 'unauthorized':
    case 'session-ended':
      return 'This is not the key. Check for missing characters and try again.';
    case 'at-capacity':
      return `Too many wrong tries. Wait ${Math.ceil((failure.retryAfterMs ?? 10_000) / 1000)} seconds, then try again.`;
    default:
      return 'The server did not answer. Try again in a moment.';
  }
}
