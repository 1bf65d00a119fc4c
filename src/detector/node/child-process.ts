import type { DetectorHost, HostEvents, Usage } from '#detector/ports.ts';
import { fromChild, REPORTS } from '#detector/supervisor/messages.ts';
import { startKillableChild, tellsUsage } from './killable-child.ts';
import { stepBack } from './step-back.ts';

/**
 * Starts the child, one life of the detector in a process of its own. `reports`: it tells by itself what it uses, for
 * machines that do not.
 */
export function startChild(modelsDir: string, events: HostEvents, reports = !tellsUsage()): DetectorHost {
  let reported: Usage | undefined;
  const child = startKillableChild({
    name: 'the detector',
    entry: { startedFrom: import.meta.url, source: 'child.ts', built: 'detector-child.js' },
    args: reports ? [modelsDir, REPORTS] : [modelsDir],
    onMessage: (raw) => {
      const message = fromChild.safeParse(raw);
      if (!message.success) return false;
      if (message.data.type === 'usage') reported = message.data.usage;
      else events.onMessage(message.data);
      return true;
    },
    onExit: events.onExit,
  });
  const { pid } = child;
  return {
    pid,
    send: child.send,
    usage: () => (reports ? reported : child.usage()),
    stepBack: (isBack) => {
      if (pid !== undefined) stepBack(pid, isBack);
    },
    kill: child.kill,
  };
}
