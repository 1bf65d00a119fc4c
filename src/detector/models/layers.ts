import type { OnnxGraph } from './onnx-graph.ts';
import type { Padding } from './tensorflow-graph.ts';
import type { Weight } from './weight.ts';

/**
 * Layers that the networks are made of, from TensorFlow's layout (height, width, in, out; channels last) to ONNX's
 * (out, in, height, width; channels first).
 */

type Filters = { readonly shape: readonly [out: number, input: number, side: number]; readonly data: Float32Array };

/** Transposes filters `[side, side, in, out]` into `[out, in, side, side]`. */
export function convolutionFilters({ shape, data }: Weight): Filters {
  const [height = 0, width = 0, input = 0, out = 0] = shape;
  if (height !== width || data.length !== height * width * input * out) throw new Error(`Not square filters: ${shape}`);
  return { shape: [out, input, height], data: transpose(data, height * width * input, out, input) };
}

/** Transposes depthwise filters `[side, side, channels, 1]` into `[channels, 1, side, side]`. */
export function depthwiseFilters({ shape, data }: Weight): Filters {
  const [height = 0, width = 0, channels = 0, multiplier = 0] = shape;
  if (height !== width || multiplier !== 1) throw new Error(`Not depthwise filters: ${shape}`);
  return { shape: [channels, 1, height], data: transpose(data, height * width * channels, 1, channels) };
}

/** From `[taps, input, out]` to `[out, input, taps]`; for depthwise filters `out` is 1 and `input` the channels. */
function transpose(data: Float32Array, rows: number, out: number, input: number): Float32Array {
  const taps = rows / input;
  const transposed = new Float32Array(data.length);
  for (let o = 0; o < out; o += 1) {
    for (let i = 0; i < input; i += 1) {
      for (let tap = 0; tap < taps; tap += 1) {
        transposed[(o * input + i) * taps + tap] = data[(tap * input + i) * out + o] ?? Number.NaN;
      }
    }
  }
  return transposed;
}

/**
 * Padding of a layer as ONNX writes it: top, left, bottom, right. TensorFlow's `same` puts the odd pixel after the
 * picture, so a 3×3 filter with stride 2 on an even side pads only below and to the right. (ONNX's own `SAME_UPPER`
 * would say the same; explicit numbers let the runtime choose its faster kernels.)
 */
function samePadding(side: number, stride: number): readonly number[] {
  if (side === 1) return [0, 0, 0, 0];
  return stride === 1 ? [1, 1, 1, 1] : [0, 0, 1, 1];
}

type Layer = {
  readonly filters: Filters;
  readonly bias: Float32Array;
  readonly stride: number;
  readonly groups?: number;
  /** `SAME` unless it is said. */
  readonly padding?: Padding;
  /**
   * True where the height and width of `input` may be odd although `stride` is 2: the places stay where they are on an
   * even side, and the last one looks beyond the edge.
   */
  readonly anySide?: boolean;
};

/** A convolution with bias. `input` must have an even height and width when `stride` is 2 and the padding `SAME`, unless it is said. */
export function convolution(
  graph: OnnxGraph,
  input: string,
  { filters, bias, stride, groups = 1, padding = 'SAME', anySide = false }: Layer,
): string {
  const [out, perGroup, side] = filters.shape;
  const same = anySide && side > 1 ? [0, 0, 2, 2] : samePadding(side, stride);
  const pads = padding === 'SAME' ? same : [0, 0, 0, 0];
  return graph.apply(
    'Conv',
    [input, graph.floats(filters.data, [out, perGroup, side, side]), graph.floats(bias, [out])],
    { kernel_shape: [side, side], strides: [stride, stride], pads, group: groups },
  );
}

/** RGB bytes, channels last, to float32, channels first. */
export function channelsFirst(graph: OnnxGraph, pixels: string): string {
  const FLOAT32 = 1;
  return graph.apply('Cast', [graph.apply('Transpose', [pixels], { perm: [0, 3, 1, 2] })], { to: FLOAT32 });
}
