import { z } from 'zod';

/** `status_name` of a task, or of one of its works, that went well. Anything else that is final is a failure. */
export const TASK_SUCCEEDED = 'succeed';

/** One made picture inside a task's reply. */
export const taskWork = z.looseObject({
  workId: z.union([z.string(), z.number()]),
  contentType: z.string(),
  resource: z.looseObject({ resource: z.string(), width: z.number(), height: z.number() }),
  status_name: z.string(),
  status_final: z.boolean(),
});
export type TaskWork = z.infer<typeof taskWork>;

/**
 * Reply of `POST /images/kolors` and `GET /tasks/{id}` as the vendor's page shows it. What we accept is wider: see
 * `domain/kolors/parse-task.ts`.
 */
export const taskReply = z.looseObject({
  status: z.number(),
  status_name: z.string(),
  status_final: z.boolean(),
  message: z.string().optional(),
  etaTime: z.number().optional(),
  task: z.looseObject({ id: z.union([z.string(), z.number()]) }),
  works: z.array(taskWork).optional(),
});
export type TaskReply = z.infer<typeof taskReply>;

/** File kind that `GET /assets/download` is asked for. */
export const DOWNLOAD_FILE_TYPE = 'PNG';

/** Reply of `GET /assets/download`: where the version without watermark lies. */
export const downloadReply = z.looseObject({ cdnUrl: z.url({ protocol: /^https?$/ }) });
