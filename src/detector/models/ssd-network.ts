import { channelsFirst, convolution, convolutionFilters, depthwiseFilters } from './layers.ts';
import { PIXELS_INPUT, SSD_BOXES_OUTPUT, SSD_PLACES_INPUT, SSD_SCORES_OUTPUT } from './model-files.ts';
import { OnnxGraph } from './onnx-graph.ts';
import { ANCHORS_PER_PLACE, ssdAnchors } from './ssd-anchors.ts';
import type { Weight, Weights } from './weight.ts';

/** Depthwise layers that halve the picture; MobileNetV1, table 1 (https://arxiv.org/abs/1704.04861). */
const HALVING_LAYERS: ReadonlySet<number> = new Set([2, 4, 6, 12]);
/** Classes that the network was trained with: background, face, and one that is never read. */
const CLASSES = 3;
const FACE_CLASS = 1;
/** TensorFlow Object Detection API's box coder: offsets are in tenths, log sizes in fifths. */
const OFFSET_SCALE = 10;
const SIZE_SCALE = 5;
/** What face-api's model was trained with, 0.001 as float32. */
const BATCH_NORM_EPSILON = 0.0010000000474974513;

/**
 * SSD MobileNetV1 as face-api defines it, with the picture's normalisation in front and the decoding of boxes behind,
 * so that bytes go in and boxes with scores come out. Non-maximum suppression stays outside. It takes a square of
 * any of `SSD_SIDES`, or what is above and left of the padding of one (see `ssdPart`).
 */
export function buildSsd(weights: Weights): Uint8Array {
  const graph = new OnnxGraph('ssd_mobilenetv1');
  const zero = graph.scalar(0);
  const six = graph.scalar(6);
  const relu6 = (value: string): string => graph.apply('Clip', [value, zero, six]);

  const pointwise = (input: string, prefix: string, stride: number, anySide = false): string => {
    const filters = convolutionFilters(weights(`${prefix}/weights`));
    const bias = weights(`${prefix}/convolution_bn_offset`).data;
    return relu6(convolution(graph, input, { filters, bias, stride, anySide }));
  };
  const depthwise = (input: string, prefix: string, stride: number): string => {
    const { filters, bias } = foldBatchNorm(weights, prefix);
    return relu6(convolution(graph, input, { filters, bias, stride, groups: bias.length }));
  };

  const pixels = graph.input(PIXELS_INPUT, 'uint8', [1, 'height', 'width', 3]);
  const places = graph.input(SSD_PLACES_INPUT, 'int64', ['anchors']);
  const scaled = graph.apply('Div', [channelsFirst(graph, pixels), graph.scalar(127.5)]);
  let value = graph.apply('Sub', [scaled, graph.scalar(1)]);

  value = pointwise(value, 'MobilenetV1/Conv2d_0_pointwise', 2);
  const featureMaps: string[] = [];
  for (let layer = 1; layer <= 13; layer += 1) {
    value = depthwise(value, `MobilenetV1/Conv2d_${layer}_depthwise`, HALVING_LAYERS.has(layer) ? 2 : 1);
    value = pointwise(value, `MobilenetV1/Conv2d_${layer}_pointwise`, 1);
    if (layer === 11 || layer === 13) featureMaps.push(value);
  }
  for (let layer = 0; layer < 8; layer += 1) {
    const halves = layer % 2 === 1;
    value = pointwise(value, `Prediction/Conv2d_${layer}_pointwise`, halves ? 2 : 1, halves);
    if (halves) featureMaps.push(value);
  }

  const predictions = featureMaps.map((map, level) => predictor(graph, weights, map, level));
  const predicted = graph.apply('Concat', predictions, { axis: 1 });
  const offsets = graph.slice(predicted, 2, 0, 2);
  const logSizes = graph.slice(predicted, 2, 2, 4);
  const logits = graph.slice(predicted, 2, 4, 5);
  const boxes = decodeBoxes(graph, weights('Output/extra_dim'), places, offsets, logSizes);
  graph.output(SSD_BOXES_OUTPUT, boxes, 'float32', [1, 'anchors', 4]);
  graph.output(SSD_SCORES_OUTPUT, graph.apply('Sigmoid', [logits]), 'float32', [1, 'anchors', 1]);
  return graph.encode();
}

/** A depthwise layer's filters and bias with its batch normalisation multiplied in. */
function foldBatchNorm(weights: Weights, prefix: string) {
  const filters = depthwiseFilters(weights(`${prefix}/depthwise_weights`));
  const part = (name: string): Float32Array => weights(`${prefix}/BatchNorm/${name}`).data;
  const variance = part('moving_variance');
  const gain = Float64Array.from(part('gamma'), (gamma, channel) => {
    return gamma / Math.sqrt((variance[channel] ?? Number.NaN) + BATCH_NORM_EPSILON);
  });
  const mean = part('moving_mean');
  const bias = Float32Array.from(part('beta'), (beta, channel) => {
    return beta - (mean[channel] ?? Number.NaN) * (gain[channel] ?? Number.NaN);
  });
  const taps = filters.shape[2] ** 2;
  const data = filters.data.map((tap, index) => tap * (gain[Math.floor(index / taps)] ?? Number.NaN));
  return { filters: { shape: filters.shape, data }, bias };
}

/**
 * One level's boxes and face scores as `[1, places × anchors, 5]`: vertical and horizontal offset, log height and
 * width, logit of the face. Both predictors are one convolution, and classes that nobody reads are left out.
 */
function predictor(graph: OnnxGraph, weights: Weights, featureMap: string, level: number): string {
  const anchors = ANCHORS_PER_PLACE[level] ?? 0;
  const part = (predictorName: string, kind: string): Weight =>
    weights(`Prediction/BoxPredictor_${level}/${predictorName}/${kind}`);
  /** Picks the five channels of every anchor out of both predictors' rows. */
  const gather = (boxes: Float32Array, classes: Float32Array, rows: number): Float32Array => {
    const gathered = new Float32Array(rows * anchors * 5);
    for (let row = 0; row < rows; row += 1) {
      for (let anchor = 0; anchor < anchors; anchor += 1) {
        const target = (row * anchors + anchor) * 5;
        const box = (row * anchors + anchor) * 4;
        gathered.set(boxes.subarray(box, box + 4), target);
        const logit = classes[(row * anchors + anchor) * CLASSES + FACE_CLASS];
        gathered[target + 4] = logit ?? Number.NaN;
      }
    }
    return gathered;
  };
  const boxFilters = part('BoxEncodingPredictor', 'weights');
  const input = boxFilters.shape[2] ?? 0;
  const filters = convolutionFilters({
    shape: [1, 1, input, anchors * 5],
    data: gather(boxFilters.data, part('ClassPredictor', 'weights').data, input),
  });
  const bias = gather(part('BoxEncodingPredictor', 'biases').data, part('ClassPredictor', 'biases').data, 1);
  const channelsLast = graph.apply('Transpose', [convolution(graph, featureMap, { filters, bias, stride: 1 })], {
    perm: [0, 2, 3, 1],
  });
  return graph.apply('Reshape', [channelsLast, graph.integers([1, -1, 5])]);
}

/** Offsets and log sizes against the anchors, to `[top, left, bottom, right]` as shares of the square. */
function decodeBoxes(graph: OnnxGraph, trained: Weight, places: string, offsets: string, logSizes: string): string {
  const { centres, sizes, count } = ssdAnchors(trained.data);
  const atPlaces = (data: Float32Array): string =>
    graph.apply('Gather', [graph.floats(data, [1, count, 2]), places], { axis: 1 });
  const size = atPlaces(sizes);
  const offset = graph.apply('Mul', [graph.apply('Div', [offsets, graph.scalar(OFFSET_SCALE)]), size]);
  const centre = graph.apply('Add', [offset, atPlaces(centres)]);
  const grown = graph.apply('Exp', [graph.apply('Div', [logSizes, graph.scalar(SIZE_SCALE)])]);
  const half = graph.apply('Div', [graph.apply('Mul', [grown, size]), graph.scalar(2)]);
  return graph.apply('Concat', [graph.apply('Sub', [centre, half]), graph.apply('Add', [centre, half])], { axis: 2 });
}
