import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { errorText } from '#shared/error-text.ts';
import { asFields, asJson, asText } from '#shared/lenient.ts';
import { parseCommand } from './arguments.ts';
import { EXIT_CODES, HELP } from './help.ts';
import { runDetect } from './run.ts';

/**
 * Entry of the command line. Built, this file lies in `dist/server`, beside `dist/models`; run from source, in `src/cli`,
 * with the build's folder where the build wrote it.
 */
const isBuilt = import.meta.url.endsWith('.js');
const buildDir = isBuilt
  ? path.join(import.meta.dirname, '..')
  : path.resolve(import.meta.dirname, '../..', process.env['FACEBOUND_BUILD_DIR'] ?? 'dist');
const packageFile = new URL('../../package.json', import.meta.url);

// Who reads only the beginning (`| head`) wants no complaint; what was to be written elsewhere still is.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** Ends once everything is on its way: what is left of a large table would be lost at once. */
async function leave(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => stream.write('', () => resolve()));
  }
  process.exit(code);
}

const stopping = new AbortController();
const stop = () => {
  // A second one does not want to wait.
  if (stopping.signal.aborted) process.exit(EXIT_CODES.interrupted);
  stopping.abort();
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

const command = parseCommand(process.argv.slice(2));
const version = asText(asFields(asJson(await readFile(packageFile, 'utf8')))?.['version']) ?? '';
if (!command.ok) {
  process.stderr.write(`${command.error}. --help tells more.\n`);
  await leave(EXIT_CODES.usage);
} else if (command.value === 'help') {
  process.stdout.write(HELP);
  await leave(EXIT_CODES.ok);
} else if (command.value === 'version') {
  process.stdout.write(`${version}\n`);
  await leave(EXIT_CODES.ok);
} else {
  try {
    const outcome = await runDetect(command.value, {
      // npm changes to the package's folder; paths are meant from where the person typed.
      from: (process.env['npm_lifecycle_event'] === 'detect' ? process.env['INIT_CWD'] : undefined) ?? process.cwd(),
      environment: process.env,
      readInput: () => text(process.stdin),
      writeOut: (written) => process.stdout.write(written),
      writeError: (written) => process.stderr.write(written),
      terminal: { isTerminal: process.stderr.isTTY === true, columns: () => process.stderr.columns ?? 80 },
      modelsDir: path.join(buildDir, 'models'),
      version,
      signal: stopping.signal,
    });
    await leave(EXIT_CODES[outcome]);
  } catch (error) {
    if (stopping.signal.aborted) {
      process.stderr.write('Stopped. Nothing was written.\n');
      await leave(EXIT_CODES.interrupted);
    }
    process.stderr.write(`Facebound failed: ${errorText(error)}\n`);
    await leave(EXIT_CODES.mistake);
  }
}
