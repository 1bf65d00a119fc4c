import * as z from 'zod/mini';

/** `status_name` of a task, or of one of its works, that went well. Anything else that is final is a failure. */
export const TASK_SUCCEEDED = 'succeed';

/** Reply of `DELETE /tasks/{id}`. What it counts is not relied on: `true` or a number above zero is a yes. */
export const deletedTaskReply = z.looseObject({
  deleted: z.union([z.literal(true), z.number().check(z.positive()), z.string().check(z.regex(/^(?:true|[1-9]\d*)$/))]),
});

/** File kind that `GET /assets/download` is asked for. */
export const DOWNLOAD_FILE_TYPE = 'PNG';

/** Reply of `GET /assets/download`: where the version without watermark lies. */
export const downloadReply = z.looseObject({
  cdnUrl: z.pipe(z.string().check(z.trim()), z.url({ protocol: /^https?$/ })),
});
