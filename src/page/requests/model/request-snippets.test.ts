import { execFileSync, spawnSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue, ShownRequest } from './request-snippets.ts';
import { pythonLiteral, requestSnippet, SNIPPET_FORMS, shellQuote } from './request-snippets.ts';

const detect: ShownRequest = {
  method: 'POST',
  url: new URL('https://api.useapi.net/v1/kling/images/recognize-faces'),
  body: { kind: 'json', value: { email: 'a@b.c', imageReference: 'https://example.com/it’s.jpg' } },
};

describe('the request in words to paste', () => {
  it('as cURL', () => {
    expect(requestSnippet(detect, 'curl')).toBe(
      [
        "curl -X POST 'https://api.useapi.net/v1/kling/images/recognize-faces' \\",
        '  -H "Authorization: Bearer $USEAPI_TOKEN" \\',
        "  -H 'Content-Type: application/json' \\",
        `  -d '{"email":"a@b.c","imageReference":"https://example.com/it’s.jpg"}'`,
      ].join('\n'),
    );
  });

  it('as JavaScript', () => {
    expect(requestSnippet(detect, 'javascript')).toBe(
      [
        'const token = process.env.USEAPI_TOKEN; // $USEAPI_TOKEN',
        '',
        'const response = await fetch("https://api.useapi.net/v1/kling/images/recognize-faces", {',
        '  method: "POST",',
        '  headers: {',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the code that is written
        '    Authorization: `Bearer ${token}`,',
        '    "Content-Type": "application/json",',
        '  },',
        '  body: JSON.stringify({',
        '    "email": "a@b.c",',
        '    "imageReference": "https://example.com/it’s.jpg"',
        '  }),',
        '});',
        'console.log(response.status, await response.json());',
      ].join('\n'),
    );
  });

  it('as Python', () => {
    expect(requestSnippet(detect, 'python')).toBe(
      [
        'import os',
        '',
        'import requests',
        '',
        'token = os.environ["USEAPI_TOKEN"]  # $USEAPI_TOKEN',
        '',
        'response = requests.post(',
        '    "https://api.useapi.net/v1/kling/images/recognize-faces",',
        '    headers={"Authorization": f"Bearer {token}"},',
        '    json={',
        '        "email": "a@b.c",',
        '        "imageReference": "https://example.com/it’s.jpg",',
        '    },',
        ')',
        'print(response.status_code, response.json())',
      ].join('\n'),
    );
  });

  it('as raw HTTP, with the length in bytes', () => {
    expect(requestSnippet(detect, 'http')).toBe(
      [
        'POST /v1/kling/images/recognize-faces HTTP/1.1',
        'Host: api.useapi.net',
        'Authorization: Bearer $USEAPI_TOKEN',
        'Content-Type: application/json',
        'Content-Length: 67',
        '',
        '{"email":"a@b.c","imageReference":"https://example.com/it’s.jpg"}',
      ].join('\n'),
    );
  });

  it('sends the bytes of a file as they are', () => {
    const upload: ShownRequest = {
      method: 'POST',
      url: new URL('https://api.useapi.net/v1/kling/assets/?email=a%40b.c'),
      body: { kind: 'file', fileName: 'a "party".jpg', contentType: 'image/jpeg' },
    };
    expect(requestSnippet(upload, 'curl')).toContain(`--data-binary '@a "party".jpg'`);
    expect(requestSnippet(upload, 'javascript')).toContain('body: await readFile("a \\"party\\".jpg")');
    expect(requestSnippet(upload, 'python')).toContain('data=open("a \\"party\\".jpg", "rb")');
    expect(requestSnippet(upload, 'python')).toContain('"Content-Type": "image/jpeg"');
    expect(requestSnippet(upload, 'http')).toContain('POST /v1/kling/assets/?email=a%40b.c HTTP/1.1');
  });

  it('keeps curl from reading brackets in an address as a pattern', () => {
    const url = new URL('https://example.com/a?b=[1-3]');
    expect(requestSnippet({ method: 'GET', url, body: undefined }, 'curl')).toContain('curl --globoff -X GET');
  });

  it.each(SNIPPET_FORMS)('always writes the placeholder where the token goes: %s', (form) => {
    expect(requestSnippet(detect, form)).toContain('$USEAPI_TOKEN');
  });
});

/** Any text that a shell, a script or a request can carry; a shell's words cannot hold NUL. */
const text = fc.string({ unit: 'binary' });
const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('__proto__', "it's", 'a"b')), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const sameAfterJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('quoting', { timeout: 30_000 }, () => {
  it('gives a shell back every text, whatever is in it', () => {
    const words = fc.sample(
      fc
        .oneof(text, fc.constantFrom("'", "''", '$HOME', '`id`', '\\', '!', '\n', "$(id)'", '-n'))
        .map((word) => word.replaceAll('\0', '')),
      { numRuns: 400, seed: 7 },
    );
    // One shell for all: each word ends with NUL, which no word holds.
    const script = words.map((word) => `printf '%s\\0' ${shellQuote(word)}`).join('\n');
    expect(execFileSync('sh', { input: script, encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(words);
  });

  it('gives JavaScript back every body', () => {
    fc.assert(
      fc.property(fc.dictionary(text, json), (value) => {
        const code = requestSnippet({ ...detect, body: { kind: 'json', value } }, 'javascript');
        const literal = code.slice(code.indexOf('body: JSON.stringify(') + 21, code.lastIndexOf('),\n});'));
        expect(JSON.parse(runInNewContext(`JSON.stringify(${literal})`))).toEqual(sameAfterJson(value));
      }),
      { numRuns: 500 },
    );
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;

  it.skipIf(!hasPython)('gives Python back every body', () => {
    const values = fc.sample(json, { numRuns: 400, seed: 11 });
    const script = `import json\nprint(json.dumps([\n${values.map((value) => `${pythonLiteral(value)},`).join('\n')}\n]))`;
    expect(JSON.parse(execFileSync('python3', ['-'], { input: script, encoding: 'utf8' }))).toEqual(
      sameAfterJson(values),
    );
  });

  it('writes Python’s words where JSON has its own', () => {
    expect(pythonLiteral([true, false, null, 'true', {}, []])).toBe(
      '[\n    True,\n    False,\n    None,\n    "true",\n    {},\n    [],\n]',
    );
  });
});
