/** What stands for the token wherever a request is shown; a shell puts the real one in its place. */
export const TOKEN_PLACEHOLDER = '$USEAPI_TOKEN';

/** A call as it can be shown and repeated. It holds no token: every form writes the placeholder instead. */
export type ShownRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly body: ShownBody | undefined;
};

export type ShownBody =
  | { readonly kind: 'json'; readonly value: JsonObject }
  /** The bytes of a file; `fileName` is where the reader keeps it. */
  | { readonly kind: 'file'; readonly fileName: string; readonly contentType: string };

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [name: string]: JsonValue };

export const SNIPPET_FORMS = ['curl', 'javascript', 'python', 'http'] as const;
/** `json` is the body alone, for calls that have one. */
export type SnippetForm = (typeof SNIPPET_FORMS)[number] | 'json';

/** The request as text in one of the forms, ready to paste. */
export function requestSnippet(request: ShownRequest, form: SnippetForm): string {
  return WRITERS[form](request);
}

const WRITERS: Readonly<Record<SnippetForm, (request: ShownRequest) => string>> = {
  curl: asCurl,
  javascript: asJavaScript,
  python: asPython,
  http: asHttp,
  json: ({ body }) => (body?.kind === 'json' ? JSON.stringify(body.value, null, 2) : ''),
};

const contentType = (body: ShownBody): string => (body.kind === 'json' ? 'application/json' : body.contentType);

/** A word for a POSIX shell: in single quotes nothing has a meaning but the single quote itself. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function asCurl({ method, url, body }: ShownRequest): string {
  // curl reads [ ] { } in addresses as patterns unless told not to.
  const globOff = /[[\]{}]/.test(url.href) ? ' --globoff' : '';
  const lines = [`curl${globOff} -X ${method} ${shellQuote(url.href)}`];
  // The one header in double quotes: there the shell fills in the token.
  lines.push(`-H "Authorization: Bearer ${TOKEN_PLACEHOLDER}"`);
  if (body !== undefined) lines.push(`-H ${shellQuote(`Content-Type: ${contentType(body)}`)}`);
  if (body?.kind === 'json') lines.push(`-d ${shellQuote(JSON.stringify(body.value))}`);
  if (body?.kind === 'file') lines.push(`--data-binary ${shellQuote(`@${body.fileName}`)}`);
  return lines.join(' \\\n  ');
}

function asJavaScript({ method, url, body }: ShownRequest): string {
  const headers = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the code that is written
    'Authorization: `Bearer ${token}`',
    ...(body === undefined ? [] : [`"Content-Type": ${javaScriptLiteral(contentType(body))}`]),
  ];
  return [
    ...(body?.kind === 'file' ? ['import { readFile } from "node:fs/promises";', ''] : []),
    `const token = process.env.USEAPI_TOKEN; // ${TOKEN_PLACEHOLDER}`,
    '',
    `const response = await fetch(${javaScriptLiteral(url.href)}, {`,
    `  method: "${method}",`,
    '  headers: {',
    ...headers.map((header) => `    ${header},`),
    '  },',
    ...(body?.kind === 'json' ? [`  body: JSON.stringify(${indented(javaScriptLiteral(body.value))}),`] : []),
    ...(body?.kind === 'file' ? [`  body: await readFile(${javaScriptLiteral(body.fileName)}),`] : []),
    '});',
    'console.log(response.status, await response.json());',
  ].join('\n');
}

/**
 * A JavaScript literal; JSON is one, and a key `__proto__` in brackets stays a plain key. A quotation mark inside a text
 * has a backslash before it, so what is found is a key.
 */
export const javaScriptLiteral = (value: JsonValue): string =>
  JSON.stringify(value, null, 2).replaceAll(/(?<!\\)"__proto__":/g, '["__proto__"]:');

const indented = (text: string): string => text.replaceAll('\n', '\n  ');

function asPython({ method, url, body }: ShownRequest): string {
  const call = [`${pythonLiteral(url.href)},`, 'headers={"Authorization": f"Bearer {token}"'];
  if (body?.kind === 'file') call[1] += `, "Content-Type": ${pythonLiteral(body.contentType)}`;
  call[1] += '},';
  if (body?.kind === 'json') call.push(`json=${pythonLiteral(body.value, 1)},`);
  if (body?.kind === 'file') call.push(`data=open(${pythonLiteral(body.fileName)}, "rb"),`);
  return [
    'import os',
    '',
    'import requests',
    '',
    `token = os.environ["USEAPI_TOKEN"]  # ${TOKEN_PLACEHOLDER}`,
    '',
    `response = requests.${method.toLowerCase()}(`,
    ...call.map((line) => `    ${line}`),
    ')',
    'print(response.status_code, response.json())',
  ].join('\n');
}

/** A Python literal. JSON's strings and numbers are Python's too; its three words are not. */
export function pythonLiteral(value: JsonValue, depth = 0): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const parts = isList(value)
    ? value.map((entry) => pythonLiteral(entry, depth + 1))
    : Object.entries(value).map(([name, entry]) => `${JSON.stringify(name)}: ${pythonLiteral(entry, depth + 1)}`);
  if (parts.length === 0) return open + close;
  const indent = '    '.repeat(depth);
  return `${open}\n${parts.map((part) => `${indent}    ${part},\n`).join('')}${indent}${close}`;
}

const isList = (value: readonly JsonValue[] | JsonObject): value is readonly JsonValue[] => Array.isArray(value);

function asHttp({ method, url, body }: ShownRequest): string {
  const text = body?.kind === 'json' ? JSON.stringify(body.value) : undefined;
  const head = [
    `${method} ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    `Authorization: Bearer ${TOKEN_PLACEHOLDER}`,
  ];
  if (body !== undefined) head.push(`Content-Type: ${contentType(body)}`);
  if (text !== undefined) head.push(`Content-Length: ${new TextEncoder().encode(text).length}`);
  if (body?.kind === 'file') head.push('', `< ${body.fileName}`);
  return text === undefined ? head.join('\n') : [...head, '', text].join('\n');
}
