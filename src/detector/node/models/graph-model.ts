import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { TensorflowGraph } from '#detector/models/tensorflow-graph.ts';
import type { Weights } from '#detector/models/weight.ts';
import { readShards, weightsManifest } from './weights.ts';

/*
 * TensorFlow.js graph model, as far as MediaPipe's FaceMesh uses it.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-converter/src/data/compiled_api.ts (`IGraphDef`)
 */

/** Text of an attribute, which the file holds in base64. */
const text = z.string().transform((value) => Buffer.from(value, 'base64').toString('latin1'));
const padding = z.object({ s: text.pipe(z.enum(['SAME', 'VALID'])) }).transform(({ s }) => s);
/** `[batch, rows, columns, channels]`, of which only rows and columns, which are equal, may differ from 1. */
const square = z
  .object({ list: z.object({ i: z.tuple([z.literal('1'), z.string(), z.string(), z.literal('1')]) }) })
  .refine(({ list }) => list.i[1] === list.i[2])
  .transform(({ list }) => Number(list.i[1]));
const fusedOps = z
  .object({ list: z.object({ s: z.array(text.pipe(z.enum(['BiasAdd', 'Prelu']))) }) })
  .transform(({ list }) => list.s);

/** `^name` is an order without a value; `name:0` the first output, which is the only one here. */
const input = z.string().transform((value) => value.replace(/^\^/, '').replace(/:0$/, ''));
const named = z.object({ name: z.string(), input: z.array(input).default([]) });

const node = z.discriminatedUnion('op', [
  named.extend({
    op: z.enum(['Const', 'Placeholder', 'AddV2', 'Prelu', 'Pad', 'Reshape', 'Sigmoid', 'Identity']),
    attr: z.unknown().optional(),
  }),
  named.extend({ op: z.literal('DepthwiseConv2dNative'), attr: z.object({ strides: square, padding }) }),
  named.extend({
    op: z.literal('_FusedConv2D'),
    attr: z.object({ strides: square, padding, fused_ops: fusedOps }),
  }),
  named.extend({ op: z.literal('MaxPool'), attr: z.object({ strides: square, ksize: square }) }),
]);

const graphModel = z.object({
  format: z.literal('graph-model'),
  signature: z.object({ outputs: z.record(z.string(), z.object({ name: input })) }),
  modelTopology: z.object({ node: z.array(node) }),
  weightsManifest,
});

/** Reads `<model>.json` and the weights that it names. Throws when it holds anything that is not known here. */
export async function readGraphModel(
  directory: string,
  model: string,
): Promise<{ readonly graph: TensorflowGraph; readonly weights: Weights }> {
  const parsed = graphModel.parse(JSON.parse(await readFile(path.join(directory, `${model}.json`), 'utf8')));
  const nodes = parsed.modelTopology.node.map((one): TensorflowGraph['nodes'][number] => {
    const base = { name: one.name, inputs: one.input };
    switch (one.op) {
      case 'DepthwiseConv2dNative':
        return { ...base, op: one.op, stride: one.attr.strides, padding: one.attr.padding };
      case '_FusedConv2D':
        return {
          ...base,
          op: one.op,
          stride: one.attr.strides,
          padding: one.attr.padding,
          fused: one.attr.fused_ops,
        };
      case 'MaxPool':
        return { ...base, op: one.op, stride: one.attr.strides, window: one.attr.ksize };
      default:
        return { ...base, op: one.op };
    }
  });
  const outputs = new Map(Object.entries(parsed.signature.outputs).map(([name, output]) => [name, output.name]));
  return { graph: { nodes, outputs }, weights: await readShards(directory, model, parsed.weightsManifest) };
}
