import * as z from 'zod/mini';
import { ENGINE_NAMES } from './routes.ts';

/** Reply of `GET /app/config`: what the page may know about its server. Never a secret. */
export const appConfig = z.object({
  version: z.string(),
  /** The engine behind `/v1/kling`, and the page's first choice. */
  defaultEngine: z.enum(ENGINE_NAMES),
  /** Whether the server holds a token of its own for the `kling` engine. */
  serverHasToken: z.boolean(),
  /** Base URL of the live service, for showing requests. */
  klingBaseUrl: z.url(),
  /** True when the server is only reachable from this machine: then "nothing leaves this machine" is true. */
  loopbackOnly: z.boolean(),
  /** True when the page must ask for the access key before it can open a session. */
  accessKeyRequired: z.boolean(),
  /** Mark of the embedded engine's detector, as `facebound-detector` has it on its answers. */
  detector: z.optional(z.string()),
});
export type AppConfig = z.infer<typeof appConfig>;
