import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ENTRY = path.join(import.meta.dirname, '../../cli/detect.ts');

/** How the command ended, and all that it wrote. */
export type Ended = { readonly code: number | null; readonly out: string; readonly error: string };

/** Starts the command line from source, as a process of its own with nothing of this one's environment but the path. */
export function startCommand(
  args: readonly string[],
  options: {
    /** Folder that it is typed in. */
    readonly cwd: string;
    /** Folder with the built networks in `models`. */
    readonly buildDir: string;
    readonly env?: Readonly<Record<string, string>>;
    /** What is typed into it. */
    readonly input?: string;
  },
): ChildProcess {
  const loader = pathToFileURL(createRequire(ENTRY).resolve('tsx')).href;
  const child = spawn(process.execPath, ['--import', loader, ENTRY, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], FACEBOUND_BUILD_DIR: options.buildDir, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  return child;
}

/** Waits for its end. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let [out, error] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  const [code]: unknown[] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, out, error };
}
