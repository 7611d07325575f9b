const FLOAT = 1;
const INT64 = 7;
const INT_ATTRIBUTE = 2;

/**
 * A model in the ONNX format (protocol buffers, written by hand) with the inputs of a sentence model and an output
 * `last_hidden_state` of `width` numbers a token, each of them the token's id.
 */
export function fakeModel(width: number): Buffer {
  const toFloat = Buffer.concat([text(1, 'to'), varint(3, FLOAT), varint(20, INT_ATTRIBUTE)]);
  const graph = Buffer.concat([
    bytes(1, node('Cast', ['input_ids'], 'number', toFloat)),
    bytes(1, node('Unsqueeze', ['number', 'axis'], 'column')),
    bytes(1, node('Tile', ['column', 'tiles'], 'last_hidden_state')),
    text(2, 'graph'),
    bytes(5, integers('axis', [2])),
    bytes(5, integers('tiles', [1, 1, width])),
    ...['input_ids', 'attention_mask', 'token_type_ids'].map((name) => bytes(11, value(name, INT64, 2))),
    bytes(12, value('last_hidden_state', FLOAT, 3)),
  ]);
  const version = 17;
  return Buffer.concat([varint(1, 8), bytes(7, graph), bytes(8, varint(2, version))]);
}

function node(operator: string, inputs: readonly string[], output: string, attribute?: Buffer): Buffer {
  const names = [...inputs.map((input) => text(1, input)), text(2, output), text(4, operator)];
  return Buffer.concat([...names, ...(attribute ? [bytes(5, attribute)] : [])]);
}

/** A constant of one dimension. */
function integers(name: string, values: readonly number[]): Buffer {
  return Buffer.concat([
    varint(1, values.length),
    varint(2, INT64),
    ...values.map((of) => varint(7, of)),
    text(8, name),
  ]);
}

/** An input or output whose dimensions are free. */
function value(name: string, type: number, dimensions: number): Buffer {
  const shape = Buffer.concat(Array.from({ length: dimensions }, (_, at) => bytes(1, text(2, `d${at}`))));
  const tensor = Buffer.concat([varint(1, type), bytes(2, shape)]);
  return Buffer.concat([text(1, name), bytes(2, bytes(1, tensor))]);
}

const VARINT = 0;
const LENGTH = 2;

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([number((field << 3) | LENGTH), number(content.length), content]);
}

const text = (field: number, content: string): Buffer => bytes(field, Buffer.from(content));

function varint(field: number, of: number): Buffer {
  return Buffer.concat([number((field << 3) | VARINT), number(of)]);
}

function number(of: number): Buffer {
  const parts: number[] = [];
  let rest = of;
  for (; rest > 0x7f; rest >>>= 7) parts.push((rest & 0x7f) | 0x80);
  return Buffer.from([...parts, rest]);
}
