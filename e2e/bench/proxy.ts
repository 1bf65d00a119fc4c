import { contractPaths, engineBase } from '#contract/routes.ts';
import { type FakeVendor, startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { type RunningServer, startServer } from '../fixtures/server.ts';
import { familyOf } from './processes.ts';
import type { Section } from './report.ts';
import { percentile } from './statistics.ts';

/** Clients at a time, and pairs of calls that each makes; the first ones open connections and do not count. */
const CLIENTS = 4;
const PAIRS = 500;
const WARM_UP = 50;

const UPLOADS = 200;
const UPLOAD_BYTES = 1_000_000;
const SAMPLE_MS = 20;
const MB = 1e6;

/** What our server adds to a call of the live service, and what many uploads at once cost it. */
export async function benchProxy(): Promise<Section[]> {
  // No boxes, so that the vendor does not spend its time on drawing crops.
  const vendor = await startFakeVendor({ boxes: [] });
  const server = await startServer({
    env: { USEAPI_TOKEN: vendor.token, USEAPI_BASE_URL: vendor.baseUrl, FACEBOUND_LINK_HOSTS: vendor.host },
  });
  try {
    return [await addedLatency(vendor, server), await manyUploads(vendor, server)];
  } finally {
    await server.stop();
    await vendor.close();
  }
}

async function addedLatency(vendor: FakeVendor, server: RunningServer): Promise<Section> {
  const direct: number[] = [];
  const proxied: number[] = [];
  const ask = async (base: string, times: number[]) => {
    const startedAt = performance.now();
    const response = await fetch(`${base}${contractPaths.recognizeFaces}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${vendor.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ imageReference: 'https://example.com/image.jpg' }),
    });
    const text = await response.text();
    times.push(performance.now() - startedAt);
    if (response.status !== 200) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  };
  const throughUs = `${server.origin}${engineBase('kling')}`;
  const client = async (): Promise<void> => {
    for (let pair = 0; pair < PAIRS + WARM_UP; pair++) {
      const counts = pair >= WARM_UP;
      await ask(vendor.baseUrl, counts ? direct : []);
      await ask(throughUs, counts ? proxied : []);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const added = (share: number) => percentile(proxied, share) - percentile(direct, share);
  return {
    title: 'Proxy to the live service: added latency',
    conditions: `${proxied.length} detections through the server and as many straight to the fake vendor, in turn, ${CLIENTS} clients at a time`,
    figures: [
      { name: 'direct, p50', value: percentile(direct, 0.5), unit: 'ms' },
      { name: 'direct, p99', value: percentile(direct, 0.99), unit: 'ms' },
      { name: 'through the server, p50', value: percentile(proxied, 0.5), unit: 'ms' },
      { name: 'through the server, p99', value: percentile(proxied, 0.99), unit: 'ms' },
      { name: 'added, p50', value: added(0.5), unit: 'ms', aim: { atMost: 5 } },
      { name: 'added, p99', value: added(0.99), unit: 'ms', aim: { atMost: 25 } },
    ],
  };
}

async function manyUploads(vendor: FakeVendor, server: RunningServer): Promise<Section> {
  const { pid } = server.process;
  const resident = async () => (await familyOf(pid ?? 0)).find((row) => row.pid === pid)?.residentBytes ?? Number.NaN;
  vendor.reset();
  const before = await resident();
  let peak = before;
  let isMeasuring = true;
  const measuring = (async () => {
    while (isMeasuring) {
      peak = Math.max(peak, await resident());
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
  })();
  const startedAt = performance.now();
  const answers = await Promise.all(
    Array.from({ length: UPLOADS }, async (_, index) => {
      const response = await fetch(`${server.origin}${engineBase('kling')}${contractPaths.assets}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${vendor.token}`, 'content-type': 'image/jpeg' },
        body: Buffer.alloc(UPLOAD_BYTES, index),
      });
      await response.text();
      return response.status;
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  isMeasuring = false;
  await measuring;
  const whole = vendor
    .callsTo('assets')
    .filter(({ body }) => body.length === UPLOAD_BYTES && body.every((byte) => byte === body[0]));
  const different = new Set(whole.map(({ body }) => body[0])).size;
  return {
    title: 'Proxy to the live service: uploads at once',
    conditions: `${UPLOADS} uploads of 1 MB at once; resident memory of the server every ${SAMPLE_MS} ms`,
    figures: [
      {
        name: 'answered 200',
        value: answers.filter((status) => status === 200).length,
        unit: `of ${UPLOADS}`,
        aim: { atLeast: UPLOADS },
      },
      { name: 'arrived whole at the vendor', value: different, unit: `of ${UPLOADS}`, aim: { atLeast: UPLOADS } },
      { name: 'took', value: seconds, unit: 's' },
      { name: 'resident memory before', value: before / MB, unit: 'MB' },
      // 256 MB read as 256 · 2²⁰, as the page's own limits are.
      { name: 'grew at most by', value: (peak - before) / MB, unit: 'MB', aim: { atMost: (256 * 2 ** 20) / MB } },
    ],
  };
}
