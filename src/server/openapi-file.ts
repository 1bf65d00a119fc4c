import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { OpenApiDocument } from '#api/openapi/servers.ts';

/** Name of what `npm run build:openapi` writes into the build folder. */
export const OPENAPI_FILE = 'openapi.json';

/** Reads it. Rejects when it is not there or is something else: then the build is not whole. */
export const readOpenApi = async (file: URL): Promise<OpenApiDocument> =>
  z.looseObject({ openapi: z.literal('3.1.0') }).parse(JSON.parse(await readFile(file, 'utf8')));
