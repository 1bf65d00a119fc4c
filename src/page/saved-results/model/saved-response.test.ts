import { describe, expect, test, vi } from 'vitest';
import { isFaceKind, readAnnotations } from '#page/annotations/index.ts';
import { fromAnnotations, readSavedResponses } from './saved-response.ts';

/** Upright size of a picture whose document tells none. */
const SIZE = { width: 640, height: 480 };

const reply = JSON.stringify({ status: 0, message: '', mediaInfo: { width: 10, height: 10 } });

describe('a saved response', () => {
  test('is recognised by what it says and kept to the letter', () => {
    const [response, ...more] = readSavedResponses(reply).responses;
    expect(response).toMatchObject({ pictureName: undefined, form: 'response' });
    expect(response?.body(SIZE)).toBe(reply);
    expect(more).toEqual([]);
  });

  test.each(['', '{', '[]', '{}', '{"name":"facebound"}', '{"images":[],"annotations":{}}', 'null'])(
    '%j is none',
    (text) => {
      expect(readSavedResponses(text).responses).toEqual([]);
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
    const [response] = readSavedResponses(JSON.stringify(coco)).responses;
    expect(response?.pictureName).toBe('photos/team.jpg');
    expect(JSON.parse(response?.body(SIZE) ?? '')).toMatchObject({
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
      ).responses[0]?.body(SIZE) ?? '',
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
      expect(readSavedResponses('{}').responses).toHaveLength(many);
      expect(looks).toBe(many);
      expect(stringify, 'a reply is written for a picture that is there only').not.toHaveBeenCalled();
    } finally {
      parse.mockRestore();
      stringify.mockRestore();
    }
  });
});

describe('a reply that another program passed on', () => {
  const parsed: unknown = JSON.parse(reply);
  test.each([
    ['as n8n writes its items', [parsed]],
    ['as n8n copies them', [{ json: parsed }]],
    ['as an HTTP node gives it', [{ json: { body: parsed, statusCode: 200 } }]],
    ['as the body of a response', { body: parsed, headers: {} }],
    ['as a body that is text', { status: 200, body: reply }],
    ['as text in a text', reply],
    ['as another program of the kind bundles it', { bundle: { output: parsed } }],
    ['as a list of items', { items: [parsed] }],
    ['as the content of a message', { content: reply }],
    ['as axios logs it', { data: parsed, status: 200, config: {} }],
  ])('%s is that reply', (_how, wrapped) => {
    const { responses } = readSavedResponses(`\ufeff${JSON.stringify(wrapped)}`);
    expect(responses.map(({ body, form }) => [JSON.parse(body(SIZE)), form])).toEqual([[parsed, 'response']]);
  });

  test('the file that lies beside it names its picture', () => {
    const items = ['a.jpg', 'b.jpg'].map((fileName) => ({ json: parsed, binary: { data: { fileName } } }));
    const { responses } = readSavedResponses(JSON.stringify(items));
    expect(responses.map(({ pictureName }) => pictureName)).toEqual(['a.jpg', 'b.jpg']);
  });

  test.each(['[1, 2]', '[[[[[[{"faceItems":[]}]]]]]]', '{"body":"{"}', '{"json":null}'])('%s is none', (text) => {
    expect(readSavedResponses(text).responses).toEqual([]);
  });
});

describe('a COCO document of another program', () => {
  const image = { id: 1, width: 100, height: 80, file_name: 'team.jpg' };
  const itemsIn = (document: unknown, taken?: 'faces' | 'all') =>
    readSavedResponses(JSON.stringify(document), taken).responses.map(
      ({ body }): unknown => JSON.parse(body(SIZE)).faceItems,
    );
  const boxes = (...annotations: readonly object[]) => annotations.map((each) => ({ bbox: [1, 2, 3, 4], ...each }));

  test.each([
    [1, '1'],
    ['1', 1],
    ['a', 'a'],
  ])('image %j is the one that a box calls %j', (id, image_id) => {
    const document = { images: [{ ...image, id }], annotations: boxes({ image_id }) };
    expect(itemsIn(document)).toMatchObject([[{ name: 'face_0' }]]);
  });

  test('boxes of a picture that it does not list are counted', () => {
    const annotations = boxes({ image_id: 1 }, { image_id: 2 }, { image_id: 3 });
    expect(readSavedResponses(JSON.stringify({ images: [image], annotations })).unlisted).toBe(2);
  });

  test('what is not called a face is no face, until a person says so', () => {
    const document = {
      images: [image],
      categories: [
        { id: 1, name: 'Human_Face' },
        { id: 18, name: 'dog' },
      ],
      annotations: boxes(
        { image_id: 1, category_id: 18 },
        { image_id: 1, category_id: '1' },
        { image_id: 1, category_id: 18 },
        { image_id: 1, category_id: 7 },
      ),
    };
    const read = readSavedResponses(JSON.stringify(document));
    expect(read).toMatchObject({
      faces: 1,
      otherKinds: [
        { name: 'dog', count: 2 },
        { name: 'kind 7', count: 1 },
      ],
    });
    expect(itemsIn(document)).toMatchObject([[{ name: 'face_0' }]]);
    expect(itemsIn(document, 'all')).toMatchObject([{ length: 4 }]);
  });

  test('a size that it does not tell is that of the file', () => {
    const [response] = readSavedResponses(
      JSON.stringify({ images: [{ id: 1, file_name: 'a.jpg' }], annotations: boxes({ image_id: 1 }) }),
    ).responses;
    expect(JSON.parse(response?.body(SIZE) ?? '')).toMatchObject({ mediaInfo: SIZE });
  });

  test('numbers that could not be kept are counted', () => {
    const annotations = boxes(...[2, 2, undefined, 4e9].map((face_no) => ({ image_id: 1, attributes: { face_no } })));
    const [response] = readSavedResponses(JSON.stringify({ images: [image], annotations })).responses;
    expect(response?.renumbered()).toBe(2);
  });

  test('results without pictures name them by id, in pixels of the file', () => {
    const results = boxes(
      { image_id: 397133, category_id: 1, score: 0.9 },
      { image_id: '397133', category_id: 1, score: 0.8 },
      { image_id: 'b', category_id: 1, score: 0.7 },
    );
    expect(readSavedResponses(JSON.stringify({ annotations: results })).faces).toBe(3);
    const { responses, faces, otherKinds } = readSavedResponses(JSON.stringify(results));
    expect([faces, otherKinds]).toEqual([3, []]);
    expect(responses.map(({ pictureName, form }) => [pictureName, form])).toEqual([
      ['397133', 'coco'],
      ['b', 'coco'],
    ]);
    expect(JSON.parse(responses[0]?.body(SIZE) ?? '')).toMatchObject({ faceItems: { length: 2 }, mediaInfo: SIZE });
  });

  test('annotations of pictures that no list names are still of the kind that the document tells', () => {
    const document = {
      categories: [{ id: 1, name: 'dog' }],
      annotations: [{ image_id: 1, category_id: 1, bbox: [1, 2, 3, 4] }],
    };
    const read = readSavedResponses(JSON.stringify(document));
    expect(read).toMatchObject({ faces: 0, otherKinds: [{ name: 'dog', count: 1 }] });
  });

  test('ids that a table made fractions of are the same ids', () => {
    const document = {
      images: [{ id: 1, file_name: 'a.jpg', width: 100, height: 100 }],
      categories: [{ id: 1, name: 'face' }],
      annotations: [{ image_id: '1.0', category_id: '1.0', bbox: [1, 2, 3, 4] }],
    };
    expect(readSavedResponses(JSON.stringify(document))).toMatchObject({ faces: 1, otherKinds: [], unlisted: 0 });
  });

  test('an annotation that has an outline alone has the box around it', () => {
    const document = {
      images: [{ id: 1, file_name: 'a.jpg', width: 100, height: 100 }],
      annotations: [
        {
          image_id: 1,
          segmentation: [
            [10, 20, 40, 20, 40, 60],
            [5, 30, 10, 30, 10, 40],
          ],
        },
      ],
    };
    const [read] = readSavedResponses(JSON.stringify(document)).responses;
    expect(JSON.parse(read?.body(SIZE) ?? '').faceItems[0].arguments[0].value).toBe(
      '{"x":5,"y":20,"width":35,"height":40}',
    );
  });

  test('results of several kinds, whose names nobody knows, are asked about', () => {
    const results = boxes({ image_id: 1, category_id: 1 }, { image_id: 1, category_id: 18 });
    const { responses, faces, otherKinds } = readSavedResponses(JSON.stringify(results));
    expect({ faces, kinds: otherKinds.map(({ name }) => name) }).toEqual({ faces: 0, kinds: ['kind 1', 'kind 18'] });
    expect(responses).toMatchObject([{ pictureName: '1' }]);
    expect(itemsIn(results, 'all')).toMatchObject([{ length: 2 }]);
  });
});

describe('what is called a face', () => {
  test.each(['face', 'Face', 'human_face', 'Human face', 'Gesicht', '人脸'])('%s is one', (name) =>
    expect(isFaceKind(name)).toBe(true),
  );
  test.each(['dog', 'person', 'head', 'face mask', 'clock face', 'surface', ''])('%j is asked about', (name) =>
    expect(isFaceKind(name)).toBe(false),
  );
});

describe('labels, tables and VOC files', () => {
  test('are answers in pixels of the picture, like COCO', () => {
    const labels = readAnnotations('0 0.5 0.5 0.25 0.5\n1 0.1 0.1 0.1 0.1\n', ['face', 'dog']);
    if (labels === undefined) throw new Error('These are labels');
    const { responses, faces, otherKinds } = fromAnnotations(labels, 'faces');
    expect([faces, otherKinds]).toEqual([1, [{ name: 'dog', count: 1 }]]);
    const [only] = responses;
    expect(JSON.parse(only?.body(SIZE) ?? '')).toMatchObject({
      faceItems: [
        { arguments: [{ name: 'face_bound', value: JSON.stringify({ x: 240, y: 120, width: 160, height: 240 }) }] },
      ],
      mediaInfo: SIZE,
    });
    expect(fromAnnotations(labels, 'all').responses).toHaveLength(1);
  });
});
