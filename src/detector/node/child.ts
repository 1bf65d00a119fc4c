import sharp from 'sharp';
import { createFaceEngine } from '#detector/pipeline/face-engine.ts';
import { type FromChild, toChild } from '#detector/supervisor/messages.ts';
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
const engine = await createFaceEngine(modelsDir);

process.on('message', async (raw: unknown) => {
  const { job, picture } = toChild.parse(raw);
  try {
    const result = await engine.detect(picture);
    if (result.ok) send({ type: 'found', job, outcome: { ...result.value, faces: [...result.value.faces] } });
    else send({ type: 'failed', job, failure: result.error });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    send({ type: 'failed', job, failure: { code: 'detector-failed', reason } });
  }
});
send({ type: 'ready' });
