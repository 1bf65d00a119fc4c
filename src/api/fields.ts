import { MAX_JSON_BYTES } from '#contract/limits.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { readBody } from './body.ts';
import { bodyProblem } from './engine-failure.ts';
import { type Problem, problem } from './problem.ts';

/** Named values of a request body; a form's are all text. */
export type Fields = Readonly<Record<string, unknown>>;

const badRequest = (sentence: string): { readonly ok: false; readonly error: Problem } =>
  err(problem(400, 'bad-request', sentence));

function parseJsonFields(bytes: Uint8Array): Result<Fields, Problem> {
  if (bytes.byteLength === 0) return ok({});
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return badRequest('The request body is not valid JSON. Send an object such as {"imageReference": "https://…"}.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return badRequest('The request body must be a JSON object such as {"imageReference": "https://…"}.');
  }
  return ok(Object.fromEntries(Object.entries(value)));
}

async function parseFormFields(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<Result<Fields, Problem>> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => undefined);
  if (form === undefined) {
    return badRequest('The request body is not valid multipart/form-data. Let your HTTP library write it.');
  }
  const entries = [...form.entries()];
  const file = entries.find(([, value]) => typeof value !== 'string');
  if (file !== undefined) {
    return badRequest(
      `Field ${file[0].slice(0, 50)} holds a file. Upload it with POST /assets/ and send the url that it returns.`,
    );
  }
  return ok(Object.fromEntries(entries));
}

/** Reads the named values of a JSON or multipart/form-data body, within the limits for small bodies. */
export async function readFields(request: Request, timeoutMs: number): Promise<Result<Fields, Problem>> {
  const contentType = request.headers.get('content-type') ?? '';
  const essence = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (essence !== 'application/json' && essence !== 'multipart/form-data') {
    return err(
      problem(
        415,
        'bad-request',
        `Content-Type ${printable(contentType)} is not supported. Valid values: application/json,multipart/form-data`,
      ),
    );
  }
  const body = await readBody(request, { maxBytes: MAX_JSON_BYTES, timeoutMs });
  if (!body.ok) return err(bodyProblem(body.error, MAX_JSON_BYTES));
  return essence === 'application/json' ? parseJsonFields(body.value) : parseFormFields(body.value, contentType);
}

/** A header's value as it may be repeated in an error text. */
export const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
