/*
 * Loaded into the server's process with `node --import`, for the bench alone: measures the event loop's delay at 1 ms
 * resolution from SIGUSR2 on, and writes it to FACEBOUND_LOOP_DELAY_FILE when the process ends. Plain JavaScript,
 * because nothing may be compiled in the process that is measured.
 */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const file = process.env.FACEBOUND_LOOP_DELAY_FILE;
// The detector's child inherits the options of its parent; only the server itself is measured.
if (file !== undefined && process.argv[1]?.endsWith('main.js')) {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  process.on('SIGUSR2', () => {
    delays.enable();
    delays.reset();
  });
  const milliseconds = (nanoseconds) => nanoseconds / 1e6;
  process.on('exit', () => {
    const report = {
      samples: delays.count,
      p50: milliseconds(delays.percentile(50)),
      p99: milliseconds(delays.percentile(99)),
      max: milliseconds(delays.max),
    };
    writeFileSync(file, JSON.stringify(report));
  });
}
