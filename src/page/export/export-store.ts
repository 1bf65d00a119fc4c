import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Face } from '#domain/face.ts';
import type { Size } from '#domain/geometry/spaces.ts';
import type { Picture } from '#lib/work-store.ts';

/** An export under way. */
export type RunningExport = {
  readonly title: string;
  readonly done: number;
  readonly total: number;
  readonly cancel: () => void;
};

/** A face whose crop is being adjusted; `size` is the space of the boxes in pixels. */
export type CropTarget = { readonly picture: Picture; readonly face: Face; readonly size: Size };

type ExportState = {
  readonly menuOpen: boolean;
  readonly running: RunningExport | undefined;
  /** What was saved or copied last, in a few words; said once, also when the same happens again. */
  readonly said: { readonly text: string };
  readonly crop: CropTarget | undefined;
};

export const exportStore = createStore<ExportState>()(() => ({
  menuOpen: false,
  running: undefined,
  said: { text: '' },
  crop: undefined,
}));

export const useExport = <T>(select: (state: ExportState) => T): T => useStore(exportStore, select);

export const setExportMenuOpen = (menuOpen: boolean): void => exportStore.setState({ menuOpen });
/** Says for a moment that something was saved or copied; an empty text takes back what was said before. */
export const sayDone = (text: string): void => exportStore.setState({ said: { text } });

/** Opens the dialog that saves one face's crop. */
export const openCrop = (crop: CropTarget): void => exportStore.setState({ crop });
export const closeCrop = (): void => exportStore.setState({ crop: undefined });
