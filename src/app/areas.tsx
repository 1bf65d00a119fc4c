import { type ComponentType, lazy, Suspense } from 'react';

/**
 * The parts of the page that are fetched when they are needed: none of them is in the way of dropping a picture.
 * Until one is there, nothing stands in its place.
 */
function fetched<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Area = lazy(async () => ({ default: await load() }));
  return (props: Props) => (
    <Suspense fallback={null}>
      <Area {...props} />
    </Suspense>
  );
}

/** The table brings the canvas library; what stands in its place meanwhile is the page's own affair. */
export const loadTable = () => import('./table/table.tsx');
export const Table = lazy(async () => ({ default: (await loadTable()).Table }));

/** Comes after the page stands: it also goes on with what an earlier visit began. */
export const Kolors = fetched(async () => (await import('./kolors/kolors.tsx')).Kolors);
export const GenerationsButton = fetched(
  async () => (await import('#features/kolors/generations-button.tsx')).GenerationsButton,
);
export const RecentArea = fetched(async () => (await import('./memory/recent-area.tsx')).RecentArea);
export const ForgetArea = fetched(async () => (await import('./memory/recent-area.tsx')).ForgetArea);
export const ShareArea = fetched(async () => (await import('./share/share-area.tsx')).ShareArea);

/** What is taken away and shown to others: fetched when there is a picture to take. */
export const ShareButton = fetched(async () => (await import('./share/share-button.tsx')).ShareButton);
export const ExportControls = fetched(async () => (await import('./export/export-controls.tsx')).ExportControls);
export const PresentArea = fetched(async () => (await import('./present/present-area.tsx')).PresentArea);
