import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Picture } from '#page/pictures/work-store.ts';
import type { DrawnFace, Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import type { ExportItem } from './export-item.ts';
import type { ExportOptions } from './formats.ts';

/** An export under way. */
export type RunningExport = {
  /** How far it is, in words. */
  readonly text: string;
  readonly done: number;
  readonly total: number;
  readonly cancel: () => void;
};

/** A face whose crop is being adjusted, found or drawn by hand; `size` is the space of the boxes in pixels. */
export type CropTarget = { readonly picture: Picture; readonly face: Face | DrawnFace; readonly size: Size };

/** Pictures whose found faces are about to be covered, to be looked at before they are saved. */
export type CoverTarget = { readonly items: readonly [ExportItem, ...ExportItem[]]; readonly options: ExportOptions };

/** What the export menu is about: the selected faces of the open picture, that picture, or all of them. */
export type ExportScope = 'these' | 'open' | 'all';

type ExportState = {
  readonly menuOpen: boolean;
  readonly scope: ExportScope;
  readonly running: RunningExport | undefined;
  /** What was saved or copied last, in a few words; said once, also when the same happens again. */
  readonly said: { readonly text: string };
  readonly crop: CropTarget | undefined;
  readonly cover: CoverTarget | undefined;
};

export const exportStore = createStore<ExportState>()(() => ({
  menuOpen: false,
  scope: 'open',
  running: undefined,
  said: { text: '' },
  crop: undefined,
  cover: undefined,
}));

export const useExport = <T>(select: (state: ExportState) => T): T => useStore(exportStore, select);

/** Opens or closes the menu. What it was about stays, but for selected faces: those were meant the once. */
export const setExportMenuOpen = (menuOpen: boolean): void =>
  exportStore.setState(({ scope }) => ({ menuOpen, scope: menuOpen || scope !== 'these' ? scope : 'open' }));
export const setExportScope = (scope: ExportScope): void => exportStore.setState({ scope });
/** Opens the menu about these. */
export const openExportMenu = (scope: ExportScope): void => exportStore.setState({ menuOpen: true, scope });
/** Says for a moment that something was saved or copied; an empty text takes back what was said before. */
export const notifySuccess = (text: string): void => exportStore.setState({ said: { text } });

/** Opens the dialog that saves one face's crop. */
export const openCrop = (crop: CropTarget): void => exportStore.setState({ crop });
export const closeCrop = (): void => exportStore.setState({ crop: undefined });

/** Opens the dialog that shows what covering does before it is saved. */
export const openCover = (cover: CoverTarget): void => exportStore.setState({ cover });
export const closeCover = (): void => exportStore.setState({ cover: undefined });
