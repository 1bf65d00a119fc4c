import { startKillableChild, tellsUsage } from '#detector/node/killable-child.ts';
import { standBehind } from '#detector/node/step-back.ts';
import type { Usage } from '#detector/ports.ts';
import { fromCheckChild, REPORTS } from './messages.ts';
import type { StartCheckChild } from './picture-checker.ts';

/** Starts a process that checks pictures, small because it has no networks. */
export const startCheckChild: StartCheckChild = (events) => {
  const reports = !tellsUsage();
  let reported: Usage | undefined;
  const { usage, ...child } = startKillableChild({
    name: 'the check of pictures',
    entry: { startedFrom: import.meta.url, source: 'child.ts', built: 'check-child.js' },
    args: reports ? [REPORTS] : [],
    onMessage: (raw) => {
      const message = fromCheckChild.safeParse(raw);
      if (!message.success) return false;
      if (message.data.type === 'usage') reported = message.data.usage;
      else events.onMessage(message.data);
      return true;
    },
    onExit: events.onExit,
  });
  const { pid } = child;
  return {
    ...child,
    usage: () => (reports ? reported : usage()),
    standBehind: (isBehind) => {
      if (pid !== undefined) standBehind(pid, isBehind);
    },
  };
};
