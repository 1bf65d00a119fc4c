import { describe, expect, it } from 'vitest';
import { fileTold, RESPONSE_FILES, toldFile } from './saved-result-file.ts';

describe('where a response was read', () => {
  it.each(RESPONSE_FILES)('is told and read back: %s', (file) => {
    expect(fileTold(toldFile(file))).toBe(file);
  });

  it('is told to versions before in the two words that they know', () => {
    expect(RESPONSE_FILES.map((file) => toldFile(file).readFrom)).toEqual([
      'coco',
      'response',
      'response',
      'response',
      'response',
    ]);
  });

  it('is nothing where a call is known, and a bare response where nothing more exact is told', () => {
    expect(toldFile(undefined)).toEqual({});
    expect(fileTold({})).toBeUndefined();
    expect(fileTold({ readFrom: 'response' })).toBe('response');
  });
});
