import { describe, expect, it } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { faceAt } from '#testing/stage-driver/faces.ts';
import { askedDetails, noteMissingScores, readFaceDetails } from './face-details.ts';

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

it('says of a remembered answer of the embedded engine without scores that it is an earlier one', () => {
  const size = { width: 100, height: 100 };
  const face = faceAt(1, imageRect(10, 10, 50, 50), size);
  const detection = { faces: [face], unreadable: [], size, warnings: [], media: { type: 'image', duration: 0 } };
  expect(noteMissingScores(detection, 'embedded').warnings).toEqual([expect.stringContaining('earlier version')]);
  expect(noteMissingScores(detection, 'kling')).toBe(detection);
  const told = { ...detection, faces: [{ ...face, score: 0.5 }] };
  expect(noteMissingScores(told, 'embedded')).toBe(told);
});
