import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright';
import { findChromium } from './chromium.ts';
import { run } from './processes.ts';

/** A download that stands still must not hold the tests; Playwright's Chromium is about 180 MB. */
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

/** The outside world of `ensureChromium`, so that its decisions can be tested without a network. */
export type Machine = {
  /** Path of a browser that is there, or undefined. */
  find(): string | undefined;
  /** Undefined when the browser starts, otherwise why not. */
  whyNotStarting(executablePath: string): Promise<string | undefined>;
  /** Playwright's own download; true when it ended well. */
  downloadWithPlaywright(): Promise<boolean>;
  /** Prefix that runs a command as root without asking, or undefined when there is no apt-get or no such right. */
  aptPrefix(): Promise<readonly string[] | undefined>;
  /** Debian's `chromium` package, and its headless shell where there is one; the path of the browser when it ended well. */
  installWithApt(prefix: readonly string[]): Promise<string | undefined>;
  say(line: string): void;
};

export type Chromium = { readonly executablePath: string } | { readonly problem: string };

/**
 * A browser that starts: the one that is there, else Playwright's download, else Debian's package. Otherwise a
 * sentence that says what was tried and what a person can do.
 */
export async function ensureChromium(machine: Machine = thisMachine): Promise<Chromium> {
  const tried: string[] = [];
  const check = async (path: string | undefined, how: string): Promise<string | undefined> => {
    if (path === undefined) return undefined;
    const reason = await machine.whyNotStarting(path);
    if (reason === undefined) return path;
    tried.push(`${how} is at ${path} but does not start (${reason})`);
    return undefined;
  };

  const found = await check(machine.find(), 'a browser');
  if (found !== undefined) return { executablePath: found };

  machine.say('No Chromium or Chrome that starts: fetching one with Playwright.');
  if (await machine.downloadWithPlaywright()) {
    const downloaded = await check(machine.find(), "Playwright's Chromium");
    if (downloaded !== undefined) return { executablePath: downloaded };
  } else {
    tried.push("Playwright's download failed");
  }

  const prefix = await machine.aptPrefix();
  if (prefix === undefined) {
    tried.push('apt-get is not there or not allowed without a password');
  } else {
    machine.say("Trying Debian's chromium package.");
    const installed = await check(await machine.installWithApt(prefix), "Debian's Chromium");
    if (installed !== undefined) return { executablePath: installed };
    tried.push("Debian's chromium package did not help");
  }
  return {
    problem: `No browser to test with: ${tried.join('; ')}. Install Chromium or Chrome, or set CHROMIUM_PATH to one.`,
  };
}

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

const thisMachine: Machine = {
  find: () => findChromium().executablePath,

  async whyNotStarting(executablePath) {
    try {
      const browser = await chromium.launch({ ...findChromium(), executablePath });
      await browser.close();
      return undefined;
    } catch (error) {
      const [firstLine = 'no reason given'] = String(error instanceof Error ? error.message : error).split('\n');
      return firstLine;
    }
  },

  async downloadWithPlaywright() {
    const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
    const code = await run(process.execPath, [cli, 'install', 'chromium'], { timeoutMs: DOWNLOAD_TIMEOUT_MS });
    return code === 0;
  },

  async aptPrefix() {
    if (!existsSync('/usr/bin/apt-get')) return undefined;
    if (process.getuid?.() === 0) return [];
    const sudo = ['sudo', '-n'];
    const mayInstall = (await run('sudo', ['-n', 'true'], { stdio: 'ignore' })) === 0;
    return mayInstall ? sudo : undefined;
  },

  async installWithApt(prefix) {
    const apt = async (...args: string[]) => {
      const [command = 'env', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
      return (await run(command, rest, { timeoutMs: DOWNLOAD_TIMEOUT_MS })) === 0;
    };
    await apt('update');
    const isInstalled = await apt('install', '-y', '--no-install-recommends', 'chromium');
    // Not every release has it, and it only saves time: see `findHeadlessShell`.
    await apt('install', '-y', '--no-install-recommends', 'chromium-headless-shell');
    return isInstalled && existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined;
  },

  say: (line) => console.log(line),
};
