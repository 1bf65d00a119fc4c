import { describe, expect, it } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { faceAt } from '#testing/stage-driver/faces.ts';
import { askedDetails, noteEarlierDetector, readFaceDetails } from './face-details.ts';

const read = (score: unknown, pose?: unknown) =>
  readFaceDetails([
    { name: 'face_score', value: score },
    { name: 'face_pose', value: pose },
  ]);

describe('score and pose of a face', () => {
  it('are read from its arguments', () => {
    expect(read('0.97', '{"yaw":-12,"pitch":3,"roll":1}')).toEqual({
      score: 0.97,
      pose: { yaw: -12, pitch: 3, roll: 1 },
    });
    expect(readFaceDetails([])).toEqual({ score: undefined, pose: undefined });
  });

  it.each(['high', '-1', '7', 'NaN', '', null, {}, []])('are left out where they make no sense: %o', (odd) => {
    expect(read(odd, odd)).toEqual({ score: undefined, pose: undefined });
  });

  it('are asked of the embedded engine alone', () => {
    expect(askedDetails('embedded')).toBe('score,pose');
    expect(askedDetails('kling')).toBe('');
  });
});

it('says of a remembered answer of the embedded engine that an earlier detector gave it, and what helps', () => {
  const size = { width: 100, height: 100 };
  const face = faceAt(1, imageRect(10, 10, 50, 50), size);
  const detection = { faces: [face], unreadable: [], size, warnings: [], media: { type: 'image', duration: 0 } };
  const noted = [expect.stringMatching(/earlier version.*Detect again/)];
  expect(noteEarlierDetector(detection, 'embedded', false).warnings).toEqual(noted);
  expect(noteEarlierDetector(detection, 'kling', true)).toBe(detection);
  const told = { ...detection, faces: [{ ...face, score: 0.5 }] };
  expect(noteEarlierDetector(told, 'embedded', false)).toBe(told);
  expect(noteEarlierDetector(told, 'embedded', true).warnings).toEqual(noted);
});
