import { registerSchema, validate } from '@hyperjump/json-schema/openapi-3-1';
import { z } from 'zod';
import { openApiDocument } from '#api/openapi/document.ts';

const ADDRESS = 'https://facebound.test/openapi.json';
const DIALECT = 'https://spec.openapis.org/oas/3.1/schema-base';

const described = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.unknown()) }))),
});

const document: unknown = JSON.parse(JSON.stringify(openApiDocument({ version: '0.0.0-test' })));
registerSchema(z.record(z.string(), z.json()).parse(document), ADDRESS, DIALECT);
const { paths } = described.parse(document);

/** What is wrong with a document by OpenAPI 3.1 itself; empty when nothing is. */
export async function documentFaults(candidate: unknown): Promise<readonly string[]> {
  const output = await validate(DIALECT, z.json().parse(candidate), 'BASIC');
  return output.valid ? [] : (output.errors ?? []).map(({ instanceLocation }) => instanceLocation);
}

/** Methods and paths that the document describes, such as `GET /tasks/{id}`. */
export const describedCalls = (): readonly string[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );

const partsOf = (path: string) => path.split('/').filter((part) => part !== '');

/** The described path that stands for a real one; a path that is written out goes before one with a place for a value. */
function templateOf(path: string): string | undefined {
  const parts = partsOf(path);
  const fits = Object.keys(paths).filter((template) => {
    const places = partsOf(template);
    return places.length === parts.length && places.every((place, at) => place.startsWith('{') || place === parts[at]);
  });
  return fits.find((template) => !template.includes('{')) ?? fits[0];
}

const pointer = (...parts: readonly string[]) =>
  parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/**
 * What in a reply is not as the document says, in words; empty when all is. `path` is below the contract's base, without
 * its query. A path or method that is not described may only be refused, in the described form.
 */
export async function replyFaults(method: string, path: string, reply: Response): Promise<readonly string[]> {
  const template = templateOf(path);
  const operation = template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
  const status = String(reply.status);
  const isJson = reply.headers.get('content-type')?.startsWith('application/json') === true;
  if (!isJson) return [`${method} ${path} answers ${status} with no JSON`];
  if (operation === undefined && reply.ok) return [`${method} ${path} is not described`];
  const schema =
    template === undefined || operation === undefined
      ? pointer('components', 'schemas', 'Refusal')
      : pointer(
          'paths',
          template,
          method.toLowerCase(),
          'responses',
          status in operation.responses ? status : 'default',
          'content',
          'application/json',
          'schema',
        );
  const output = await validate(`${ADDRESS}#${encodeURI(schema)}`, z.json().parse(await reply.json()), 'BASIC');
  return output.valid
    ? []
    : (output.errors ?? []).map(
        ({ instanceLocation, absoluteKeywordLocation }) => `${instanceLocation} breaks ${absoluteKeywordLocation}`,
      );
}
