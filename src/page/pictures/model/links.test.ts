import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkProblemMessage, parseLinks } from './links.ts';

const urls = (text: string) => parseLinks(text).links.map(({ url }) => url);
const problemOf = (text: string) => parseLinks(text).problems.map(({ code }) => code);

describe('addresses in a text', () => {
  test.each([
    ['one', 'https://example.com/a.jpg', ['https://example.com/a.jpg']],
    ['without encryption', 'http://example.com/a.jpg', ['http://example.com/a.jpg']],
    [
      'several lines',
      'https://example.com/a.jpg\r\nhttps://example.com/b.jpg\n',
      ['https://example.com/a.jpg', 'https://example.com/b.jpg'],
    ],
    [
      'spaces between',
      'https://example.com/a.jpg  https://example.com/b.jpg',
      ['https://example.com/a.jpg', 'https://example.com/b.jpg'],
    ],
    [
      'commas between',
      'https://example.com/a.jpg, https://example.com/b.jpg',
      ['https://example.com/a.jpg', 'https://example.com/b.jpg'],
    ],
    [
      'commas and nothing else between',
      'https://example.com/a.jpg,http://example.com/b.jpg;https://example.com/c.jpg',
      ['https://example.com/a.jpg', 'http://example.com/b.jpg', 'https://example.com/c.jpg'],
    ],
    ['single quotes around', "'https://example.com/a.jpg',", ['https://example.com/a.jpg']],
    [
      'an apostrophe that belongs to it',
      "https://example.com/the-neighbours'",
      ["https://example.com/the-neighbours'"],
    ],
    ['a bracket at its end that belongs to it', 'https://example.com/photo_(1)', ['https://example.com/photo_(1)']],
    ['brackets around one that ends with a bracket', '(https://example.com/a_(1)),', ['https://example.com/a_(1)']],
    ['the bracket of a sentence behind', 'https://example.com/a.jpg)', ['https://example.com/a.jpg']],
    ['quotes around', '"https://example.com/a.jpg"', ['https://example.com/a.jpg']],
    ['angle brackets around', '<https://example.com/a.jpg>', ['https://example.com/a.jpg']],
    ['a space in the file name', 'https://example.com/my photo.jpg', ['https://example.com/my%20photo.jpg']],
    ['a sentence around', 'https://example.com/a.jpg.', ['https://example.com/a.jpg']],
    ['typographic quotes around', '„https://example.com/a.jpg“', ['https://example.com/a.jpg']],
    [
      'emphasis around',
      '**https://example.com/a.jpg** `https://example.com/b.jpg`',
      ['https://example.com/a.jpg', 'https://example.com/b.jpg'],
    ],
    ['a bracket at the end of a name', 'http://localhost/team_(2024)', ['http://localhost/team_(2024)']],
    ['brackets in the query', 'http://localhost/a.jpg?v=(1)', ['http://localhost/a.jpg?v=(1)']],
    ['a picture in Markdown', '![team](https://example.com/a.jpg)', ['https://example.com/a.jpg']],
    [
      'brackets in Markdown',
      '![a [b] (c)](https://example.com/a_(1).jpg "The (team)")',
      ['https://example.com/a_(1).jpg'],
    ],
    [
      'a link in Markdown, with words around',
      'Look: [here](<https://example.com/my photo.jpg>)!',
      ['https://example.com/my%20photo.jpg'],
    ],
    [
      'a picture in a link in Markdown',
      '[![a](https://example.com/a.jpg)](https://example.com/page)',
      ['https://example.com/a.jpg'],
    ],
    [
      'several pictures in Markdown and one without',
      '- ![a](https://example.com/a.jpg), ![b](https://example.com/b.jpg)\n- https://example.com/c.jpg',
      ['https://example.com/a.jpg', 'https://example.com/b.jpg', 'https://example.com/c.jpg'],
    ],
    ['BBCode', '[img]https://example.com/a.jpg[/img]', ['https://example.com/a.jpg']],
    [
      'BBCode with sizes, in a link, twice',
      '[url=https://example.com/page][IMG=200x300]https://example.com/a.jpg[/IMG][/url] [img width=5]https://example.com/b.jpg[/img]',
      ['https://example.com/a.jpg', 'https://example.com/b.jpg'],
    ],
    ['a link in BBCode', '[url="https://example.com/a.jpg"]the team[/url]', ['https://example.com/a.jpg']],
    [
      'an image of a page',
      '<img src="https://example.com/a.jpg?a=1&amp;b=2" alt="x > y">',
      ['https://example.com/a.jpg?a=1&b=2'],
    ],
    [
      'images in a page, in single quotes, without any and without scheme',
      "<a href='https://example.com/page'><img data-src='x' src='https://example.com/a.jpg'/></a>\n<p>Words<IMG alt=b SRC=https://example.com/b.jpg>\n<img src=//example.com/c.jpg>",
      ['https://example.com/a.jpg', 'https://example.com/b.jpg', 'https://example.com/c.jpg'],
    ],
    ['a link of a page', '<a href="https://example.com/a.jpg">the team</a>', ['https://example.com/a.jpg']],
    ['the same twice', 'https://example.com/a.jpg https://example.com/a.jpg', ['https://example.com/a.jpg']],
    ['capitals in the scheme', 'HTTPS://Example.com/A.jpg', ['https://example.com/A.jpg']],
    ['a port and a query', 'http://localhost:8080/a.jpg?size=1,2', ['http://localhost:8080/a.jpg?size=1,2']],
    [
      'marks that nobody sees around, as Windows and chats copy them',
      '\u202ahttps://example.com/a.jpg\u202c \u200bhttps://example.com/b.jpg\u200e',
      ['https://example.com/a.jpg', 'https://example.com/b.jpg'],
    ],
    [
      'strokes between, as in a table of Markdown',
      '| https://example.com/a.jpg | https://example.com/b.jpg |',
      ['https://example.com/a.jpg', 'https://example.com/b.jpg'],
    ],
    ['what a style sheet writes', "background-image: url('https://example.com/a.jpg');", ['https://example.com/a.jpg']],
    ['a formula of a spreadsheet', '=IMAGE("https://example.com/a.jpg";2)', ['https://example.com/a.jpg']],
    ['JSON', '{"name": "a", "url": "https://example.com/a.jpg", "x": 1}', ['https://example.com/a.jpg']],
    ['a label before', 'URL:https://example.com/a.jpg', ['https://example.com/a.jpg']],
    ['a link of a chat', '<https://example.com/a.jpg|the team>', ['https://example.com/a.jpg']],
    ['a template', '{{https://example.com/a.jpg?400|the team}}', ['https://example.com/a.jpg?400']],
    ['words behind a picture', 'https://example.com/a.jpg (photo: Anna)', ['https://example.com/a.jpg']],
    ['words behind a query', 'https://example.com/a.jpg?w=1 and so on', ['https://example.com/a.jpg?w=1']],
    [
      'a name of several words and a bracket',
      'https://example.com/my team (1).jpg',
      ['https://example.com/my%20team%20(1).jpg'],
    ],
    [
      'an address in an address',
      'https://example.com/get?url=https://example.org/a.jpg',
      ['https://example.com/get?url=https://example.org/a.jpg'],
    ],
    ['a bracket that belongs to it', 'https://example.com/photo_(1).jpg', ['https://example.com/photo_(1).jpg']],
  ])('%s', (_name, text, expected) => {
    expect(urls(text)).toEqual(expected);
    expect(parseLinks(text).problems).toEqual([]);
  });

  test('cells of a spreadsheet beside it are no part of it', () => {
    expect(urls('Anna\thttps://example.com/a.jpg\t3\nBen\thttps://example.com/b.jpg\t4')).toEqual([
      'https://example.com/a.jpg',
      'https://example.com/b.jpg',
    ]);
    expect(urls('"Anna";"https://example.com/a.jpg";"3"')).toEqual(['https://example.com/a.jpg']);
  });

  test.each([
    ['https://example.com/photos/anna%20%26%20ben.jpg?w=1', 'anna & ben.jpg'],
    ['https://example.com/', 'example.com'],
    ['https://example.com/%E0%A4%A', '%E0%A4%A'],
  ])('the picture at %s is called %s', (url, name) => {
    expect(parseLinks(url).links[0]?.name).toBe(name);
  });

  test('a picture written out in its address is kept apart', () => {
    const dataUrl = 'data:image/png;base64,iVBORw0KGgo=';
    expect(parseLinks(`${dataUrl} https://example.com/a.jpg`)).toMatchObject({
      dataUrls: [dataUrl],
      links: [{ name: 'a.jpg' }],
    });
  });
});

test('markup without an address in it is words, and however long takes a moment', () => {
  expect(problemOf('<b>words</b>')).toEqual(['not-an-address']);
  expect(problemOf('[words](local.jpg)')).toEqual(['not-an-address']);
  expect(problemOf('<img src="local.jpg">')).toEqual(['not-an-address']);
  for (const part of ['<img ', '[img]', '![](', '[[', '](', '<a href="', '[url=', '&amp;', '((']) {
    expect(parseLinks(part.repeat(40_000)).links).toEqual([]);
  }
});

test('a text of anything around never throws', () => {
  const part = fc.constantFrom(
    '<img src="',
    '">',
    '[img]',
    '[/img]',
    '![',
    '](',
    ')',
    '[url=',
    ']',
    'https://example.com/a.jpg',
    ' ',
    '\n',
    '(',
    "'",
  );
  fc.assert(fc.property(fc.array(part, { maxLength: 30 }), (parts) => void parseLinks(parts.join(''))));
});

describe('what is no address gets a sentence that helps', () => {
  test.each([
    ['www.example.com/a.jpg', 'no-scheme', 'https://www.example.com/a.jpg'],
    ['example.com', 'no-scheme', 'https://example.com'],
    ['//cdn.example.com/a.jpg', 'no-scheme', 'https://cdn.example.com/a.jpg'],
    ['localhost:8080/a.jpg', 'no-scheme', 'https://localhost:8080/a.jpg'],
    ['10.0.0.7/a.jpg', 'no-scheme', 'https://10.0.0.7/a.jpg'],
    ['C:\\Users\\me\\photo.jpg', 'local-path', undefined],
    ['/home/me/photo.jpg', 'local-path', undefined],
    ['~/photo.jpg', 'local-path', undefined],
    ['\\\\server\\share\\photo.jpg', 'local-path', undefined],
    ['file:///home/me/photo.jpg', 'local-path', undefined],
    ['blob:https://example.com/1-2-3', 'other-page', undefined],
    ['javascript:alert(1)', 'other-page', undefined],
    ['ftp://example.com/a.jpg', 'other-scheme', undefined],
    ['mailto:me@example.com', 'other-scheme', undefined],
    ['https://me:secret@example.com/a.jpg', 'has-password', undefined],
    ['https://me@example.com/a.jpg', 'has-password', undefined],
    ['https://', 'not-an-address', undefined],
    ['hello', 'not-an-address', undefined],
    ['two words', 'not-an-address', undefined],
  ] as const)('%s', (text, code, suggestion) => {
    const { links, problems } = parseLinks(text);
    expect(links).toEqual([]);
    expect(problems).toMatchObject([{ code, suggestion }]);
    for (const problem of problems) expect(linkProblemMessage(problem)).toMatch(/[.?]$/);
  });

  test('a password is never repeated', () => {
    const { problems } = parseLinks('https://me:secret@example.com/a.jpg');
    expect(JSON.stringify(problems) + problems.map(linkProblemMessage).join()).not.toContain('secret');
  });

  test('the good ones are kept beside the bad ones', () => {
    expect(urls('https://example.com/a.jpg\nphoto.jpg is nice')).toEqual(['https://example.com/a.jpg']);
    expect(problemOf('https://example.com/a.jpg\nphoto.jpg is nice')).toEqual(['not-an-address']);
  });

  test('a very long text is shown in short, and kept whole', () => {
    const [problem] = parseLinks('word'.repeat(100)).problems;
    expect(problem?.text).toHaveLength(80);
    expect(problem?.whole).toBe('word'.repeat(100));
  });

  test('the suggestion for a long address without its beginning is that address, whole', () => {
    const long = `example.com/${'folder/'.repeat(30)}a.jpg?price=$1`;
    const [problem] = parseLinks(long).problems;
    expect(problem).toMatchObject({ whole: long, suggestion: `https://${long}` });
  });

  test('ten thousand brackets are read at once', () => {
    expect(parseLinks(`${'('.repeat(10_000)}https://example.com/a.jpg${')'.repeat(10_000)}`).links).toHaveLength(1);
  });
});

test('whatever is accepted is an http or https address without a password', () => {
  const piece = fc.oneof(
    fc.string().map((path) => `https://example.com/${path}`),
    fc.string(),
    fc.constantFrom('www.a.de', 'C:\\a', 'data:image/png;base64,AA', 'https://a:b@c.de', ' ', '\n'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.constantFrom(' ', '\n', ', '), (pieces, between) => {
      for (const { url, name } of parseLinks(pieces.join(between)).links) {
        const { protocol, username, password } = new URL(url);
        expect(['http:', 'https:']).toContain(protocol);
        expect(username + password).toBe('');
        expect(name).not.toBe('');
      }
    }),
    { numRuns: 200 },
  );
});
