/**
 * Keeps zod from compiling its parsers: it would try `new Function`, which our Content-Security-Policy stops and
 * reports. Imported before everything else, because zod tries when the first schema is made.
 */
import { config } from 'zod/mini';

config({ jitless: true });
