import { describe, expect, test } from 'vitest';
import { pairWithPictures } from './pair-with-pictures.ts';

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
    const responses = [response('1.json', 'a'), response('2.json', 'A'), response('3.json', 'a')];
    expect(pairs(responses, pictures)).toEqual([
      ['1.json', 'a.jpg'],
      ['2.json', 'a.png'],
    ]);
  });

  test('in folders the whole path tells them apart', () => {
    const folder = ['b/IMG_1.JPG', 'a/IMG_1.JPG'].map((path) => ({ name: 'IMG_1.JPG', path }));
    const responses = [response('coco.json', 'a/IMG_1.JPG'), response('coco.json', 'b/IMG_1.JPG')];
    const found = pairWithPictures(responses, folder);
    expect(found.map(([told, handed]) => [told.pictureName, handed.path])).toEqual([
      ['a/IMG_1.JPG', 'a/IMG_1.JPG'],
      ['b/IMG_1.JPG', 'b/IMG_1.JPG'],
    ]);
  });

  test('an equal name comes before a like one, whatever the order', () => {
    const responses = [response('coco.json', 'a.png'), response('coco.json', 'a.jpg')];
    expect(pairs(responses, [picture('a.jpg'), picture('a.png')])).toEqual([
      ['coco.json', 'a.png'],
      ['coco.json', 'a.jpg'],
    ]);
  });

  test('two of one name that an export told apart find both', () => {
    const responses = [response('coco.json', 'a.jpg'), response('coco.json', 'a (2).jpg')];
    expect(pairWithPictures(responses, [picture('a.jpg'), picture('a.jpg')])).toHaveLength(2);
  });

  test('a number finds the file that has it with zeros before', () => {
    const responses = [response('results.json', '397133'), response('results.json', '7')];
    expect(pairs(responses, [picture('000000397133.jpg'), picture('7.png')])).toEqual([
      ['results.json', '000000397133.jpg'],
      ['results.json', '7.png'],
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
