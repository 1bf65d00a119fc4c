import { channelsFirst, convolution, convolutionFilters, depthwiseFilters } from './layers.ts';
import { FACE_MESH_SIDE, IS_FACE_OUTPUT, PIXELS_INPUT, UPRIGHT_OUTPUT } from './model-files.ts';
import { OnnxGraph } from './onnx-graph.ts';
import type { TensorflowGraph, TensorflowNode } from './tensorflow-graph.ts';
import type { Weights } from './weight.ts';

/** Name of the only output that is kept, in the model's signature. */
const FLAG = 'output_faceflag';

/**
 * The part of MediaPipe's FaceMesh that says whether a square shows a face, for any number of squares at once. The
 * points of the face are left out, with every layer that only they need.
 */
export function buildFaceMesh({ nodes, outputs }: TensorflowGraph, weights: Weights): Uint8Array {
  const graph = new OnnxGraph('face_mesh');
  const flag = outputs.get(FLAG);
  const needed = neededFor(flag, nodes);
  const values = new Map<string, string>();
  const given = (name: string | undefined): string => {
    const value = values.get(name ?? '');
    if (value === undefined) throw new Error(`FaceMesh takes ${name} before it is there.`);
    return value;
  };
  const perChannel = (name: string | undefined): string => {
    const { data } = weights(name ?? '');
    return graph.floats(data, [data.length, 1, 1]);
  };
  let logits: string | undefined;

  const convert = (node: TensorflowNode): string => {
    const [first, second] = node.inputs;
    switch (node.op) {
      case 'Placeholder': {
        const pixels = graph.input(PIXELS_INPUT, 'uint8', ['faces', FACE_MESH_SIDE, FACE_MESH_SIDE, 3]);
        return graph.apply('Div', [channelsFirst(graph, pixels), graph.scalar(255)]);
      }
      case '_FusedConv2D': {
        const { stride, padding } = node;
        const filters = convolutionFilters(weights(second ?? ''));
        const [bias, slope] = [node.inputs[2], node.inputs[3]];
        const isKnown = node.fused[0] === 'BiasAdd' && node.fused.length === node.inputs.length - 2;
        if (!isKnown) throw new Error(`FaceMesh fuses ${node.fused} in an order that is not known.`);
        const value = convolution(graph, given(first), {
          filters,
          bias: weights(bias ?? '').data,
          stride,
          padding,
        });
        return slope === undefined ? value : graph.apply('PRelu', [value, perChannel(slope)]);
      }
      case 'DepthwiseConv2dNative': {
        const { stride, padding } = node;
        const filters = depthwiseFilters(weights(second ?? ''));
        const groups = filters.shape[0];
        return convolution(graph, given(first), {
          filters,
          bias: new Float32Array(groups),
          stride,
          padding,
          groups,
        });
      }
      case 'AddV2':
        return graph.apply('Add', [given(first), given(second)]);
      case 'Prelu':
        return graph.apply('PRelu', [given(first), perChannel(second)]);
      case 'MaxPool':
        return graph.apply('MaxPool', [given(first)], {
          kernel_shape: [node.window, node.window],
          strides: [node.stride, node.stride],
        });
      case 'Pad':
        return graph.apply('Pad', [given(first), graph.integers(channelsFirstPadding(weights(second ?? '').data))]);
      case 'Sigmoid':
        logits = given(first);
        return graph.apply('Sigmoid', [logits]);
      case 'Reshape':
        // One value a square is all that is left here, in whatever shape.
        return graph.apply('Reshape', [given(first), graph.integers([-1])]);
      case 'Identity':
        return given(first);
      case 'Const':
        return '';
    }
  };
  for (const node of nodes) {
    if (needed.has(node.name)) values.set(node.name, convert(node));
  }
  if (logits === undefined) throw new Error('FaceMesh has no sigmoid before its face flag.');
  graph.output(IS_FACE_OUTPUT, given(flag), 'float32', ['faces']);
  graph.output(UPRIGHT_OUTPUT, graph.apply('Reshape', [logits, graph.integers([-1])]), 'float32', ['faces']);
  return graph.encode();
}

/** Names of an operation and of everything that it takes, near or far. */
function neededFor(name: string | undefined, nodes: readonly TensorflowNode[]): ReadonlySet<string> {
  const needed = new Set([name]);
  for (const node of nodes.toReversed()) {
    if (needed.has(node.name)) for (const input of node.inputs) needed.add(input);
  }
  return new Set([...needed].filter((one) => one !== undefined));
}

/** TensorFlow's `[[before, after], …]` for batch, rows, columns, channels, as ONNX has it for channels first. */
function channelsFirstPadding(paddings: Float32Array): number[] {
  const at = (dimension: number, side: 0 | 1): number => paddings[dimension * 2 + side] ?? Number.NaN;
  const order = [0, 3, 1, 2];
  return [...order.map((dimension) => at(dimension, 0)), ...order.map((dimension) => at(dimension, 1))];
}
