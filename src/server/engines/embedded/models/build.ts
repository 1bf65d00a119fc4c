import path from 'node:path';
import { buildModels } from './build-models.ts';

/** `npm run build:models`: writes the detector's networks into the build folder. */
await buildModels(path.resolve(process.env['FACEBOUND_BUILD_DIR'] ?? 'dist', 'models'));
