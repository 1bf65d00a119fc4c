import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../tools/free-port.ts';
import { exitOf, start, stop } from '../tools/processes.ts';
import {
  DRAG_STEPS,
  type Driver,
  type EngineStart,
  type Key,
  type Modifier,
  type NamedKey,
  type Place,
  type RunningEngine,
  WINDOW,
} from './driver.ts';
import { WEBKIT_DRIVER, XVFB } from './engines.ts';
import { temporaryFolders } from './folders.ts';
import { isReady, openSession, type Session } from './web-driver.ts';

const SHELL = fileURLToPath(new URL('../tools/wk-shell.py', import.meta.url));

/** Longer than a busy machine needs to start something, in milliseconds. */
const PATIENCE_MS = 60_000;
/** An empty window answers within seconds, in milliseconds. */
const ANSWERS_WITHIN_MS = 30_000;
/** How often a driver that starts is asked whether it is there, in milliseconds. */
const POLL_MS = 50;
/** So many ports in a row that were free a moment ago and are taken now mean something else. */
const MOST_ATTEMPTS = 5;

/** WebKitGTK, by WebDriver, on a screen of its own. */
export async function startWebKit({ eye }: EngineStart): Promise<RunningEngine> {
  const screen = await startScreen();
  return {
    close: () => stop(screen.process),
    visit: () => visit(screen.display, eye),
  };
}

/** A screen without a monitor, under a number that the X server chooses among the free ones. */
async function startScreen(): Promise<{ readonly process: ChildProcess; readonly display: string }> {
  const args = ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
  const screen = start(XVFB, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const told = screen.stdio[3];
  if (!(told instanceof Readable)) throw new Error('Xvfb has no way to tell its number');
  for await (const line of createInterface({ input: told })) return { process: screen, display: `:${line}` };
  throw new Error(`Xvfb ended with code ${await exitOf(screen)} instead of starting`);
}

/** A window whose web process answers: on a busy machine one in hundreds never does, whatever the page. */
async function visit(display: string, eye: string): Promise<Driver> {
  for (let attempt = 1; ; attempt++) {
    const driver = await openWindow(display, eye);
    const answer = driver.evaluate('document.readyState').catch(() => undefined);
    if ((await Promise.race([answer, setTimeout(ANSWERS_WITHIN_MS)])) !== undefined) return driver;
    await driver.close();
    if (attempt === MOST_ATTEMPTS) throw new Error('No window of WebKit answers');
  }
}

async function openWindow(display: string, eye: string): Promise<Driver> {
  const folders = await temporaryFolders('webkit');
  const eyePath = join(folders.profile, 'eye.js');
  await writeFile(eyePath, eye);
  const { driver, origin, written } = await startWebDriver({
    DISPLAY: display,
    HOME: folders.profile,
    XDG_RUNTIME_DIR: folders.profile,
    NO_AT_BRIDGE: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
  });
  const args = [`--profile=${folders.profile}`, `--downloads=${folders.downloads}`, `--eye=${eyePath}`];
  const session = await openSession(origin, { 'webkitgtk:browserOptions': { binary: SHELL, args } });
  await session.call('POST', '/timeouts', { script: 2 * PATIENCE_MS, pageLoad: 2 * PATIENCE_MS, implicit: 0 });
  const resizeTo = async (width: number, height: number) => {
    await session.call('POST', '/window/rect', { x: 0, y: 0, width, height });
  };
  await resizeTo(WINDOW.width, WINDOW.height);
  const { pointer, key } = handsOf(session);

  return {
    engine: 'webkit',
    downloads: folders.downloads,
    handed: folders.handed,
    resizeTo,
    async open(url) {
      await session.call('POST', '/url', { url });
    },
    async reload() {
      await session.call('POST', '/refresh', {});
    },
    evaluate: (expression) => session.evaluate(expression),
    async upload(paths) {
      await session.sendKeys('input[type=file]', paths.join('\n'));
    },
    click: ({ x, y }, times = 1) => {
      const press = [
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      return pointer([move({ x, y }), ...press, ...(times === 2 ? press : [])]);
    },
    moveTo: (place) => pointer([move(place)]),
    async press(name) {
      await key([
        { type: 'keyDown', value: codeOf(name) },
        { type: 'keyUp', value: codeOf(name) },
      ]);
    },
    async hold(name, meanwhile) {
      await key([{ type: 'keyDown', value: codeOf(name) }]);
      await meanwhile();
      await key([{ type: 'keyUp', value: codeOf(name) }]);
    },
    // Not by keys: the driver presses the key of a character without the Shift that it needs (":" arrives as ";").
    async type(text) {
      await session.evaluate(`eye.write(${JSON.stringify(text)})`);
    },
    // With a key held the driver turns the wheel without it: then the page gets the event that the engine would make.
    async wheel({ x, y }, deltaY, held) {
      if (held !== undefined) {
        await session.evaluate(`eye.turnWheel(${JSON.stringify({ x, y, deltaY, held })})`);
        return;
      }
      const turn = { type: 'scroll', x: Math.round(x), y: Math.round(y), deltaX: 0, deltaY, origin: 'viewport' };
      await session.act([{ type: 'wheel', id: 'wheel', actions: [turn] }]);
    },
    async drag(from, to) {
      const steps = Array.from({ length: DRAG_STEPS }, (_, step) => {
        const along = (step + 1) / DRAG_STEPS;
        return move({ x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along }, 20);
      });
      await pointer([move(from), { type: 'pointerDown', button: 0 }, ...steps, { type: 'pointerUp', button: 0 }]);
    },
    screenshot: () => session.screenshot(),
    problems: () => written.filter(isProblem),
    async close() {
      // A window that hangs does not end its session; its process ends it.
      await Promise.race([session.end().catch(() => {}), setTimeout(ANSWERS_WITHIN_MS)]);
      await stop(driver);
      await folders.remove();
    },
  };
}

/** Starts WebKit's driver on a free port; on another one when somebody took it in between. */
async function startWebDriver(env: Readonly<Record<string, string>>) {
  for (let attempt = 1; ; attempt++) {
    const origin = `http://127.0.0.1:${await freePort()}`;
    const driver = start(WEBKIT_DRIVER, [`--port=${new URL(origin).port}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const written: string[] = [];
    for (const stream of [driver.stdout, driver.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => written.push(line));
    }
    if (await comesUp(driver, origin)) return { driver, origin, written };
    await stop(driver);
    if (attempt === MOST_ATTEMPTS) throw new Error(`WebKitWebDriver does not start. It wrote:\n${written.join('\n')}`);
  }
}

/** Waits until the driver answers; false when it ends instead. */
async function comesUp(driver: ChildProcess, origin: string): Promise<boolean> {
  const ended = exitOf(driver).then(() => true);
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    if (await isReady(origin)) return driver.exitCode === null;
    if (await Promise.race([ended, setTimeout(POLL_MS, false)])) return false;
  }
  return false;
}

/** Said of a script that was fetched ahead on a machine that is too busy to run it within seconds. */
const FETCHED_AHEAD = /was preloaded using link preload but not used within a few seconds/;

/** What WebKit writes for its console: errors and warnings of scripts, workers, and what it refuses itself. */
const isProblem = (line: string): boolean =>
  /\bCONSOLE (?:[A-Z]+ )?(?:ERROR|WARN)/.test(line) && !FETCHED_AHEAD.test(line);

/** Mouse and keyboard of a session. */
const handsOf = (session: Session) => ({
  pointer: (actions: readonly object[]) =>
    session.act([{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }]),
  key: (actions: readonly object[]) => session.act([{ type: 'key', id: 'keys', actions }]),
});

const move = ({ x, y }: Place, duration = 0) => ({
  type: 'pointerMove',
  x: Math.round(x),
  y: Math.round(y),
  origin: 'viewport',
  duration,
});

/** WebDriver's code for a key (https://www.w3.org/TR/webdriver2/#keyboard-actions); a character stands for itself. */
const CODES: Readonly<Record<NamedKey | Modifier, string>> = {
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Control: '\uE009',
  End: '\uE010',
  Enter: '\uE007',
  Escape: '\uE00C',
  Home: '\uE011',
  Shift: '\uE008',
};
const isNamed = (key: Key | Modifier): key is NamedKey | Modifier => key in CODES;
const codeOf = (key: Key | Modifier): string => (isNamed(key) ? CODES[key] : key);
