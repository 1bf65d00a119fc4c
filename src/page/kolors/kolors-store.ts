import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { EngineName } from '#contract/routes.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { DrawnFace, Face, FaceId } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { DEFAULT_SETTINGS, type KolorsSettings } from './model/kolors-request.ts';

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

type KolorsState = {
  /** The panel's code has come: before that nothing makes room for it. */
  readonly isHere: boolean;
  readonly isOpen: boolean;
  readonly view: KolorsView;
  readonly target: HandOff | undefined;
  /** Kept while the page lives, so that a prompt survives closing the panel. */
  readonly settings: KolorsSettings;
  /** Faces that a person pointed out among Kling's, because no box matched; by picture and chosen face. */
  readonly pointedOut: Readonly<Record<string, FaceId | undefined>>;
};

export const kolorsStore = createStore<KolorsState>()(() => ({
  isHere: false,
  isOpen: false,
  view: 'request',
  target: undefined,
  settings: DEFAULT_SETTINGS,
  pointedOut: {},
}));

export const useKolors = (): KolorsState => useStore(kolorsStore);

/** Whether the panel stands beside the stage now, or on phones in front of it. */
export const useIsKolorsShown = (): boolean => useStore(kolorsStore, ({ isHere, isOpen }) => isHere && isOpen);

/** Opens the panel for a face. */
export const openKolors = (target: HandOff): void => kolorsStore.setState({ isOpen: true, view: 'request', target });

/** Goes on with another face, whatever the panel shows. */
export const changeTarget = (target: HandOff): void => kolorsStore.setState({ target });

/** Opens the panel at everything that was generated. */
export const openGenerations = (): void => kolorsStore.setState({ isOpen: true, view: 'generations' });

export const closeKolors = (): void => kolorsStore.setState({ isOpen: false });

export const showKolorsView = (view: KolorsView): void => kolorsStore.setState({ view });

export const changeSettings = (change: Partial<KolorsSettings>): void =>
  kolorsStore.setState(({ settings }) => ({ settings: { ...settings, ...change } }));

const pointKey = ({ picture, face }: HandOffFace): string => `${picture.id} ${face.id}`;

export const pointOut = (target: HandOffFace, id: FaceId): void =>
  kolorsStore.setState(({ pointedOut }) => ({ pointedOut: { ...pointedOut, [pointKey(target)]: id } }));

export const pointedOutFor = (state: KolorsState, target: HandOffFace): FaceId | undefined =>
  state.pointedOut[pointKey(target)];
