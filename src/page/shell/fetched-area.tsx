import { Component, type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { CodeError, fetchCode } from '#page/platform/fetched-code.ts';
import { noteMissingCode } from '#page/platform/notices.ts';

type Area = {
  /** What a person calls it, in the middle of a sentence's beginning: "The table could not be loaded". */
  readonly name: string;
  /** What stands in its place until it is there, and while it cannot be had. */
  readonly fallback?: ReactNode;
  /** Called when it cannot be had now. */
  readonly onMissing?: () => void;
};

/**
 * The parts of the page that are fetched when they are needed: none of them is in the way of dropping a picture. One
 * that cannot be fetched costs itself and not the page: it is said, and fetched again when a person wants it or the
 * connection is back.
 */
export function fetched<Props extends object>(
  area: Area,
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const { fallback = null } = area;
  const again = () => lazy(async () => ({ default: await fetchCode(load) }));
  // Shared by all places that show it: what is there once is there at once everywhere.
  const held = { Loaded: again() };
  return (props: Props) => {
    const [attempt, setAttempt] = useState(0);
    const { Loaded } = held;
    const retry = () => {
      held.Loaded = again();
      setAttempt((count) => count + 1);
    };
    return (
      <AreaBoundary key={attempt} area={area} onRetry={retry}>
        <Suspense fallback={fallback}>
          <Loaded {...props} />
        </Suspense>
      </AreaBoundary>
    );
  };
}

type BoundaryProps = { readonly area: Area; readonly onRetry: () => void; readonly children: ReactNode };

class AreaBoundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown) {
    if (!(error instanceof CodeError)) return;
    const { area, onRetry } = this.props;
    noteMissingCode({ name: area.name, failure: error.failure, retry: onRetry });
    area.onMissing?.();
  }

  override render() {
    const error: unknown = this.state.error;
    if (error === undefined) return this.props.children;
    // A mistake in code that came is the page's to tell.
    if (!(error instanceof CodeError)) throw error;
    return this.props.area.fallback ?? null;
  }
}
