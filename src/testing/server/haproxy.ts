import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { findProgram, onFreePort } from './programs.ts';
import { temporaryDir } from './test-server.ts';

/** A balancer in front of replicas, as a team runs one. */
export type Balancer = {
  /** `http://127.0.0.1:port`: the origin that the replicas are told. */
  readonly origin: string;
  close(): Promise<void>;
};

/** How the README has it: calls go by `/readyz`, and to another replica when one does not take the connection. */
const configOf = (port: number, replicas: readonly number[]): string => `
global
  maxconn 1000
defaults
  mode http
  timeout connect 1s
  timeout client 150s
  timeout server 150s
  timeout check 2s
  option redispatch
  option forwardfor
  retries 3
frontend faces
  bind 127.0.0.1:${port}
  default_backend replicas
backend replicas
  balance roundrobin
  option httpchk GET /readyz
  default-server check inter 250ms fall 1 rise 1
${replicas.map((replica, index) => `  server web${index} 127.0.0.1:${replica}`).join('\n')}
`;

/** Starts HAProxy on a free port; `startReplicas` is told its origin and gives the ports behind it. */
export async function startHaproxy(startReplicas: (origin: string) => Promise<readonly number[]>): Promise<Balancer> {
  const program = findProgram('haproxy');
  if (program === undefined) throw new Error('This machine has no haproxy');
  const temporary = await temporaryDir();
  const file = path.join(temporary.dir, 'haproxy.cfg');
  let replicas: readonly number[] | undefined;
  const { port, child } = await onFreePort(async (port) => {
    replicas ??= await startReplicas(`http://127.0.0.1:${port}`);
    await writeFile(file, configOf(port, replicas));
    const child = spawn(program, ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'ignore'] });
    const gone = once(child, 'exit').then(() => undefined);
    return (await Promise.race([listens(port), gone])) === undefined ? undefined : { port, child };
  });
  const endAtOnce = () => void child.kill('SIGKILL');
  process.once('exit', endAtOnce);
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      process.off('exit', endAtOnce);
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      await temporary.remove();
    },
  };
}

/** Resolves once somebody listens there. */
async function listens(port: number): Promise<true> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => setTimeout(() => resolve(false), 20));
    });
    if (isOpen) return true;
  }
}
