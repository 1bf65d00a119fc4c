import type { AssetContentType } from '#contract/limits.ts';
import type { Orientation } from '#shared/geometry/orientation.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import type { Result } from '#shared/result.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';

/** A picture as it is sent and shown: upright, sRGB, free of metadata, within the vendor's limits. */
export type PreparedPicture = {
  readonly blob: Blob;
  readonly contentType: AssetContentType;
  /** Size in pixels of what is sent. */
  readonly width: number;
  readonly height: number;
  /** Upright size in pixels of the file that it was made from. */
  readonly originalSize: Size;
  /** How that file's stored pixels were turned to be upright. */
  readonly originalOrientation: Orientation;
  /** SHA-256 of that file, in hex. */
  readonly originalSha256: string;
  /** What was changed, in words; empty when the file passed as it was. */
  readonly changes: readonly string[];
  /** SHA-256 of what is sent, in hex: its identity. */
  readonly sha256: string;
  /** A small JPEG for the filmstrip. */
  readonly thumbnail: Blob;
};

export type PrepareStage = 'waiting' | 'reading' | 'decoding' | 'drawing' | 'encoding';

/** How far preparing is; `done` runs from 0 to 1 over all stages. */
export type PrepareProgress = { readonly stage: PrepareStage; readonly done: number };

export type PrepareOptions = {
  /** Makes a picture below the vendor's least size larger, instead of refusing it. */
  readonly enlarge: boolean;
  /** Uses what is there of a picture that is cut off, instead of refusing it. */
  readonly useCutOff: boolean;
};

export const DEFAULT_OPTIONS: PrepareOptions = { enlarge: false, useCutOff: false };

/** What preparing gives, or why there is nothing. */
export type PrepareOutcome = Result<PreparedPicture, IntakeFailure>;

/** What the worker is sent. Both ends are of one build, so their types are the check. */
export type PrepareRequest = { readonly file: Blob; readonly options: PrepareOptions };

/** What the pools of workers say for themselves. */
export const POOL_FAILURES = {
  cancelled: { code: 'cancelled' },
  died: { code: 'preparation-failed' },
  missing: { code: 'code-missing' },
} as const satisfies Record<string, IntakeFailure>;
