import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldableLines, jsonLines, lineOfFace, searchLines, unfoldTo, visibleLines } from './json-lines.ts';

const asText = (value: unknown): string =>
  jsonLines(value)
    .map(
      (line) =>
        '  '.repeat(line.depth) +
        (line.name === undefined ? '' : `${line.name}: `) +
        line.text +
        (line.hasComma && line.kind !== 'open' ? ',' : ''),
    )
    .join('\n');

const reply = {
  status: 0,
  faceItems: [
    { name: 'face_0', resources: [{ url: 'https://a' }] },
    { name: 'face_1', resources: [] },
  ],
};

describe('a reply as lines', () => {
  it('reads like pretty-printed JSON, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const copy: unknown = JSON.parse(JSON.stringify(value));
        expect(asText(copy)).toBe(JSON.stringify(copy, null, 2));
      }),
    );
  });

  it('knows which face a line belongs to', () => {
    const lines = jsonLines(reply);
    expect(lines.map((line) => line.face)).toEqual([
      ...[undefined, undefined, undefined],
      ...Array(8).fill('face-1'),
      ...Array(4).fill('face-2'),
      ...[undefined, undefined],
    ]);
    expect(lineOfFace(lines, 'face-2')).toBe(11);
    expect(lineOfFace(lines, 'face-3')).toBe(-1);
  });

  it('takes no list further down for the faces', () => {
    expect(jsonLines({ inner: { faceItems: [1] } }).every((line) => line.face === undefined)).toBe(true);
  });

  it('survives a hundred thousand levels', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    expect(jsonLines(deep)).toHaveLength(199_999);
  });
});

describe('folding', () => {
  const lines = jsonLines(reply);

  it('hides what a line opens, its closing line too', () => {
    expect(visibleLines(lines, new Set([3]))).toEqual([0, 1, 2, 3, 11, 12, 13, 14, 15, 16]);
  });

  it('leaves the outermost open when everything is folded', () => {
    expect(visibleLines(lines, new Set(foldableLines(lines)))).toEqual([0, 1, 2, 16]);
  });

  it('opens just what hides a line', () => {
    const folded = new Set([2, 3, 11]);
    expect([...unfoldTo(lines, folded, 4)]).toEqual([11]);
    expect(unfoldTo(lines, folded, 1)).toBe(folded);
  });
});

describe('searching', () => {
  it('finds names and values in any case', () => {
    expect(searchLines(jsonLines(reply), 'FACE_1')).toEqual([12]);
    expect(searchLines(jsonLines(reply), 'resources')).toEqual([5, 13]);
    expect(searchLines(jsonLines(reply), '')).toEqual([]);
  });
});
