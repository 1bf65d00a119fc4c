import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type RedisServer, startRedis } from '#testing/server/redis-server.ts';
import { type RunningServer, startServer } from '../fixtures/server.ts';
import { recognize, upload } from './client.ts';
import { gainOfTwo, type RunCost } from './cluster-gain.ts';
import { type BenchPicture, differentGroups } from './pictures.ts';
import { familyOf } from './processes.ts';
import type { Section } from './report.ts';
import { unseenBytes } from './unseen-bytes.ts';

const run = promisify(execFile);

const COUNT = 60;
/** Calls at once: enough for each of two workers to have all that it takes. */
const AT_ONCE = 12;
/** Pictures before the clock runs, so that every detector has loaded and compiled what it needs. */
const WARM_UP = 12;
/** Ticks a second in `/proc` (proc_pid_stat(5)). */
const TICKS_A_SECOND = 100;

/**
 * What a cluster costs and what it brings. A picture's processor time is compared with everything of either kind on one
 * and the same core: two cores that share their caches make each other's work dearer, which would be held against whoever
 * uses both. What a second worker brings is measured with each worker on a core of its own and all others where they
 * like, beside what processor time allows (`gainOfTwo`).
 */
export async function benchCluster(): Promise<Section[]> {
  const pictures = await differentGroups(COUNT);
  const single = await bySingleProcess(pictures);
  const packed = await byCluster(pictures, { workerCores: [0], othersOn: 0 });
  const one = await byCluster(pictures, { workerCores: [0] });
  const two = await byCluster(pictures, { workerCores: [0, 1] });
  const { reached, allowed } = gainOfTwo(one, two, availableParallelism());
  const perSecond = ({ wallMs }: RunCost) => 1000 / wallMs;
  return [
    {
      title: 'More than one process: what a picture costs',
      conditions: `${COUNT} different drawn groups that were uploaded before, ${AT_ONCE} calls at once; all of a server on one core: the single process with its children, or replica, Redis and a worker with its children; whoever asks where it likes`,
      figures: [
        { name: 'single process: processor time a picture', value: single.serverMs, unit: 'ms' },
        { name: 'cluster: processor time a picture', value: packed.serverMs, unit: 'ms' },
        {
          name: 'cluster against single process',
          value: packed.serverMs / single.serverMs,
          unit: '×',
          aim: { atMost: 1.3 },
        },
        { name: 'single process: pictures a second', value: perSecond(single), unit: '' },
        { name: 'cluster: pictures a second', value: perSecond(packed), unit: '' },
      ],
    },
    {
      title: 'More than one process: what a second worker brings',
      conditions: `the same pictures; each worker with its children on a core of its own, replica, Redis and caller where they like, on ${availableParallelism()} cores in all`,
      figures: [
        { name: 'one worker: pictures a second', value: perSecond(one), unit: '' },
        { name: 'two workers: pictures a second', value: perSecond(two), unit: '' },
        { name: 'one worker: its processor time a picture', value: one.workerMs, unit: 'ms' },
        { name: 'two workers: their processor time a picture', value: two.workerMs, unit: 'ms' },
        { name: 'two workers: that of replica and Redis', value: two.serverMs - two.workerMs, unit: 'ms' },
        { name: 'two workers: that of the caller', value: two.callerMs, unit: 'ms' },
        { name: 'two workers against one', value: reached, unit: '×' },
        { name: 'what processor time allows', value: allowed, unit: '×' },
        { name: 'share of what it allows', value: reached / allowed, unit: '', aim: { atLeast: 0.9 } },
      ],
    },
  ];
}

async function bySingleProcess(pictures: readonly BenchPicture[]): Promise<RunCost> {
  const server = await startServer({ pinnedTo: 0 });
  try {
    return await measure(server.origin, pictures, { others: [server], workers: [] });
  } finally {
    await server.stop();
  }
}

async function byCluster(
  pictures: readonly BenchPicture[],
  { workerCores, othersOn }: { readonly workerCores: readonly number[]; readonly othersOn?: number },
): Promise<RunCost> {
  const dataDir = await mkdtemp(join(tmpdir(), 'facebound-bench-'));
  const redis = await startRedis();
  const env = {
    FACEBOUND_QUEUE_URL: redis.url,
    FACEBOUND_SECRET: '07'.repeat(32),
    FACEBOUND_DATA_DIR: dataDir,
  };
  const started: RunningServer[] = [];
  try {
    if (othersOn !== undefined) await run('taskset', ['-a', '-c', '-p', String(othersOn), String(redis.pid)]);
    for (const core of workerCores) {
      started.push(await startServer({ env: { ...env, FACEBOUND_ROLE: 'worker' }, pinnedTo: core }));
    }
    const workers = [...started];
    const web = await startServer({
      env: { ...env, FACEBOUND_ROLE: 'web' },
      ...(othersOn === undefined ? {} : { pinnedTo: othersOn }),
    });
    started.push(web);
    return await measure(web.origin, pictures, { others: [web], workers, redis });
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

/** Has all pictures looked at; nothing but that is counted, neither the uploads nor what is loaded at the first pictures. */
async function measure(origin: string, pictures: readonly BenchPicture[], members: Members): Promise<RunCost> {
  const uploadAll = async (given: readonly BenchPicture[]) => {
    const urls: string[] = [];
    for (const { bytes, type } of given) urls.push(await upload(origin, unseenBytes(bytes), type));
    return urls;
  };
  const recognizeAll = async (urls: string[]) => {
    const flow = async () => {
      for (let url = urls.shift(); url !== undefined; url = urls.shift()) await recognize(origin, url);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, flow));
  };
  const processorOf = async (servers: readonly RunningServer[]) => {
    const families = await Promise.all(servers.map(({ process }) => familyOf(process.pid ?? 0)));
    return families.flat().reduce((sum, { pid }) => sum + processorMs(pid), 0);
  };
  const look = async () => {
    const workers = await processorOf(members.workers);
    const redis = members.redis === undefined ? 0 : processorMs(members.redis.pid);
    return { workers, all: workers + redis + (await processorOf(members.others)) };
  };

  await recognizeAll(await uploadAll(pictures.slice(0, WARM_UP)));
  const urls = await uploadAll(pictures);
  const before = await look();
  const callerBefore = process.cpuUsage();
  const began = performance.now();
  await recognizeAll(urls);
  const wallMs = performance.now() - began;
  const caller = process.cpuUsage(callerBefore);
  const after = await look();
  return {
    wallMs: wallMs / pictures.length,
    serverMs: (after.all - before.all) / pictures.length,
    workerMs: (after.workers - before.workers) / pictures.length,
    callerMs: (caller.user + caller.system) / 1000 / pictures.length,
  };
}

/** Processor time of a process since it began, all its threads together, in milliseconds. Linux alone tells it so. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_A_SECOND;
}
