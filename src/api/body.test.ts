import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BodyError, limitBody, readBody } from './body.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A body of pieces, each of so many bytes and so many milliseconds after the one before. */
function slowBody(pieces: readonly (readonly [bytes: number, afterMs: number])[]): ReadableStream<Uint8Array> {
  const left = [...pieces];
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = left.shift();
      if (next === undefined) return controller.close();
      await new Promise((resolve) => setTimeout(resolve, next[1]));
      controller.enqueue(new Uint8Array(next[0]));
    },
  });
}

/** How many bytes arrive, or why the body was given up. */
async function outcome(
  pieces: readonly (readonly [number, number])[],
  options: { readonly isPaced: boolean; readonly onPiece?: () => void },
): Promise<number | string> {
  const request = new Request('http://facebound.test/', {
    method: 'POST',
    body: slowBody(pieces),
    // Types of the web do not know it yet.
    ...{ duplex: 'half' },
  });
  const pace = { silenceMs: 30_000, bytesPerSecond: 1000, onPiece: options.onPiece ?? (() => {}) };
  const reader = limitBody(request, {
    maxBytes: 1e6,
    timeoutMs: 120_000,
    ...(options.isPaced ? { pace } : {}),
  }).getReader();
  const read = async () => {
    let bytes = 0;
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) bytes += piece.value.byteLength;
    return bytes;
  };
  const ended = read().catch((error: unknown) => (error instanceof BodyError ? error.failure : 'another error'));
  await vi.runAllTimersAsync();
  return ended;
}

const every = (ms: number, bytes: number, times: number) => Array.from({ length: times }, () => [bytes, ms] as const);

test('a host whose requests have no stream of their body gives it whole, within the same limits', async () => {
  const bodyless = (body: string | null) =>
    Object.defineProperty(new Request('http://facebound.test/', { method: 'POST', body }), 'body', {
      value: undefined,
    });
  const read = async (request: Request, maxBytes: number) => {
    const body = await readBody(request, { maxBytes, timeoutMs: 1000 });
    return body.ok ? new TextDecoder().decode(body.value) : body.error;
  };
  expect(await read(bodyless('{"imageReference":"x"}'), 100)).toBe('{"imageReference":"x"}');
  expect(await read(bodyless('{"imageReference":"x"}'), 10)).toBe('too-large');
  expect(await read(bodyless(null), 10)).toBe('');
  const used = bodyless('x');
  await used.text();
  expect(await read(used, 10)).toBe('gone');
});

describe('a body that is timed from its last piece', () => {
  test('may take longer than the time for all of it', async () => {
    expect(await outcome(every(10_000, 20_000, 30), { isPaced: true })).toBe(600_000);
    expect(await outcome(every(10_000, 20_000, 30), { isPaced: false })).toBe('too-slow');
  });

  test('is given up after a silence', async () => {
    expect(await outcome([...every(1_000, 1_000, 3), [1_000, 31_000]], { isPaced: true })).toBe('too-slow');
  });

  test('is given up when it only drips, once the time for any body is over', async () => {
    expect(await outcome(every(20_000, 1, 6), { isPaced: true })).toBe(6);
    expect(await outcome(every(20_000, 1, 7), { isPaced: true })).toBe('too-slow');
  });

  test('tells of every piece', async () => {
    const onPiece = vi.fn();
    await outcome(every(1_000, 1, 5), { isPaced: true, onPiece });
    expect(onPiece).toHaveBeenCalledTimes(5);
  });

  test('is not held to the time in which nobody reads it', async () => {
    const request = new Request('http://facebound.test/', { method: 'POST', body: 'all of it' });
    const pace = { silenceMs: 30_000, bytesPerSecond: 1000, onPiece: () => {} };
    const body = limitBody(request, { maxBytes: 100, timeoutMs: 120_000, pace });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(await new Response(body).text()).toBe('all of it');
  });
});
