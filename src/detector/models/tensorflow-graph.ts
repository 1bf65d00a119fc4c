/** Padding of a layer in TensorFlow's words. */
export type Padding = 'SAME' | 'VALID';

/** One operation of a TensorFlow graph, as far as the packaged model uses them. */
export type TensorflowNode = { readonly name: string; readonly inputs: readonly string[] } & (
  | { readonly op: 'Const' | 'Placeholder' | 'AddV2' | 'Prelu' | 'Pad' | 'Reshape' | 'Sigmoid' | 'Identity' }
  | { readonly op: 'DepthwiseConv2dNative'; readonly stride: number; readonly padding: Padding }
  | {
      readonly op: '_FusedConv2D';
      readonly stride: number;
      readonly padding: Padding;
      /** What follows the convolution in the same node, in this order; each takes one more input. */
      readonly fused: readonly ('BiasAdd' | 'Prelu')[];
    }
  | { readonly op: 'MaxPool'; readonly stride: number; readonly window: number }
);

/** A TensorFlow graph in the order of its operations: each comes after what it takes. */
export type TensorflowGraph = {
  readonly nodes: readonly TensorflowNode[];
  /** Name of the operation that gives an output, by the output's name in the model's signature. */
  readonly outputs: ReadonlyMap<string, string>;
};
