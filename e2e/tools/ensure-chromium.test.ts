import { expect, it } from 'vitest';
import { ensureChromium, type Machine } from './ensure-chromium.ts';

/** A machine where nothing works, and what was asked of it. */
function machine(abilities: Partial<Machine>) {
  const asked: string[] = [];
  const value: Machine = {
    find: () => undefined,
    whyNotStarting: async () => undefined,
    downloadWithPlaywright: async () => {
      asked.push('playwright');
      return false;
    },
    aptPrefix: async () => undefined,
    installWithApt: async () => {
      asked.push('apt');
      return undefined;
    },
    say: () => undefined,
    ...abilities,
  };
  return { value, asked };
}

it('takes the browser that is there and installs nothing', async () => {
  const { value, asked } = machine({ find: () => '/opt/chrome' });
  expect(await ensureChromium(value)).toEqual({ executablePath: '/opt/chrome' });
  expect(asked).toEqual([]);
});

it("downloads Playwright's browser when there is none", async () => {
  let isThere = false;
  const { value } = machine({
    find: () => (isThere ? '/cache/chrome' : undefined),
    downloadWithPlaywright: async () => {
      isThere = true;
      return true;
    },
  });
  expect(await ensureChromium(value)).toEqual({ executablePath: '/cache/chrome' });
});

it("goes on to Debian's package when the download fails", async () => {
  const { value, asked } = machine({
    aptPrefix: async () => ['sudo', '-n'],
    installWithApt: async (prefix) => (prefix.join(' ') === 'sudo -n' ? '/usr/bin/chromium' : undefined),
  });
  expect(await ensureChromium(value)).toEqual({ executablePath: '/usr/bin/chromium' });
  expect(asked).toEqual(['playwright']);
});

it("goes on to Debian's package when the downloaded browser lacks its libraries", async () => {
  const { value } = machine({
    find: () => '/cache/chrome',
    whyNotStarting: async (path) => (path === '/cache/chrome' ? 'libnss3.so is missing' : undefined),
    downloadWithPlaywright: async () => true,
    aptPrefix: async () => [],
    installWithApt: async () => '/usr/bin/chromium',
  });
  expect(await ensureChromium(value)).toEqual({ executablePath: '/usr/bin/chromium' });
});

it('says what was tried and what to do when nothing works', async () => {
  const { value } = machine({});
  expect(await ensureChromium(value)).toEqual({
    problem:
      "No browser to test with: Playwright's download failed; apt-get is not there or not allowed without a password. Install Chromium or Chrome, or set CHROMIUM_PATH to one.",
  });
});
