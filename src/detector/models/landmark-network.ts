import { channelsFirst, convolution, convolutionFilters, depthwiseFilters } from './layers.ts';
import { LANDMARK_COUNT, LANDMARKS_OUTPUT, LANDMARKS_SIDE, PIXELS_INPUT } from './model-files.ts';
import { OnnxGraph } from './onnx-graph.ts';
import type { Weights } from './weight.ts';

/** Mean colour that face-api takes off every picture (that of the VGG face data), in bytes. */
const MEAN_RGB = [122.782, 117.001, 104.298] as const;
/** Channels at the end of the dense blocks. */
const FEATURES = 256;

/**
 * face-api's 68-landmark network: four densely connected blocks of depthwise separable convolutions, an average over
 * what is left of the picture (7×7), and one fully connected layer. One face at a time: batches were not faster.
 */
export function buildLandmarks(weights: Weights): Uint8Array {
  const graph = new OnnxGraph('face_landmark_68');
  const relu = (value: string): string => graph.apply('Relu', [value]);
  const add = (a: string, b: string): string => graph.apply('Add', [a, b]);

  const separable = (input: string, prefix: string, stride: number): string => {
    const filters = depthwiseFilters(weights(`${prefix}/depthwise_filter`));
    const channels = filters.shape[0];
    const spread = convolution(graph, input, { filters, bias: new Float32Array(channels), stride, groups: channels });
    const mix = convolutionFilters(weights(`${prefix}/pointwise_filter`));
    return convolution(graph, spread, { filters: mix, bias: weights(`${prefix}/bias`).data, stride: 1 });
  };
  const denseBlock = (first: string, prefix: string): string => {
    const second = separable(first, `${prefix}/conv1`, 1);
    const third = separable(relu(add(first, second)), `${prefix}/conv2`, 1);
    const sum = add(second, third);
    const fourth = separable(relu(add(first, sum)), `${prefix}/conv3`, 1);
    return relu(add(first, add(second, add(third, fourth))));
  };

  const pixels = graph.input(PIXELS_INPUT, 'uint8', [1, LANDMARKS_SIDE, LANDMARKS_SIDE, 3]);
  const mean = graph.floats(Float32Array.from(MEAN_RGB), [1, 3, 1, 1]);
  const centred = graph.apply('Sub', [channelsFirst(graph, pixels), mean]);
  const normalised = graph.apply('Div', [centred, graph.scalar(255)]);

  const filters = convolutionFilters(weights('dense0/conv0/filters'));
  const bias = weights('dense0/conv0/bias').data;
  let value = denseBlock(relu(convolution(graph, normalised, { filters, bias, stride: 2 })), 'dense0');
  for (const block of ['dense1', 'dense2', 'dense3']) {
    value = denseBlock(relu(separable(value, `${block}/conv0`, 2)), block);
  }
  const features = graph.apply('Reshape', [graph.apply('GlobalAveragePool', [value]), graph.integers([1, FEATURES])]);
  const matrix = graph.floats(weights('fc/weights').data, [FEATURES, LANDMARK_COUNT * 2]);
  const points = add(
    graph.apply('MatMul', [features, matrix]),
    graph.floats(weights('fc/bias').data, [LANDMARK_COUNT * 2]),
  );
  graph.output(LANDMARKS_OUTPUT, points, 'float32', [1, LANDMARK_COUNT * 2]);
  return graph.encode();
}
