import sharp from 'sharp';
import { answerJob } from '#detector/supervisor/answer-job.ts';
import type { FromChild } from '#detector/supervisor/messages.ts';
import { loadFaceEngine } from './load-face-engine.ts';
import { lowerPriority } from './lower-priority.ts';

/**
 * Entry of the detector's child process: `detector-child <models folder>`. It serves its parent over the IPC channel
 * and lives exactly as long as that channel.
 */

// Before the networks are loaded: their threads inherit it.
lowerPriority();

// The parent is gone, so nobody waits for anything. An orderly exit could run into native threads at work, and abort.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl-C reaches the whole process group; the parent decides when its child goes.
process.on('SIGINT', () => {});
// Nobody may be reading any more, which is no reason to die before `disconnect` says so.
process.stderr.on('error', () => {});

// Only the decoders that are needed, because pictures come from anyone.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif', 'Tiff'].map((format) => `VipsForeignLoad${format}`),
});

const send = (message: FromChild): void => {
  if (!process.connected) return;
  process.send?.(message, undefined, undefined, () => {});
};

const [, , modelsDir] = process.argv;
if (modelsDir === undefined || process.send === undefined) throw new Error('This is started by the server.');
const engine = await loadFaceEngine(modelsDir);

process.on('message', async (raw: unknown) => send(await answerJob(engine, raw)));
send({ type: 'ready' });
