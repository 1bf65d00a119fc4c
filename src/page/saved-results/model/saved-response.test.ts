import { describe, expect, test } from 'vitest';
import { pairWithPictures, readSavedResponses } from './saved-response.ts';

const reply = JSON.stringify({ status: 0, message: '', mediaInfo: { width: 10, height: 10 } });

describe('a saved response', () => {
  test('is recognised by what it says and kept to the letter', () => {
    expect(readSavedResponses(reply)).toEqual([{ pictureName: undefined, body: reply, form: 'response' }]);
  });

  test.each(['', '{', '[]', '{}', '{"name":"facebound"}', '{"images":[],"annotations":{}}', 'null'])(
    '%j is none',
    (text) => {
      expect(readSavedResponses(text)).toEqual([]);
    },
  );

  test('a COCO document without our numbers counts by its order', () => {
    const coco = {
      images: [{ id: 7, width: 100, height: 80, file_name: 'photos/team.jpg' }],
      annotations: [
        { image_id: 7, bbox: [1, 2, 3, 4] },
        { image_id: 8, bbox: [9, 9, 9, 9] },
        { image_id: 7, bbox: [5, 6, 7, 8] },
      ],
    };
    const [response] = readSavedResponses(JSON.stringify(coco));
    expect(response?.pictureName).toBe('photos/team.jpg');
    expect(JSON.parse(response?.body ?? '')).toMatchObject({
      faceItems: [{ name: 'face_0' }, { name: 'face_1' }],
      mediaInfo: { width: 100, height: 80 },
    });
  });

  test('a face number beyond any picture does not fill the memory', () => {
    const coco = {
      images: [{ id: 1, width: 10, height: 10 }],
      annotations: [{ image_id: 1, bbox: [1, 1, 1, 1], attributes: { face_no: 4e9 } }],
    };
    expect(readSavedResponses(JSON.stringify(coco))[0]?.body.length).toBeLessThan(1000);
  });
});

describe('responses and pictures', () => {
  const response = (fileName: string, pictureName?: string) => ({ fileName, pictureName });
  const picture = (name: string) => ({ name });
  const pairs = (...args: Parameters<typeof pairWithPictures<ReturnType<typeof response>, { name: string }>>) =>
    pairWithPictures(...args).map(([{ fileName }, { name }]) => [fileName, name]);

  test('one of each belong together whatever they are called', () => {
    expect(pairs([response('reply.json')], [picture('beach.png')])).toEqual([['reply.json', 'beach.png']]);
  });

  test('several belong together by name', () => {
    const responses = [response('b-faces.json'), response('A.json'), response('c.json')];
    expect(pairs(responses, [picture('a.jpg'), picture('b.png'), picture('d.png')])).toEqual([
      ['b-faces.json', 'b.png'],
      ['A.json', 'a.jpg'],
    ]);
  });

  test('a document that names its pictures is believed', () => {
    const responses = [response('coco.json', 'x/b.jpg'), response('coco.json', 'a.jpg')];
    expect(pairs(responses, [picture('a.jpg'), picture('b.png')])).toEqual([
      ['coco.json', 'b.png'],
      ['coco.json', 'a.jpg'],
    ]);
  });
});
