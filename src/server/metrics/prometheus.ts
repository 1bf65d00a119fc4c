import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { DETECTION_STEPS } from '#detector/detection.ts';
import type { ChildName, Figures, QueueLook, QueueName } from './figures.ts';

/** Only whoever sets `FACEBOUND_METRICS` loads this: with prom-client it is a chunk of its own. */

/** Upper ends of classes, in seconds: an answer from memory up to a call of the live service at its limit. */
const CALL_SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
const DETECTION_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 20];
const STORE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** How long a queue may take to say what waits, in milliseconds: whoever scrapes does not wait for one that is away. */
const LOOK_MS = 1_000;

/** Statuses that are told one by one; a service behind us may make up others, which are told by their hundred. */
const STATUSES: ReadonlySet<number> = new Set([
  200, 201, 204, 206, 301, 302, 304, 400, 401, 402, 403, 404, 405, 408, 410, 412, 413, 415, 422, 429, 499, 500, 501,
  502, 503, 504, 507, 596,
]);

/** Figures as Prometheus reads them, on a registry of their own. Labels are words of closed sets. */
export function createPrometheusFigures(version: string): Omit<Figures, 'close'> & {
  readonly contentType: string;
  readonly text: () => Promise<string>;
} {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  new Gauge({ name: 'facebound_info', help: 'Version of Facebound.', labelNames: ['version'], registers }).set(
    { version },
    1,
  );
  const calls = new Counter({
    name: 'facebound_calls_total',
    help: 'Answered calls.',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const callSeconds = new Histogram({
    name: 'facebound_call_seconds',
    help: 'From the arrival of a call until its answer began.',
    labelNames: ['route'],
    buckets: CALL_SECONDS,
    registers,
  });
  const detectionSeconds = new Histogram({
    name: 'facebound_detection_seconds',
    help: 'A picture in a stage of its detection: waiting for the detector, or all of one step there.',
    labelNames: ['stage'],
    buckets: DETECTION_SECONDS,
    registers,
  });
  const restarts = new Counter({
    name: 'facebound_child_restarts_total',
    help: 'Processes that went down and were started anew.',
    labelNames: ['child'],
    registers,
  });
  const children = new Map<ChildName, () => number | undefined>();
  const childMemory = new Gauge({
    name: 'facebound_child_resident_memory_bytes',
    help: 'Memory that processes hold beside the server itself.',
    labelNames: ['child'],
    registers,
  });
  const lookAtChildren = () => {
    for (const [child, residentBytes] of children) {
      const bytes = residentBytes();
      // One that is just being started, or a machine that does not tell.
      if (bytes === undefined) childMemory.remove({ child });
      else childMemory.set({ child }, bytes);
    }
  };
  const storeSeconds = new Histogram({
    name: 'facebound_store_seconds',
    help: 'What the store was asked for.',
    labelNames: ['operation', 'outcome'],
    buckets: STORE_SECONDS,
    registers,
  });
  const vendorSeconds = new Histogram({
    name: 'facebound_vendor_seconds',
    help: 'A call of the live service until its answer began.',
    labelNames: ['operation', 'outcome'],
    buckets: CALL_SECONDS,
    registers,
  });
  const queues = new Map<QueueName, QueueLook>();
  const oldest = new Gauge({
    name: 'facebound_queue_oldest_seconds',
    help: 'How long the picture that has waited longest has waited.',
    labelNames: ['queue'],
    registers,
  });
  const waiting = new Gauge({
    name: 'facebound_queue_waiting',
    help: 'Pictures that wait for the detector.',
    labelNames: ['queue'],
    registers,
  });
  const lookAtQueues = async () => {
    await Promise.all(
      [...queues].map(async ([queue, look]) => {
        const seen = await inTime(look);
        if (seen === undefined) {
          // Nobody knows: yesterday's number would say that all is well.
          waiting.remove({ queue });
          oldest.remove({ queue });
          return;
        }
        waiting.set({ queue }, seen.waiting);
        oldest.set({ queue }, seen.oldestMs / 1000);
      }),
    );
  };

  return {
    detector: {
      onDetected: ({ waitedMs, steps }) => {
        detectionSeconds.observe({ stage: 'waiting' }, waitedMs / 1000);
        for (const step of DETECTION_STEPS) {
          const ms = steps[step];
          if (ms !== undefined) detectionSeconds.observe({ stage: step }, ms / 1000);
        }
      },
      onDown: () => restarts.inc({ child: 'detector' }),
    },
    onChildDown: (child) => restarts.inc({ child }),
    watchChild: (child, residentBytes) => {
      children.set(child, residentBytes);
      restarts.inc({ child }, 0);
    },
    onAnswer: ({ route, method, status, seconds }) => {
      calls.inc({ route, method, status: STATUSES.has(status) ? String(status) : `${Math.floor(status / 100)}xx` });
      callSeconds.observe({ route }, seconds);
    },
    onStore: (operation, outcome, seconds) => storeSeconds.observe({ operation, outcome }, seconds),
    onVendor: (operation, outcome, seconds) => vendorSeconds.observe({ operation, outcome }, seconds),
    watchQueue: (name, look) => queues.set(name, look),
    contentType: register.contentType,
    text: async () => {
      lookAtChildren();
      await lookAtQueues();
      return register.metrics();
    },
  };
}

async function inTime(look: QueueLook) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), LOOK_MS);
  });
  try {
    return await Promise.race([look(), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
