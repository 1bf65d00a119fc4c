import { expect, test } from 'vitest';
import { shownWarnings } from './shown-warnings.ts';

const picture = { warnings: ['The linked picture is neither JPEG nor PNG.'] };
const detection = { warnings: ['The service also said: “hm”.'] };

test('what the live service may not take is said where it is asked, and what an answer says is always said', () => {
  expect(shownWarnings('kling', picture, detection)).toEqual([...picture.warnings, ...detection.warnings]);
  expect(shownWarnings('embedded', picture, detection)).toEqual(detection.warnings);
  expect(shownWarnings('embedded', picture, undefined)).toEqual([]);
});
