import { z } from 'zod';

/** One session of a WebDriver (https://www.w3.org/TR/webdriver2/), in the few words that are needed here. */
export type Session = {
  /** A command of the session, by its path below it; gives its value. */
  call(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown>;
  /** Evaluates an expression in the page and waits for what it promises. */
  evaluate(expression: string): Promise<unknown>;
  /** Does what input devices do, each in a list of its own. */
  act(sources: readonly object[]): Promise<void>;
  /** Sends text to the first element that a CSS selector finds; for a file input that is paths, one a line. */
  sendKeys(selector: string, text: string): Promise<void>;
  screenshot(): Promise<Buffer>;
  end(): Promise<void>;
};

/** The name under which WebDriver carries an element's reference. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const envelope = z.object({ value: z.unknown() });
const newSession = z.object({ sessionId: z.string() });
const element = z.object({ [ELEMENT]: z.string() });
const outcome = z.union([z.object({ value: z.unknown() }).strict(), z.object({ thrown: z.string() })]);

/** Opens a session with these capabilities. Throws whenever the driver refuses something, in its own words. */
export async function openSession(origin: string, capabilities: object): Promise<Session> {
  const opened = await command('POST', `${origin}/session`, { capabilities: { alwaysMatch: capabilities } });
  const base = `${origin}/session/${newSession.parse(opened).sessionId}`;
  const call: Session['call'] = (method, path, body) => command(method, base + path, body);
  return {
    call,
    async evaluate(expression) {
      const script = `const done = arguments[0];
        new Promise((resolve) => resolve(${expression})).then(
          (value) => done({ value: value ?? null }),
          (thrown) => done({ thrown: String(thrown?.stack ?? thrown) }),
        );`;
      const result = outcome.parse(await call('POST', '/execute/async', { script, args: [] }));
      if ('thrown' in result) throw new Error(result.thrown);
      return result.value;
    },
    async act(actions) {
      await call('POST', '/actions', { actions });
    },
    async sendKeys(selector, text) {
      const found = element.parse(await call('POST', '/element', { using: 'css selector', value: selector }));
      await call('POST', `/element/${found[ELEMENT]}/value`, { text });
    },
    screenshot: async () => Buffer.from(z.string().parse(await call('GET', '/screenshot')), 'base64'),
    async end() {
      await command('DELETE', base);
    },
  };
}

async function command(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = envelope.parse(await response.json());
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${JSON.stringify(value)}`);
  return value;
}

/** Whether a driver answers at this address. */
export const isReady = (origin: string): Promise<boolean> =>
  fetch(`${origin}/status`).then(
    ({ ok }) => ok,
    () => false,
  );
