import type { PictureId } from '#shared/picture-id.ts';

/** Something that was done and can be taken back. */
export type UndoStep = {
  /** What it did, in words that stand behind "Undone: ". */
  readonly label: string;
  /** Where it was done, which is gone back to. */
  readonly goTo: { readonly picture: PictureId; readonly faceNo: number | undefined };
  readonly undo: () => void;
  readonly redo: () => void;
  /** Runs once it can neither be undone nor redone: gives up what is held for that alone. */
  readonly onDropped?: () => void;
};

/** What was taken back or done again last, and in which words; `count` tells two that are alike apart. */
export type TakenStep = {
  readonly what: 'undone' | 'redone';
  readonly step: UndoStep;
  readonly label: string;
  readonly count: number;
};

/**
 * One stack for all that can be undone (verdicts, drawn boxes, notes, removed pictures), as deep as the visit, so that
 * the keys mean the last thing that was done, whatever it was.
 */
export type UndoStack = {
  readonly done: readonly UndoStep[];
  readonly undone: readonly UndoStep[];
  readonly taken: TakenStep | undefined;
};
