import { expect, test } from 'vitest';
import { savedKind } from './saved-kind.ts';

test.each([
  ['PK\u0003\u0004rest', 'renamed.bin', 'zip'],
  ['\ufeff  {"a":1}', 'reply.txt', 'json'],
  ['[{"json":{}}]', 'n8n', 'json'],
  ['<?xml version="1.0"?><annotation/>', 'a.xml', 'data'],
  ['0 0.5 0.5 0.1 0.1', 'a.txt', 'data'],
  ['name,x\r\n', 'faces.csv', 'data'],
  ['', 'a.txt', 'data'],
  ['', 'a.jpg', undefined],
  ['GIF89a', 'a.json', undefined],
  ['%PDF-1.7', 'a.pdf', undefined],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'a.svg', undefined],
])('%j in %s is %s', async (text, name, kind) => expect(await savedKind(new File([text], name))).toBe(kind));
