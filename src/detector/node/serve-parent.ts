import sharp from 'sharp';
import type { Usage } from '#detector/ports.ts';

/** The picture formats that a child may decode, as sharp names their decoders. */
export type Decoder = 'Jpeg' | 'Png' | 'Webp' | 'Heif' | 'Nsgif' | 'Tiff';

/**
 * What a child process has in common with others of its kind: it lives exactly as long as its channel to the parent, and
 * decodes these formats alone, because pictures come from anyone. Returns how to say something to the parent.
 */
export function serveParent(decoders: readonly Decoder[]): (message: object) => void {
  if (process.send === undefined) throw new Error('This is started by the server.');
  // The parent is gone, so nobody waits for anything. An orderly exit could run into native threads at work, and abort.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // Ctrl-C reaches the whole process group; the parent decides when its child goes.
  process.on('SIGINT', () => {});
  // Nobody may be reading any more, which is no reason to die before `disconnect` says so.
  process.stderr.on('error', () => {});
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: decoders.map((format) => `VipsForeignLoad${format}`) });
  return (message) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => {});
  };
}

/** What this very process uses. */
export function ownUsage(): Usage {
  const { user, system } = process.cpuUsage();
  return { processorMs: (user + system) / 1000, residentBytes: process.memoryUsage.rss() };
}
