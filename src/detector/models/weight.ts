/** A named tensor in TensorFlow's layout: convolution filters are height, width, in, out. */
export type Weight = { readonly shape: readonly number[]; readonly data: Float32Array };

/** The tensors of one network. Asking for one that is not there is a bug in the graph, so it throws. */
export type Weights = (name: string) => Weight;
