import { createSocket } from 'node:dgram';

/** What a name server says of a name: its addresses, that it has none, or nothing at all. */
export type NameAnswer = readonly string[] | 'unknown' | 'silent';

/** A name server on loopback. */
export type NameServer = {
  /** `127.0.0.1:port`, as a resolver takes it. */
  readonly address: string;
  /** Every question so far, e.g. `A pictures.example`, in the order of arrival. */
  readonly questions: readonly string[];
  close(): Promise<void>;
};

const A = 1;
const AAAA = 28;
const HEADER_BYTES = 12;
/** A response to a recursive query; the code of "no such name" is added. */
const RESPONSE = 0x8180;
const NO_SUCH_NAME = 3;

/** The one question of a query (RFC 1035, 4.1): name, type, and the bytes that it takes. */
function readQuestion(query: Buffer) {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query.readUInt8(at); length !== 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), bytes: query.subarray(HEADER_BYTES, at + 5) };
}

function recordOf(address: string): Buffer {
  const isV6 = address.includes(':');
  const data = isV6
    ? Buffer.from(
        address
          .split(':')
          .map((group) => group.padStart(4, '0'))
          .join(''),
        'hex',
      )
    : Buffer.from(address.split('.').map(Number));
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc000 | HEADER_BYTES, 0); // The name of the question.
  head.writeUInt16BE(isV6 ? AAAA : A, 2);
  head.writeUInt16BE(1, 4); // Internet.
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

/** Starts a name server on a free UDP port. IPv6 addresses are written in full, with all eight groups. */
export async function startNameServer(answer: (name: string, type: 'A' | 'AAAA') => NameAnswer): Promise<NameServer> {
  const socket = createSocket('udp4');
  const questions: string[] = [];
  socket.on('message', (query, sender) => {
    const { name, type, bytes } = readQuestion(query);
    const kind = type === AAAA ? 'AAAA' : 'A';
    questions.push(`${kind} ${name}`);
    const said = answer(name, kind);
    if (said === 'silent') return;
    const addresses = said === 'unknown' ? [] : said.filter((address) => address.includes(':') === (kind === 'AAAA'));
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt16BE(query.readUInt16BE(0), 0);
    header.writeUInt16BE(RESPONSE | (said === 'unknown' ? NO_SUCH_NAME : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(addresses.length, 6);
    socket.send(Buffer.concat([header, bytes, ...addresses.map(recordOf)]), sender.port, sender.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    questions,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
