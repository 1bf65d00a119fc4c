import { Component, type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { stopChecking } from '#page/check/check-mode.ts';
import { CodeError, fetchCode, noteMissingCode } from '#page/platform/fetched-code.ts';
import { queryClient } from '#page/platform/query-client.ts';
import { stopPresenting } from '#page/present/present-store.ts';

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
function fetched<Props extends object>(area: Area, load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
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

/** The table brings the canvas library; what stands in its place meanwhile is the page's own affair. */
const importWorkspace = async () => (await import('#page/workspace/workspace.tsx')).Workspace;
export const Workspace = fetched(
  { name: 'The table with your picture', fallback: <main aria-busy="true" className="min-h-0 flex-1 bg-mat" /> },
  importWorkspace,
);

export const PresentArea = fetched(
  { name: 'The presentation', onMissing: stopPresenting },
  async () => (await import('#page/present/present-area.tsx')).PresentArea,
);

/** Check mode, which takes the table's place. */
export const CheckArea = fetched(
  {
    name: 'Check mode',
    fallback: <main aria-busy="true" className="min-h-0 flex-1 bg-mat" />,
    onMissing: stopChecking,
  },
  async () => (await import('#page/check/check-area.tsx')).CheckArea,
);

/** Fetches the table ahead; what fails now is told when it is needed. */
export const preloadWorkspace = (): void => void importWorkspace().catch(() => undefined);

/** Comes after the page stands: it also goes on with what an earlier visit began. */
export const Kolors = fetched({ name: 'Kolors' }, async () => {
  const { Kolors, startKolors } = await import('#page/kolors/kolors.tsx');
  startKolors(queryClient);
  return Kolors;
});
export const GenerationsButton = fetched(
  { name: 'The list of generations' },
  async () => (await import('#page/kolors/generations-button.tsx')).GenerationsButton,
);
export const RecentArea = fetched(
  { name: 'Recent' },
  async () => (await import('#page/persistence/recent-area.tsx')).RecentArea,
);
export const ForgetArea = fetched(
  { name: 'Forget everything' },
  async () => (await import('#page/persistence/recent-area.tsx')).ForgetArea,
);
export const SendQuestionArea = fetched(
  { name: 'The question before sending' },
  async () => (await import('#page/workspace/send-question-area.tsx')).SendQuestionArea,
);
export const KindQuestionArea = fetched(
  { name: 'The question what is a face' },
  async () => (await import('#page/saved-results/kind-question.tsx')).KindQuestion,
);
export const ShareArea = fetched({ name: 'Sharing' }, async () => {
  const [{ ShareArea }, { followAddress }] = await Promise.all([
    import('#page/share/share-area.tsx'),
    import('#page/share/follow-address.ts'),
  ]);
  followAddress(queryClient);
  return ShareArea;
});

/** What is taken away and shown to others: fetched when there is a picture to take. */
export const ShareButton = fetched(
  { name: 'Copy link' },
  async () => (await import('#page/share/share-button.tsx')).ShareButton,
);
export const ExportControls = fetched(
  { name: 'Export' },
  async () => (await import('#page/export/export-controls.tsx')).ExportControls,
);
