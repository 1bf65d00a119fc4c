import { connect, type Socket } from 'node:net';
import { noisyPng } from '#testing/server/pictures.ts';
import { startWebHost } from '#testing/server/web-host.ts';
import { type RunningServer, startServer } from '../fixtures/server.ts';
import { familyOf } from './processes.ts';
import type { Section } from './report.ts';
import { median } from './statistics.ts';

/** 24.5 MB as a PNG of noise, just below what a link may have. */
const LARGE_SIDE = 2858;
const SMALL_SIDE = 600;
const SLOW_READERS = 60;
const CALLERS = 80;
const TRIES = 9;
const SAMPLE_MS = 50;
const MB = 1e6;

/** The most that the server's own process held while something ran, in bytes; its child is none of it. */
async function peakOfServer(server: RunningServer, run: () => Promise<void>): Promise<number> {
  const pid = server.process.pid ?? 0;
  let peak = 0;
  let isRunning = true;
  const watching = (async () => {
    while (isRunning) {
      const own = (await familyOf(pid)).find((row) => row.pid === pid);
      peak = Math.max(peak, own?.residentBytes ?? 0);
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
  })();
  await run();
  isRunning = false;
  await watching;
  return peak;
}

/** Opens a session as the page does and gives its cookie. */
export async function openSession(origin: string, accessKey?: string): Promise<string> {
  const opened = await fetch(`${origin}/app/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(accessKey === undefined ? {} : { accessKey }),
  });
  return opened.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

/** Asks for a linked picture, and reads the head of the answer and no more. */
export function slowReader(origin: string, path: string, cookie: string): Promise<Socket> {
  const { port, host } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`),
    );
    socket.on('error', reject);
    socket.once('data', () => {
      socket.pause();
      resolve(socket);
    });
  });
}

/**
 * What strangers' links cost the server's own process: readers of the relay that do not read, and callers of one link that
 * is slow to detect; and how long somebody else's picture takes meanwhile.
 */
export async function benchLinks(): Promise<Section[]> {
  const [large, small] = [await noisyPng(LARGE_SIDE), await noisyPng(SMALL_SIDE, 1)];
  const host = await startWebHost((request, response) =>
    response.end(request.url?.startsWith('/small') === true ? small : large),
  );
  const server = await startServer({ env: { FACEBOUND_LINK_HOSTS: host.host } });
  const sockets: Socket[] = [];
  try {
    const cookie = await openSession(server.origin);
    const relay = (name: string) => `/app/image?url=${encodeURIComponent(`http://${host.host}/${name}`)}`;
    let asked = 0;
    const timeOfOther = async () => {
      const times: number[] = [];
      for (let count = 0; count < TRIES; count += 1) {
        const began = performance.now();
        asked += 1;
        const reply = await fetch(server.origin + relay(`small-${asked}.png`), { headers: { cookie } });
        if ((await reply.arrayBuffer()).byteLength !== small.byteLength) throw new Error(`Answered ${reply.status}`);
        times.push(performance.now() - began);
      }
      return median(times);
    };
    const usual = await timeOfOther();
    let besideReaders = 0;
    const peakOfReaders = await peakOfServer(server, async () => {
      const readers = Array.from({ length: SLOW_READERS }, (_, index) =>
        slowReader(server.origin, relay(`large.png?${index}`), cookie),
      );
      sockets.push(...(await Promise.all(readers)));
      besideReaders = await timeOfOther();
    });
    for (const socket of sockets) socket.destroy();
    let besideCallers = 0;
    const statuses: number[] = [];
    const peakOfCallers = await peakOfServer(server, async () => {
      const calls = Array.from({ length: CALLERS }, async () => {
        const reply = await fetch(`${server.origin}/v1/kling/images/recognize-faces`, {
          method: 'POST',
          headers: { authorization: 'Bearer anything', 'content-type': 'application/json' },
          body: JSON.stringify({ imageReference: `http://${host.host}/large.png` }),
        });
        await reply.arrayBuffer();
        statuses.push(reply.status);
      });
      besideCallers = await timeOfOther();
      await Promise.all(calls);
    });
    const served = statuses.filter((status) => status === 200).length;
    return [
      {
        title: 'Links that cost',
        conditions: `a picture of ${(large.byteLength / MB).toFixed(1)} MB; the server’s own process without its child; another’s picture of ${(small.byteLength / MB).toFixed(1)} MB by the relay, median of ${TRIES}`,
        figures: [
          { name: 'another’s picture, usually', value: usual, unit: 'ms' },
          {
            name: `peak with ${SLOW_READERS} readers that do not read`,
            value: peakOfReaders / MB,
            unit: 'MB',
            aim: { atMost: 550 },
          },
          { name: 'another’s picture meanwhile', value: besideReaders, unit: 'ms', aim: { atMost: 2 * usual } },
          {
            name: `peak with ${CALLERS} callers of one link`,
            value: peakOfCallers / MB,
            unit: 'MB',
            aim: { atMost: 550 },
          },
          { name: 'another’s picture meanwhile', value: besideCallers, unit: 'ms', aim: { atMost: 2 * usual } },
          { name: `of the ${CALLERS}, answered with faces`, value: served, unit: '', aim: { atLeast: CALLERS } },
        ],
      },
    ];
  } finally {
    for (const socket of sockets) socket.destroy();
    await server.stop();
    await host.close();
  }
}
