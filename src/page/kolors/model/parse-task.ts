import { TASK_SUCCEEDED } from '#contract/tasks.ts';
import { asFields, asNumber, asText, asWebAddress, type Fields } from '#shared/lenient.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { wordsOf } from '#shared/service-words.ts';

/** One made picture. Width and height are in pixels, where the service tells them. */
export type MadePicture = {
  readonly workId: string | undefined;
  readonly url: string;
  readonly width: number | undefined;
  readonly height: number | undefined;
};

/** Where a task stands, read from any of its replies. */
export type TaskSnapshot =
  | { readonly phase: 'running'; readonly statusName: string | undefined }
  /** `lost` counts works without a usable picture. */
  | { readonly phase: 'succeeded'; readonly pictures: readonly MadePicture[]; readonly lost: number }
  | { readonly phase: 'failed'; readonly statusName: string | undefined; readonly message: string | undefined };

/** The task's number, which alone lets anybody ask for it again; undefined when the reply has none. */
export function taskIdOf(body: unknown): string | undefined {
  const reply = asFields(body);
  return asId(asFields(reply?.['task'])?.['id']);
}

/**
 * Reads a task's reply leniently: a final status other than `succeed` is a failure, and a reply that says nothing of
 * being final counts as running. The error is a sentence for a reply that is no task at all.
 */
export function parseTask(body: unknown): Result<TaskSnapshot, string> {
  const reply = asFields(body);
  if (reply === undefined) return err('The reply is not a JSON object.');
  const task = asFields(reply['task']);
  const statusName = asText(reply['status_name']) ?? asText(task?.['status_name']);
  const isFinal = saysYes(reply['status_final'] ?? task?.['status_final']);
  if (statusName === undefined && !isFinal && task === undefined) return err('The reply is not a task’s.');
  if (!isFinal) return ok({ phase: 'running', statusName });
  const works = Array.isArray(reply['works']) ? reply['works'] : [];
  const pictures = works.flatMap((work) => readWork(asFields(work) ?? {}));
  if (statusName === TASK_SUCCEEDED && pictures.length > 0) {
    return ok({ phase: 'succeeded', pictures, lost: works.length - pictures.length });
  }
  const message = asText(reply['message']) ?? wordsOf(reply['error']) ?? wordsOf(task?.['message']);
  return ok({ phase: 'failed', statusName, message });
}

/** A yes in any type that a service may write it. */
const saysYes = (value: unknown): boolean =>
  value === true || asNumber(value) === 1 || asText(value)?.toLowerCase() === 'true';

function readWork(work: Fields): MadePicture[] {
  const resource = asFields(work['resource']);
  const url = asWebAddress(resource?.['resource']);
  const isFailed = work['status_name'] !== undefined && work['status_name'] !== TASK_SUCCEEDED;
  if (url === undefined || isFailed) return [];
  return [
    {
      workId: asId(work['workId']),
      url,
      width: asNumber(resource?.['width']),
      height: asNumber(resource?.['height']),
    },
  ];
}

const asId = (value: unknown): string | undefined => (typeof value === 'number' ? String(value) : asText(value));
