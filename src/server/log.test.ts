import { getPath } from 'hono/utils/url';
import { expect, test } from 'vitest';
import { createLogger, loggablePath } from './log.ts';

test('cuts secrets out of every field', () => {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'info',
    write: (line) => lines.push(line),
    secrets: ['user:1-"a\\b', undefined],
  });
  logger.warn('with user:1-"a\\b', { path: '/x?t=user:1-"a\\b' });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'warn',
    message: 'with [redacted]',
    path: '/x?t=[redacted]',
  });
});

test('writes nothing below its level', () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'error', write: (line) => lines.push(line) });
  logger.info('a');
  logger.warn('b');
  logger.error('c');
  expect(lines).toHaveLength(1);
});

test.each([
  ['/app/image?url=https%3A%2F%2Fprivate.example%2Fme.jpg&x=1', '/app/image?url=…&x=1'],
  ['/v1/kling/assets/?email=me@example.com', '/v1/kling/assets/?email=…'],
  ['/v1/kling/accounts/me%40example.com', '/v1/kling/accounts/…'],
  [`/files/${'ab'.repeat(32)}.jpg`, '/files/abababab…'],
  ['/healthz', '/healthz'],
  [`/%66iles/${'ab'.repeat(32)}.jpg`, '/files/abababab…'],
  ['/v1/kling/%61ccounts/me%40example.com', '/v1/kling/accounts/…'],
])('logs %s as %s', (path, logged) => {
  const url = `http://127.0.0.1${path}`;
  expect(loggablePath(getPath(new Request(url)), url)).toBe(logged);
});
