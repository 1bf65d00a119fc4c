import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The script that is put into every page before its own: it defines the global `eye` (`eye.ts`). */
export async function bundleEye(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL('eye.ts', import.meta.url)), formats: ['iife'], name: 'eye' },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const [chunk] = bundle !== undefined && 'output' in bundle ? bundle.output : [];
  if (chunk === undefined) throw new Error('The script for the page was not built');
  // Said outright: engines run such a script inside a function of theirs, where `var` makes no global.
  return `${chunk.code}\nglobalThis.eye = eye;`;
}
