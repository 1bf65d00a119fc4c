/** Bytes as numbers of several bytes; reading beyond their end throws a RangeError. */
export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Text of one byte a character (Latin-1), as far as there are bytes. For short texts: a name, a first line. */
export const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** A text of Latin-1 as bytes. */
export const latin1Bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** A type of four letters as the number that it is read as: a text for each of millions of empty chunks takes a second. */
export const fourLetters = (name: string): number => viewOf(latin1Bytes(name)).getUint32(0);
