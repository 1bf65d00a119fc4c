import { Logo } from '#page/ui/logo.tsx';

/** In place of the work, when somebody signed out while the server did not answer: what became of everything. */
export function SignedOut({ said }: { readonly said: string }) {
  return (
    <main className="grid h-full place-items-center overflow-y-auto p-6">
      <div role="status" className="max-w-md text-center">
        <Logo className="mx-auto size-14" />
        <h1 className="mt-6 text-xl font-semibold">You are signed out in this browser</h1>
        <p className="mt-2 text-ink-soft">{said}</p>
        <p className="mt-2 text-ink-soft">
          Your session is ended at the server as soon as this page is opened again and reaches it, before anything else.
        </p>
        <button
          type="button"
          className="mt-5 min-h-11 rounded-lg bg-accent px-5 font-semibold text-accent-ink"
          onClick={() => location.reload()}
        >
          Open the page again
        </button>
      </div>
    </main>
  );
}
