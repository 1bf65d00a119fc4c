export { pointToImage, rectToImage, rectToStage, type Viewport } from './model/viewport.ts';
export type { StageLayout } from './room.ts';
export type { SelectionSource, SelectionView } from './selection-source.ts';
export { Stage } from './stage.tsx';
export type { BoxId, BoxKind, StageBox } from './stage-box.ts';
export type { StageHandle } from './stage-handle.ts';
export { StageToolbar, ZOOM_STEP } from './stage-toolbar.tsx';
export type { StageView } from './use-view-report.ts';
