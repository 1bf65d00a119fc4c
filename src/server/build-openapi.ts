import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { openApiDocument } from '#api/openapi/document.ts';
import { OPENAPI_FILE } from './openapi-file.ts';

/** `npm run build:openapi`: writes the contract, made from its schemas, into the build folder. */
const folder = path.resolve(process.env['FACEBOUND_BUILD_DIR'] ?? 'dist');
const packageFile = new URL('../../package.json', import.meta.url);
const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(packageFile, 'utf8')));
await mkdir(folder, { recursive: true });
await writeFile(path.join(folder, OPENAPI_FILE), JSON.stringify(openApiDocument({ version })));
