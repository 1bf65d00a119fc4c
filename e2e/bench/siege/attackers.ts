import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once, setMaxListeners } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { startWebHost } from '#testing/server/web-host.ts';
import { ATTACKS, attackersPicture, type Target } from './attacks.ts';

const toAttackers = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begin'), attack: z.string(), origin: z.string(), cookie: z.string() }),
  z.object({ type: z.literal('end') }),
]);
const fromAttackers = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), host: z.string() }),
  z.object({ type: z.literal('ended') }),
]);

/**
 * Attackers, with the host of their pictures, in a process of their own: what they are busy with must not keep those whose
 * times are measured from looking at the clock.
 */
export type Attackers = {
  /** Where their pictures are, `host:port`. */
  readonly host: string;
  /** Begins an attack, by its name, and gives what ends it. */
  attack(name: string, target: Omit<Target, 'host'>): () => Promise<void>;
  close(): Promise<void>;
};

const file = fileURLToPath(import.meta.url);

export async function startAttackers(): Promise<Attackers> {
  const loader = pathToFileURL(createRequire(file).resolve('tsx')).href;
  const child: ChildProcess = fork(file, ['attackers'], {
    execArgv: ['--import', loader],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const says = new EventEmitter();
  child.on('message', (raw) => {
    const message = fromAttackers.parse(raw);
    says.emit(message.type, message);
  });
  const gone = once(child, 'exit').then(() => {
    throw new Error('The attackers have gone');
  });
  gone.catch(() => {});
  const [ready]: unknown[] = await Promise.race([once(says, 'ready'), gone]);
  const { host } = z.object({ host: z.string() }).parse(ready);
  return {
    host,
    attack: (name, target) => {
      child.send({ type: 'begin', attack: name, ...target });
      return async () => {
        const ended = once(says, 'ended');
        child.send({ type: 'end' });
        await Promise.race([ended, gone]);
      };
    },
    close: async () => {
      child.kill();
      await gone.catch(() => {});
    },
  };
}

if (process.argv[1] === file && process.argv[2] === 'attackers') {
  // Nobody waits for it any more.
  process.on('disconnect', () => process.exit());
  const host = await startWebHost((request, response) => {
    const picture = attackersPicture(request.url ?? '');
    if (picture !== undefined) response.end(picture);
  });
  const say = (message: z.infer<typeof fromAttackers>) => process.send?.(message);
  let ends = new AbortController();
  let attacking: Promise<void> = Promise.resolve();
  process.on('message', (raw) => {
    const message = toAttackers.parse(raw);
    if (message.type === 'end') {
      ends.abort();
      attacking.finally(() => say({ type: 'ended' }));
      return;
    }
    const attack = ATTACKS.find(({ name }) => name === message.attack);
    if (attack === undefined) throw new Error(`There is no attack “${message.attack}”`);
    ends = new AbortController();
    setMaxListeners(0, ends.signal);
    attacking = attack.run({ origin: message.origin, cookie: message.cookie, host: host.host }, ends.signal);
  });
  say({ type: 'ready', host: host.host });
}
