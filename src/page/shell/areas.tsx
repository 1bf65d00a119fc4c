import { stopChecking } from '#page/check/check-mode.ts';
import { reportQuestion } from '#page/check/report-question.ts';
import { stopPresenting } from '#page/place/modes.ts';
import { queryClient } from '#page/platform/query-client.ts';
import { fetched } from './fetched-area.tsx';

export const ShortcutHelp = fetched(
  { name: 'The list of keys' },
  async () => (await import('#page/keyboard/help/shortcut-help.tsx')).ShortcutHelp,
);

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

/** Its contact sheet. */
export const SheetArea = fetched(
  {
    name: 'The contact sheet',
    fallback: <main aria-busy="true" className="min-h-0 flex-1 bg-mat" />,
    onMissing: stopChecking,
  },
  async () => (await import('#page/check/sheet/sheet-area.tsx')).SheetArea,
);

export const ReportArea = fetched(
  { name: 'The report', onMissing: reportQuestion.withdraw },
  async () => (await import('#page/check/report-dialog.tsx')).ReportDialog,
);

/** Compares answers with a truth or with each other: another way of checking. */
export const CompareArea = fetched(
  {
    name: 'The comparison',
    fallback: <main aria-busy="true" className="min-h-0 flex-1 bg-mat" />,
    onMissing: stopChecking,
  },
  async () => {
    const { CompareArea, startComparisons } = await import('#page/compare/compare-area.tsx');
    startComparisons();
    return CompareArea;
  },
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
export const TakeBackArea = fetched(
  { name: 'Remove at Kling' },
  async () => (await import('#page/persistence/remove-at-kling/take-back-area.tsx')).TakeBackArea,
);
export const SendQuestionArea = fetched(
  { name: 'The question before sending' },
  async () => (await import('#page/workspace/send-question-area.tsx')).SendQuestionArea,
);
export const KindQuestionArea = fetched(
  { name: 'The question what is a face' },
  async () => (await import('#page/saved-results/kind-question.tsx')).KindQuestion,
);
export const TruthQuestionArea = fetched(
  { name: 'The question what boxes are for' },
  async () => (await import('#page/compare/truth-question.tsx')).TruthQuestion,
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
