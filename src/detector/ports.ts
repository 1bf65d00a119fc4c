import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import type { Result } from '#shared/result.ts';
import type { DecodeFailure } from './detection.ts';
import type { SsdSide } from './models/model-files.ts';
import type { FromChild, ToChild } from './supervisor/messages.ts';

/*
 * What the detector asks of the machine that it runs on. `node/` answers with sharp, onnxruntime-node and a child
 * process; everything else of the detector is the same wherever it runs.
 */

/** Decoded pixels: RGB, one byte a channel, rows without padding. */
export type Pixels = Size & { readonly data: Uint8Array };

/** Size of a sample in whole pixels. A side that is left out follows from the other one, in proportion. */
export type SampleSize = Size | Pick<Size, 'width'> | Pick<Size, 'height'>;

/** An upright picture in sRGB on white, however it is held. */
export type PixelSource = Size & {
  /**
   * The pixels of `area` (whole pixels, inside the picture), averaged or interpolated to `size`; at its own size, the
   * very pixels. Rejects once the source is closed.
   */
  sample(area: ImageRect, size: SampleSize): Promise<Pixels>;
  /** Lets the memory go. What is being sampled is finished. */
  close(): void;
};

export type Codec = {
  /**
   * Decodes a picture as a person sees it: upright (EXIF), sRGB, transparency on white, first frame only. `size` is
   * that of the upright picture in pixels, as `mediaInfo` reports it; `pixels` may be a smaller copy of a very large one.
   */
  decode(bytes: Uint8Array): Promise<Result<{ readonly size: Size; readonly pixels: PixelSource }, DecodeFailure>>;
  /** `quality`: 1 to 100, as libjpeg counts. */
  encodeJpeg(pixels: Pixels, quality: number): Promise<Uint8Array>;
};

/** The networks, loaded. A run may block the calling thread. One run at a time. */
export type Networks = {
  /**
   * `pixels`: RGB, `side` squared. Boxes are `[top, left, bottom, right]` a piece, as shares of the square. `seen`: what is
   * below and to the right of it is black, and need not be looked at.
   */
  findFaces(
    pixels: Uint8Array,
    side: SsdSide,
    seen: Size,
  ): Promise<{ readonly boxes: Float32Array; readonly scores: Float32Array }>;
  /** `pixels`: RGB, `LANDMARKS_SIDE` squared. Points are `[x, y]` a piece, as shares of the square. */
  findLandmarks(pixels: Uint8Array): Promise<Float32Array>;
  /**
   * `pixels`: RGB, `FACE_MESH_SIDE` squared, any number of squares one after the other. For each: how surely it shows a
   * face (0 to 1), and that before it is squeezed, which tells an upright one (see `UPRIGHT_OUTPUT`).
   */
  judgeFaces(pixels: Uint8Array): Promise<{ readonly isFace: Float32Array; readonly upright: Float32Array }>;
  release(): Promise<void>;
};

/**
 * Unpacks zlib data, what is cut off as far as it goes. `too-long`: there are more than `maxBytes`; undefined: it is no
 * such data.
 */
export type Inflate = (data: Uint8Array, maxBytes: number) => Uint8Array | 'too-long' | undefined;

/** What a child has used: processor time since it began, all its threads together, and the memory that it holds now. */
export type Usage = { readonly processorMs: number; readonly residentBytes: number };

/** One life of what runs the pipeline apart from the caller: a child process today. */
export type DetectorHost = {
  /** Process id, for the log and for tests that kill it; undefined where it is no process. */
  readonly pid: number | undefined;
  send(message: ToChild): void;
  /**
   * What it uses as the machine counts it; where the machine does not say, as the child told before and after each step;
   * undefined where nobody does.
   */
  usage(): Usage | undefined;
  /** Lets everything else on the machine go first, or stands beside it again. */
  stepBack(isBack: boolean): void;
  /** Ends it at once: it holds nothing that could be lost. `onExit` follows. */
  kill(): void;
};

/** How a child came to its end, where nobody asked it to. */
export type ChildEnd = {
  /** May be told to callers. */
  readonly reason: string;
  /** What it last wrote to its standard error, for the log alone: it can name files of this machine. */
  readonly stderrTail: string;
  /** Whether somebody else on the machine ended it, as an operator or the system that runs out of memory does. */
  readonly isFromOutside: boolean;
};

/** What a host tells of itself. */
export type HostEvents = {
  onMessage(message: FromChild): void;
  /** Exactly once, when it is gone. */
  onExit(end: ChildEnd): void;
};
