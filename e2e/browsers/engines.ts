import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

export const ENGINE_NAMES = ['chromium', 'firefox', 'webkit'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** Where Debian, Ubuntu, Fedora and macOS put a Firefox that somebody installed. */
const FIREFOX_PLACES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/** The Firefox to test with: `FIREFOX_PATH` when set, else an installed one. */
export const findFirefox = (): string | undefined =>
  [process.env['FIREFOX_PATH'], ...FIREFOX_PLACES].find(
    (path): path is string => path !== undefined && path !== '' && existsSync(path),
  );

export const WEBKIT_DRIVER = '/usr/bin/WebKitWebDriver';
export const XVFB = '/usr/bin/Xvfb';
/** Debian's own, to which its packages bring the bindings; another one on the PATH has none. */
export const SYSTEM_PYTHON = '/usr/bin/python3';

/** What each engine wants, in Debian's words. */
const PACKAGES: Readonly<Record<EngineName, string>> = {
  chromium: 'chromium',
  firefox: 'firefox-esr',
  webkit: 'webkit2gtk-driver xvfb python3-gi gir1.2-webkit2-4.1',
};

const LABELS: Readonly<Record<EngineName, string>> = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' };

/** The engines that this machine has. Chromium is always one of them: without it `npm test` does not come this far. */
export async function findEngines(): Promise<readonly EngineName[]> {
  const isThere = { chromium: true, firefox: findFirefox() !== undefined, webkit: await hasWebKit() };
  return ENGINE_NAMES.filter((name) => isThere[name]);
}

async function hasWebKit(): Promise<boolean> {
  if (![WEBKIT_DRIVER, XVFB, SYSTEM_PYTHON].every((path) => existsSync(path))) return false;
  const bindings = 'import gi; gi.require_version("Gtk", "3.0"); gi.require_version("WebKit2", "4.1")';
  return promisify(execFile)(SYSTEM_PYTHON, ['-c', bindings]).then(
    () => true,
    () => false,
  );
}

/** One line for a person whose machine lacks engines; undefined when it has all. */
export function lackOf(found: readonly EngineName[]): string | undefined {
  const lacking = ENGINE_NAMES.filter((name) => !found.includes(name));
  if (lacking.length === 0) return undefined;
  const names = lacking.map((name) => LABELS[name].toUpperCase()).join(' AND ');
  const packages = lacking.map((name) => PACKAGES[name]).join(' ');
  return `!!! NOT TESTED IN ${names}: not on this machine (Debian: apt-get install ${packages}) !!!`;
}
