import { createStore } from 'zustand/vanilla';
import type { EngineName } from '#contract/routes.ts';
import { type Picture, workStore } from '#page/pictures/work-store.ts';
import type { DrawnFace, Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/** How a person checks: face by face, by crops of all pictures, or by what a comparison shows. */
export type WayOfChecking = 'picture' | 'sheet' | 'compare';

/** A chosen face on its way to Kolors, as it was when it was chosen. */
export type HandOffFace = {
  readonly kind: 'found';
  readonly picture: Picture;
  readonly face: Face;
  /** The size that the face's bounds are measured in, in pixels. */
  readonly size: Size;
  /** Who found it: the number counts at Kling only when Kling did. */
  readonly engine: EngineName;
};

/** A face that somebody drew by hand. It has no number anywhere, so its crop goes to Kolors in place of the picture. */
export type HandOffDrawn = {
  readonly kind: 'drawn';
  /** The picture that it was drawn on. */
  readonly picture: Picture;
  readonly face: DrawnFace;
  /** The size that the face's bounds are measured in, in pixels. */
  readonly size: Size;
  /** Beside whose answer it was drawn. */
  readonly engine: EngineName;
  /** What is sent: the crop as a picture of its own, which is not of the work. */
  readonly crop: Picture;
};

export type HandOff = HandOffFace | HandOffDrawn;

export type KolorsView = 'request' | 'generations';

/** What the export menu is about: the selected faces of the open picture, that picture, or all of them. */
export type ExportScope = 'these' | 'open' | 'all';

/** What a person has before them: what fills the workspace, what stands beside it, and what is asked in front of it. */
export type Place = {
  /** How one checks, in the table's place; undefined at the table. */
  readonly checking:
    | {
        readonly way: WayOfChecking;
        /** A missed face of the open picture is to be drawn as soon as it can be. */
        readonly drawsMissed: boolean;
      }
    | undefined;
  /** The open picture is before an audience, whatever it goes back to. */
  readonly isPresenting: boolean;
  readonly kolors: {
    /** The panel's code has come: before that nothing makes room for it. */
    readonly isHere: boolean;
    readonly isOpen: boolean;
    readonly view: KolorsView;
    /** Stays when the panel closes: what was begun for it goes on. */
    readonly target: HandOff | undefined;
  };
  readonly exportMenu: { readonly isOpen: boolean; readonly scope: ExportScope };
  /** One object each time that something is asked, in that order. What it is, only its question knows (`questions.ts`). */
  readonly asked: readonly object[];
};

export const placeStore = createStore<Place>()(() => ({
  checking: undefined,
  isPresenting: false,
  kolors: { isHere: false, isOpen: false, view: 'request', target: undefined },
  exportMenu: { isOpen: false, scope: 'open' },
  asked: [],
}));

// Where nothing is left to check or to show, what is handed over next begins on the table.
workStore.subscribe(({ order }, before) => {
  if (order.length === 0 && before.order.length > 0) placeStore.setState({ checking: undefined, isPresenting: false });
});
