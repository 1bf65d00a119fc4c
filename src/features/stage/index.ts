export { Stage, type StageProps } from './stage.tsx';
export type { StageHandle } from './stage-handle.ts';
export { StageToolbar, type StageToolbarProps } from './stage-toolbar.tsx';
export type { StageView } from './use-view-report.ts';
