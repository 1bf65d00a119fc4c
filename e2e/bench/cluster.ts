import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RedisServer, startRedis } from '#testing/server/redis-server.ts';
import { type RunningServer, startServer } from '../fixtures/server.ts';
import { recognize, upload } from './client.ts';
import { type BenchPicture, differentGroups, drawnPictures } from './pictures.ts';
import { familyOf } from './processes.ts';
import type { Section } from './report.ts';

const COUNT = 40;
/** Calls at once: enough for each of two workers to have all that it takes. */
const AT_ONCE = 12;
/** Ticks a second in `/proc` (proc_pid_stat(5)). */
const TICKS_A_SECOND = 100;

/** What a run of all pictures took: on the clock, and of the processor, in milliseconds a picture. */
type Measured = { readonly wallMs: number; readonly processorMs: number; readonly workerMs: number };

/**
 * The same pictures by one process and by a cluster of web replica, Redis and one or two workers, each pinned to a core:
 * what a picture costs, and how much more two workers do than one, beside what the processor time of all that takes part
 * allows on this machine.
 */
export async function benchCluster(): Promise<Section[]> {
  const pictures = await differentGroups(COUNT);
  const single = await bySingleProcess(pictures);
  const one = await byCluster(pictures, [0]);
  const two = await byCluster(pictures, [0, 1]);
  const cores = availableParallelism();
  // One worker is held up by its own core; two by all cores together, which replica, Redis and caller need as well.
  const bound = Math.min(2, (cores * one.workerMs) / (two.processorMs + two.clientMs));
  const gain = one.wallMs / two.wallMs;
  return [
    {
      title: 'More than one process',
      conditions: `${COUNT} different drawn groups that were uploaded before, ${AT_ONCE} calls at once; processor time of replica, Redis, workers and their children; workers pinned to a core each`,
      figures: [
        { name: 'single process: processor time a picture', value: single.processorMs, unit: 'ms' },
        { name: 'cluster: processor time a picture', value: one.processorMs, unit: 'ms' },
        {
          name: 'cluster against single process',
          value: one.processorMs / single.processorMs,
          unit: '×',
          aim: { atMost: 1.3 },
        },
        { name: 'single process: pictures a second', value: 1000 / single.wallMs, unit: '' },
        { name: 'one worker: pictures a second', value: 1000 / one.wallMs, unit: '' },
        { name: 'two workers: pictures a second', value: 1000 / two.wallMs, unit: '' },
        { name: 'two workers against one', value: gain, unit: '×' },
        { name: 'what processor time allows', value: bound, unit: '×' },
        { name: 'share of what it allows', value: gain / bound, unit: '', aim: { atLeast: 0.9 } },
      ],
    },
  ];
}

async function bySingleProcess(pictures: readonly BenchPicture[]): Promise<Measured> {
  const server = await startServer();
  try {
    return await measure(server.origin, pictures, { others: [server], workers: [] });
  } finally {
    await server.stop();
  }
}

async function byCluster(
  pictures: readonly BenchPicture[],
  cores: readonly number[],
): Promise<Measured & { readonly clientMs: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'facebound-bench-'));
  const redis = await startRedis();
  const env = {
    FACEBOUND_QUEUE_URL: redis.url,
    FACEBOUND_SECRET: '07'.repeat(32),
    FACEBOUND_DATA_DIR: dataDir,
  };
  const started: RunningServer[] = [];
  try {
    for (const core of cores) {
      started.push(await startServer({ env: { ...env, FACEBOUND_ROLE: 'worker' }, pinnedTo: core }));
    }
    const web = await startServer({ env: { ...env, FACEBOUND_ROLE: 'web' } });
    const workers = [...started];
    started.push(web);
    const before = process.cpuUsage();
    const measured = await measure(web.origin, pictures, { others: [web], workers, redis });
    const { user, system } = process.cpuUsage(before);
    return { ...measured, clientMs: (user + system) / 1000 / pictures.length };
  } finally {
    for (const server of started) await server.stop();
    await redis.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

type Members = {
  readonly others: readonly RunningServer[];
  readonly workers: readonly RunningServer[];
  readonly redis?: RedisServer;
};

async function measure(origin: string, pictures: readonly BenchPicture[], members: Members): Promise<Measured> {
  const urls: string[] = [];
  for (const { bytes, type } of [...(await drawnPictures()).slice(0, 1), ...pictures]) {
    urls.push(await upload(origin, bytes, type));
  }
  // What is loaded at the first picture is loaded by now.
  const first = urls.shift();
  if (first !== undefined) await recognize(origin, first);
  const processorOf = async (servers: readonly RunningServer[]) => {
    const families = await Promise.all(servers.map(({ process }) => familyOf(process.pid ?? 0)));
    return families.flat().reduce((sum, { pid }) => sum + processorMs(pid), 0);
  };
  const look = async () => {
    const workers = await processorOf(members.workers);
    const redis = members.redis === undefined ? 0 : processorMs(members.redis.pid);
    return { workers, all: workers + redis + (await processorOf(members.others)) };
  };
  const before = await look();
  const began = performance.now();
  const flow = async () => {
    for (let url = urls.shift(); url !== undefined; url = urls.shift()) await recognize(origin, url);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, flow));
  const wallMs = performance.now() - began;
  const after = await look();
  return {
    wallMs: wallMs / pictures.length,
    processorMs: (after.all - before.all) / pictures.length,
    workerMs: (after.workers - before.workers) / pictures.length,
  };
}

/** Processor time of a process since it began, all its threads together, in milliseconds. Linux alone tells it so. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_A_SECOND;
}
