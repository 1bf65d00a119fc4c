import { z } from 'zod';
import { ASPECT_RATIOS, FACE_STRENGTH, IMAGE_COUNT, MAX_PROMPT_LENGTH } from './kolors.ts';

/*
 * Requests and replies as they are documented, for `openapi.json` and nothing else: what is accepted is wider, and each
 * reader of this project has a schema of its own for that. Objects may have more than is said here.
 */

/** Body of `POST /images/recognize-faces`, as JSON or as a form. */
export const recognizeFacesRequest = z.object({
  imageReference: z
    .url({ protocol: /^https?$/ })
    .describe('Address of the picture: a link, or the url that an upload gave.'),
  email: z.string().optional().describe('Kling account; needed where several are configured.'),
});

/** Body of `POST /images/kolors`. */
export const kolorsRequest = z.object({
  email: z.string().optional().describe('Kling account that pays; needed where several are configured.'),
  prompt: z.string().min(1).max(MAX_PROMPT_LENGTH),
  reference: z.enum(['none', 'subject', 'face', 'restyle']).optional(),
  imageReference: z.url().optional().describe('Needed when reference is not none.'),
  faceNo: z.int().min(1).optional().describe('Which face, counted from 1: its place in faceItems plus one.'),
  faceStrength: z.int().min(FACE_STRENGTH.min).max(FACE_STRENGTH.max).optional(),
  aspect_ratio: z.enum(ASPECT_RATIOS).optional(),
  imageCount: z.int().min(IMAGE_COUNT.min).max(IMAGE_COUNT.max).optional().describe('One credit a picture.'),
  version: z.string().optional().describe('Only kling-v2-1 takes a face.'),
});

/** A configured account. */
export const documentedAccount = z.object({
  email: z.string(),
  maxJobs: z.int().optional(),
  error: z.string().optional(),
  balance: z.object({ total: z.number() }).optional().describe('Credits left; where one account is asked for.'),
});

/** Reply of `GET /accounts`, by email. */
export const documentedAccounts = z.record(z.string(), documentedAccount);

const madePicture = z.object({ resource: z.string(), width: z.number().optional(), height: z.number().optional() });

/** A task: reply of `POST /images/kolors` and of `GET /tasks/{id}`. */
export const documentedTask = z.object({
  status: z.int(),
  status_name: z.string().describe('succeed when it went well; any other that is final is a failure.'),
  status_final: z.boolean(),
  message: z.string().optional(),
  etaTime: z.number().optional().describe('Milliseconds that it may still take.'),
  task: z.object({ id: z.string() }),
  works: z
    .array(
      z.object({
        workId: z.string(),
        contentType: z.string().optional(),
        resource: madePicture.optional(),
        status_name: z.string().optional(),
        status_final: z.boolean().optional(),
      }),
    )
    .optional(),
});

/** Reply of `DELETE /tasks/{id}`. */
export const documentedTaskRemoval = z.object({
  deleted: z.union([z.boolean(), z.number(), z.string()]),
  workIds: z.array(z.string()).optional(),
});

/** Reply of `GET /assets/uploaded/`. */
export const documentedUploads = z.object({
  uploadAssetsList: z.array(
    z.object({
      id: z.union([z.string(), z.int()]),
      name: z.string(),
      contentType: z.string().optional(),
      resource: madePicture,
      createTime: z.number().optional().describe('Milliseconds since 1970.'),
    }),
  ),
});

/** Reply of `DELETE /assets/uploaded/`. */
export const documentedUploadRemoval = z.object({
  deleted: z.number().optional(),
  ids: z.array(z.union([z.string(), z.int()])).describe('What is gone.'),
});

/** Reply of `GET /scheduler/available`. */
export const documentedFreePlaces = z.object({
  available: z.array(z.object({ email: z.string(), available: z.int(), maxJobs: z.int().optional() })),
});

/** Reply of `GET /assets/download`. */
export const documentedDownload = z.object({ cdnUrl: z.url() });

/** Any refusal. The live service's are passed on as they come. */
export const documentedRefusal = z.object({
  error: z.union([z.string(), z.object({ message: z.string().optional() })]),
  code: z.int().optional().describe('The status once more.'),
  reason: z
    .string()
    .optional()
    .describe('Why this server refused, for programs; never on answers of the live service.'),
});
