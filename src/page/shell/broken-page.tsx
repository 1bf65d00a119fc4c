import { Component, type ReactNode } from 'react';
import { tabStorage } from '#page/platform/browser-storage.ts';
import { Logo } from '#page/ui/logo.tsx';

/**
 * Stands in for the page when drawing it failed, which is a mistake of ours: says so and offers to begin anew. The
 * error's own text is not shown, because nobody knows what it repeats.
 */
export class BrokenPage extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <main className="grid h-full place-items-center p-6">
        <div role="alert" className="max-w-md text-center">
          <Logo className="mx-auto size-14" />
          <h1 className="mt-6 text-xl font-semibold">This page has broken down</h1>
          <p className="mt-2 text-ink-soft">
            That is a mistake in Facebound, not in your pictures.{' '}
            {tabStorage.isKept
              ? 'Results are remembered on this device and come back when you reload.'
              : 'This browser stores nothing here: after a reload, pictures have to be handed over again.'}
          </p>
          <button
            type="button"
            className="mt-5 min-h-11 rounded-lg bg-accent px-5 font-semibold text-accent-ink"
            onClick={() => location.reload()}
          >
            Reload
          </button>
        </div>
      </main>
    );
  }
}
