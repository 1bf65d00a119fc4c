import type { IntakeFailure } from '../model/intake-failure.ts';

/** The ways in by which a file arrives. */
export type FileVia = 'drop' | 'browse' | 'paste' | 'link' | 'sample';

/** Something that was handed over and may become a picture. */
export type ImportItem =
  | {
      readonly kind: 'file';
      readonly file: File;
      readonly via: FileVia;
      readonly name: string;
      /** Path in the folder that was dropped (see `HandedOver`). */
      readonly path?: string | undefined;
    }
  | { readonly kind: 'link'; readonly url: string; readonly name: string };

/** Something that was handed over and can not even be tried. `name` is what a person would call it. */
export type Refusal = { readonly name: string; readonly failure: IntakeFailure };
