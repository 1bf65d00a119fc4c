import { expect, test } from 'vitest';
import { coverMessage } from './cover-message.ts';

const CHECK = 'A face that was not found stays visible: check the picture';

test.each([
  [{ covered: 28, clear: 0, pictures: 1 }, 'blur', `28 found faces blurred. ${CHECK}`],
  [{ covered: 1, clear: 0, pictures: 1 }, 'blur', `1 found face blurred. ${CHECK}`],
  [{ covered: 27, clear: 1, pictures: 1 }, 'pixelate', `27 other found faces in blocks. ${CHECK}`],
  [{ covered: 1, clear: 2, pictures: 1 }, 'pixelate', `1 other found face in blocks. ${CHECK}`],
  [{ covered: 0, clear: 0, pictures: 1 }, 'blur', `Nothing is blurred: no face was found. ${CHECK}`],
  [{ covered: 0, clear: 1, pictures: 1 }, 'pixelate', `Nothing is covered: no other face was found. ${CHECK}`],
  [
    { covered: 2, clear: 0, pictures: 1, drawn: 1 },
    'blur',
    '2 found and 1 drawn faces blurred. A face that was not found or drawn stays visible: check the picture',
  ],
  [{ covered: 194, clear: 0, pictures: 29 }, 'blur', `194 found faces of 29 pictures blurred. ${CHECK}s`],
] as const)('what is covered is told as found faces: %j by %s', (count, kind, words) => {
  expect(coverMessage(count, kind)).toBe(words);
});
