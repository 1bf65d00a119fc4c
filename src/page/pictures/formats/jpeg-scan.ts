import { uint8, uint16 } from '#shared/formats/bytes.ts';

/**
 * Walks the data of a sequential JPEG scan code by code, without a picture, to learn where it ends. Only asked where a
 * file has no end of its own: there, what stands behind the picture (a phone's trailer) cannot be told from it otherwise.
 */

/** What the frame header says of one component (ITU T.81, B.2.2). */
export type FrameComponent = { readonly id: number; readonly across: number; readonly down: number };

export type Frame = { readonly width: number; readonly height: number; readonly components: readonly FrameComponent[] };

/** More tables than any writer makes: each costs a tenth of a millisecond, and a file can hold millions. */
export const MAX_TABLES = 256;

/** A table of codes, looked up by the next 16 bits: the length of the code × 256 + the value that it stands for. */
export type CodeTable = Uint16Array;

/** Component counts, sampling and size of the frame header whose marker stands at `at`. */
export function readFrame(bytes: Uint8Array, at: number): Frame {
  const count = Math.min(uint8(bytes, at + 9), 4);
  return {
    width: uint16(bytes, at + 7),
    height: uint16(bytes, at + 5),
    components: Array.from({ length: count }, (_, index) => {
      const place = at + 10 + index * 3;
      const sampling = uint8(bytes, place + 1);
      return { id: uint8(bytes, place), across: sampling >> 4 || 1, down: sampling & 15 || 1 };
    }),
  };
}

/** Adds the tables of the DHT segment between two places (B.2.4.2), by class × 16 + number. Gives how many it read. */
export function readCodeTables(bytes: Uint8Array, from: number, to: number, into: Map<number, CodeTable>): number {
  let read = 0;
  for (let at = from; at + 17 <= to && read < MAX_TABLES; read += 1) {
    const key = uint8(bytes, at);
    const table = into.get(key)?.fill(0) ?? new Uint16Array(1 << 16);
    let values = at + 17;
    let code = 0;
    for (let length = 1; length <= 16; length += 1) {
      for (let left = uint8(bytes, at + length); left > 0; left -= 1) {
        const first = code << (16 - length);
        table.fill((length << 8) | uint8(bytes, values), first, first + (1 << (16 - length)));
        values += 1;
        code += 1;
      }
      code <<= 1;
    }
    into.set(key, table);
    at = values;
  }
  return read;
}

/** How far the data of a scan goes: `end` is the place behind its last byte, `share` what is there of it, 0 to 1. */
export type ScanExtent = { readonly end: number; readonly share: number };

/**
 * Walks the scan whose SOS marker stands at `at` and whose data begins at `from`. `restartEvery`: MCUs between restart
 * markers, 0 for none. A scan that lacks a table is not walked and counts as nothing.
 */
export function walkScan(
  bytes: Uint8Array,
  at: number,
  from: number,
  frame: Frame,
  tables: ReadonlyMap<number, CodeTable>,
  restartEvery: number,
): ScanExtent {
  const nothing = { end: from, share: 0 };
  const count = uint8(bytes, at + 4);
  const maxAcross = Math.max(...frame.components.map(({ across }) => across));
  const maxDown = Math.max(...frame.components.map(({ down }) => down));
  const blocks: { readonly dc: CodeTable; readonly ac: CodeTable }[] = [];
  let columns = Math.ceil(frame.width / (8 * maxAcross));
  let rows = Math.ceil(frame.height / (8 * maxDown));
  for (let index = 0; index < count; index += 1) {
    const component = frame.components.find(({ id }) => id === uint8(bytes, at + 5 + index * 2));
    const choice = uint8(bytes, at + 6 + index * 2);
    const dc = tables.get(choice >> 4);
    const ac = tables.get(16 | (choice & 15));
    if (component === undefined || dc === undefined || ac === undefined) return nothing;
    // Alone in its scan, a component is stored without the blocks that only fill up an MCU (A.2.2).
    const repeat = count === 1 ? 1 : component.across * component.down;
    for (let block = 0; block < repeat; block += 1) blocks.push({ dc, ac });
    if (count === 1) {
      columns = Math.ceil(Math.ceil((frame.width * component.across) / maxAcross) / 8);
      rows = Math.ceil(Math.ceil((frame.height * component.down) / maxDown) / 8);
    }
  }
  const total = columns * rows;
  if (total === 0 || blocks.length === 0) return nothing;

  let place = from;
  let bits = 0;
  let held = 0;
  /** Bits that are not in the file: past its end, or past the marker that ends the data. */
  let invented = 0;
  const fill = (): void => {
    while (held <= 16) {
      const byte = bytes[place];
      const isData = byte !== undefined && (byte !== 0xff || bytes[place + 1] === 0);
      bits = ((bits << 8) | (isData ? byte : 0)) & 0x1ffffff;
      held += 8;
      if (isData) place += byte === 0xff ? 2 : 1;
      else invented += 8;
    }
  };
  const drop = (length: number): void => {
    held -= length;
    bits &= (1 << held) - 1;
  };
  /** The value of the next code; undefined when there is no such code. */
  const next = (table: CodeTable): number | undefined => {
    fill();
    const found = table[(bits >> (held - 16)) & 0xffff] ?? 0;
    if (found === 0) return undefined;
    drop(found >> 8);
    return found & 0xff;
  };
  const skip = (length: number): void => {
    fill();
    drop(length);
  };
  const walkBlock = ({ dc, ac }: { readonly dc: CodeTable; readonly ac: CodeTable }): boolean => {
    const size = next(dc);
    if (size === undefined || size > 16) return false;
    skip(size);
    for (let coefficient = 1; coefficient < 64; coefficient += 1) {
      const value = next(ac);
      if (value === undefined) return false;
      if ((value & 15) === 0 && value >> 4 !== 15) return true;
      coefficient += value >> 4;
      skip(value & 15);
    }
    return true;
  };
  /** Everything that was taken is of the file. */
  const isReal = (): boolean => held >= invented;

  for (let unit = 0; unit < total; unit += 1) {
    if (restartEvery > 0 && unit > 0 && unit % restartEvery === 0) {
      const marker = uint8(bytes, place + 1);
      if (uint8(bytes, place) !== 0xff || marker < 0xd0 || marker > 0xd7) return { end: place, share: unit / total };
      place += 2;
      [bits, held, invented] = [0, 0, 0];
    }
    if (!blocks.every(walkBlock) || !isReal()) return { end: place, share: unit / total };
  }
  // Whole bytes that were read ahead belong to whatever comes next; of these, none can be 0xff or a stuffed zero unread.
  return { end: behindLastByte(bytes, place, Math.floor((held - invented) / 8)), share: 1 };
}

/** The place `count` bytes of data before `place`; 0xff with its stuffed zero is one. */
function behindLastByte(bytes: Uint8Array, place: number, count: number): number {
  let at = place;
  for (let left = count; left > 0; left -= 1) at -= at >= 2 && bytes[at - 1] === 0 && bytes[at - 2] === 0xff ? 2 : 1;
  return at;
}
