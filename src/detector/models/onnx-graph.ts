import { ProtobufMessage } from './protobuf.ts';

/** An attribute of a node: whole numbers and words are all that our operators take. */
type AttributeValue = number | readonly number[] | string;

const ELEMENT_TYPE = { float32: 1, uint8: 2, int64: 7 } as const;
type ElementType = keyof typeof ELEMENT_TYPE;

/** Size of a dimension, or the name of one that each run may choose. */
type Dimension = number | string;

const OPSET_VERSION = 13;
const IR_VERSION = 8;

/**
 * Collects nodes and constants of one ONNX graph and encodes it as a model file. Every method that adds something
 * returns the name of the value that it gives, to be passed on to the next.
 * Field numbers: https://github.com/onnx/onnx/blob/v1.15.0/onnx/onnx.proto
 */
export class OnnxGraph {
  readonly #name: string;
  readonly #nodes: ProtobufMessage[] = [];
  readonly #constants: ProtobufMessage[] = [];
  readonly #inputs: ProtobufMessage[] = [];
  readonly #outputs: ProtobufMessage[] = [];
  #values = 0;

  constructor(name: string) {
    this.#name = name;
  }

  input(name: string, type: ElementType, shape: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** Declares a value as output under a name of its own. */
  output(name: string, value: string, type: ElementType, shape: readonly Dimension[]): void {
    this.#nodes.push(node('Identity', [value], [name], {}));
    this.#outputs.push(valueInfo(name, type, shape));
  }

  floats(data: Float32Array, shape: readonly number[]): string {
    return this.#constant('float32', shape, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  scalar(value: number): string {
    return this.floats(Float32Array.of(value), []);
  }

  integers(values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.#constant('int64', [values.length], new Uint8Array(data.buffer));
  }

  /** Adds an operator with one output. */
  apply(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const output = this.#fresh();
    this.#nodes.push(node(operator, inputs, [output], attributes));
    return output;
  }

  /** The part of a value from `start` up to but not including `end` along an axis. */
  slice(value: string, axis: number, start: number, end: number): string {
    return this.apply('Slice', [value, this.integers([start]), this.integers([end]), this.integers([axis])]);
  }

  /** The bytes of a model file with this graph. */
  encode(): Uint8Array {
    const graph = new ProtobufMessage();
    for (const message of this.#nodes) graph.message(1, message);
    graph.string(2, this.#name);
    for (const message of this.#constants) graph.message(5, message);
    for (const message of this.#inputs) graph.message(11, message);
    for (const message of this.#outputs) graph.message(12, message);
    const opset = new ProtobufMessage().string(1, '').int(2, OPSET_VERSION);
    return new ProtobufMessage().int(1, IR_VERSION).string(2, 'facebound').message(7, graph).message(8, opset).encode();
  }

  #constant(type: ElementType, shape: readonly number[], raw: Uint8Array): string {
    const name = this.#fresh();
    const tensor = new ProtobufMessage();
    for (const size of shape) tensor.int(1, size);
    this.#constants.push(tensor.int(2, ELEMENT_TYPE[type]).string(8, name).bytes(9, raw));
    return name;
  }

  #fresh(): string {
    this.#values += 1;
    return `v${this.#values}`;
  }
}

function valueInfo(name: string, type: ElementType, shape: readonly Dimension[]): ProtobufMessage {
  const dimensions = new ProtobufMessage();
  for (const size of shape) {
    const dimension = new ProtobufMessage();
    dimensions.message(1, typeof size === 'number' ? dimension.int(1, size) : dimension.string(2, size));
  }
  const tensorType = new ProtobufMessage().int(1, ELEMENT_TYPE[type]).message(2, dimensions);
  return new ProtobufMessage().string(1, name).message(2, new ProtobufMessage().message(1, tensorType));
}

function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>>,
): ProtobufMessage {
  const message = new ProtobufMessage();
  for (const input of inputs) message.string(1, input);
  for (const output of outputs) message.string(2, output);
  message.string(4, operator);
  for (const [name, value] of Object.entries(attributes)) message.message(5, attribute(name, value));
  return message;
}

const ATTRIBUTE_INT = 2;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_INTS = 7;

function attribute(name: string, value: AttributeValue): ProtobufMessage {
  const message = new ProtobufMessage().string(1, name);
  if (typeof value === 'number') return message.int(3, value).int(20, ATTRIBUTE_INT);
  if (typeof value === 'string') return message.string(4, value).int(20, ATTRIBUTE_STRING);
  for (const item of value) message.int(8, item);
  return message.int(20, ATTRIBUTE_INTS);
}
