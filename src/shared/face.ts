import type { ImageRect } from './geometry/spaces.ts';

/** Identity of a face within one detection: `face-` and its faceNo. Never changes with sorting or filtering. */
export type FaceId = `face-${number}`;
export const faceId = (faceNo: number): FaceId => `face-${faceNo}`;
export const isFaceId = (id: string): id is FaceId => /^face-\d+$/.test(id);

/** A picture or other thing that the service attached to a face; everything it sent is kept for showing. */
export type FaceResource = {
  readonly name: string;
  readonly type: string | undefined;
  /** Only http(s) addresses; anything else is dropped here and stays visible in the raw reply. */
  readonly url: string | undefined;
  readonly marginTop: number | undefined;
  readonly countInRow: number | undefined;
  /** Fields that the contract does not know, as they came. */
  readonly unknown: Readonly<Record<string, unknown>>;
};

export type Face = {
  readonly id: FaceId;
  /** Place in the reply plus one: what Kolors calls `faceNo`. */
  readonly faceNo: number;
  /** The service's own name, `face_0` for the first. */
  readonly name: string;
  /** Bounding box as sent, in pixels of the picture; may leave the picture. */
  readonly rawBound: ImageRect;
  /** The part of the bounding box that lies on the picture: what is drawn and cropped. */
  readonly bound: ImageRect;
  /** True when `rawBound` leaves the picture. */
  readonly partlyOutside: boolean;
  /** Share of the picture that `bound` covers, 0 to 1. */
  readonly share: number;
  /** Address of the `face` crop. */
  readonly cropUrl: string | undefined;
  /** Address of the `face_feature` crop. */
  readonly featureUrl: string | undefined;
  readonly resources: readonly FaceResource[];
  /** How sure the engine is, 0 to 1; undefined where it does not tell. */
  readonly score?: number | undefined;
  /** Which way it looks, in whole degrees (see the contract's `face_pose`); undefined where it is not told. */
  readonly pose?: { readonly yaw: number; readonly pitch: number; readonly roll: number } | undefined;
  /** Every argument as sent, `face_bound` among them. */
  readonly args: readonly { readonly name: string; readonly value: unknown }[];
  /** Fields of the face that the contract does not know, as they came. */
  readonly unknown?: Readonly<Record<string, unknown>>;
};

/**
 * A face that a person drew because no engine found it. It has no `faceNo`, and nothing of the service's: `drawnNo` counts
 * within its picture, from 1 on.
 */
export type DrawnFace = {
  readonly id: `drawn-${number}`;
  readonly drawnNo: number;
  /** In the space of the boxes of the answer that it lies beside. */
  readonly bound: ImageRect;
};

/** A face item that could not be read. It keeps its number, so that the others keep theirs. */
export type UnreadableFace = { readonly faceNo: number; readonly reason: string };

/** What a detection reply says, in our own terms. */
export type Detection = {
  readonly faces: readonly Face[];
  readonly unreadable: readonly UnreadableFace[];
  /**
   * The picture in pixels, the space of every bounding box: as the service measured it, or as it was decoded where that
   * measure cannot be this picture's. Always of the picture's shape, where that is known.
   */
  readonly size: { readonly width: number; readonly height: number };
  /** Oddities in words that a person should know of (size missing, orientation swapped, …). */
  readonly warnings: readonly string[];
  readonly media: {
    readonly type: string | undefined;
    readonly duration: number | undefined;
    /** Fields of `mediaInfo` that the contract does not know, as they came. */
    readonly unknown?: Readonly<Record<string, unknown>>;
  };
};
