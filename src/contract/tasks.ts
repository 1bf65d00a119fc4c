import { z } from 'zod';

/** `status_name` of a task, or of one of its works, that went well. Anything else that is final is a failure. */
export const TASK_SUCCEEDED = 'succeed';

/** File kind that `GET /assets/download` is asked for. */
export const DOWNLOAD_FILE_TYPE = 'PNG';

/** Reply of `GET /assets/download`: where the version without watermark lies. */
export const downloadReply = z.looseObject({
  cdnUrl: z
    .string()
    .trim()
    .pipe(z.url({ protocol: /^https?$/ })),
});
