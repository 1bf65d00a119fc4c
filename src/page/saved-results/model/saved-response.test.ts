import { describe, expect, test, vi } from 'vitest';
import { pairWithPictures, readSavedResponses } from './saved-response.ts';

const reply = JSON.stringify({ status: 0, message: '', mediaInfo: { width: 10, height: 10 } });

describe('a saved response', () => {
  test('is recognised by what it says and kept to the letter', () => {
    const [response, ...more] = readSavedResponses(reply);
    expect(response).toMatchObject({ pictureName: undefined, form: 'response' });
    expect(response?.body()).toBe(reply);
    expect(more).toEqual([]);
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
    expect(JSON.parse(response?.body() ?? '')).toMatchObject({
      faceItems: [{ name: 'face_0' }, { name: 'face_1' }],
      mediaInfo: { width: 100, height: 80 },
    });
  });

  const itemsOf = (annotations: readonly object[]): unknown =>
    JSON.parse(
      readSavedResponses(
        JSON.stringify({
          images: [{ id: 1, width: 10, height: 10 }],
          annotations: annotations.map((annotation) => ({ image_id: 1, bbox: [1, 1, 1, 1], ...annotation })),
        }),
      )[0]?.body() ?? '',
    ).faceItems;

  test.each([20_000, 4e9])('face number %d of one face does not make a reply of gaps', (face_no) => {
    expect(itemsOf([{ attributes: { face_no } }])).toMatchObject([{ name: 'face_0' }]);
  });

  test('a face number that a large group can have is kept, and the gaps with it', () => {
    const items = itemsOf([{ attributes: { face_no: 28, name: 'face_27' } }]);
    expect(items).toHaveLength(28);
    expect(items).toMatchObject({ 0: {}, 27: { name: 'face_27' } });
  });

  test('two faces that claim one number both stay', () => {
    const numbers = [2, 2, undefined].map((face_no, index) => ({ attributes: { face_no, name: `n${index}` } }));
    expect(itemsOf(numbers)).toMatchObject([{ name: 'n1' }, { name: 'n0' }, { name: 'n2' }]);
  });

  test('every annotation is looked at once, however many pictures the document names', () => {
    let looks = 0;
    const annotation = {
      get image_id() {
        looks += 1;
        return 1;
      },
    };
    const many = 500;
    const images = Array.from({ length: many }, (_, id) => ({ id, width: 10, height: 10 }));
    const parse = vi.spyOn(JSON, 'parse').mockReturnValue({ images, annotations: Array(many).fill(annotation) });
    const stringify = vi.spyOn(JSON, 'stringify');
    try {
      expect(readSavedResponses('{}')).toHaveLength(many);
      expect(looks).toBe(many);
      expect(stringify, 'a reply is written for a picture that is there only').not.toHaveBeenCalled();
    } finally {
      parse.mockRestore();
      stringify.mockRestore();
    }
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

  test('every name is looked at once, however many responses there are', () => {
    let looks = 0;
    const pictures = Array.from({ length: 50 }, (_, index) => ({
      get name() {
        looks += 1;
        return `${index}.jpg`;
      },
    }));
    const responses = Array.from({ length: 2000 }, (_, index) => response('coco.json', `${index + 25}.jpg`));
    expect(pairWithPictures(responses, pictures)).toHaveLength(25);
    expect(looks).toBe(50);
  });

  test('of pictures with one name the first is taken first', () => {
    const pictures = [picture('a.jpg'), picture('a.png')];
    const responses = [response('1.json', 'a'), response('2.json', 'A.jpg'), response('3.json', 'a')];
    expect(pairs(responses, pictures)).toEqual([
      ['1.json', 'a.jpg'],
      ['2.json', 'a.png'],
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
