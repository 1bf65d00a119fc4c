import { type ClusterProcess, type ProcessSettings, startClusterProcess } from './cluster-process.ts';
import { startHaproxy } from './haproxy.ts';
import { onFreePort } from './programs.ts';
import { type RedisServer, startRedis } from './redis-server.ts';
import { temporaryDir } from './test-server.ts';

/** The secret of every cluster here, and of the single process that one is compared with. */
export const SECRET = '07'.repeat(32);

/** A process of a cluster, and how to end it and have it begin again where it was. */
export type Member = {
  readonly now: ClusterProcess;
  /** Ends it at once (SIGKILL), as a power cut does, and starts it again. */
  crash(): Promise<void>;
  /** Has it stop and starts it again, as a new version is rolled out; resolves with the exit code. */
  replace(): Promise<number | null>;
};

/** A cluster as a team runs one: HAProxy, two replicas, two workers, a Redis that keeps what it was told, one folder. */
export type Cluster = {
  readonly origin: string;
  readonly dataDir: string;
  readonly redis: RedisServer;
  readonly webs: readonly [Member, Member];
  readonly workers: readonly [Member, Member];
  close(): Promise<void>;
};

export async function startCluster(options: {
  readonly detector: ProcessSettings['detector'];
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Cluster> {
  const temporary = await temporaryDir();
  const redis = await startRedis({ appendOnly: true, password: 'not for the log' });
  const members: Member[] = [];
  const start = async (role: 'web' | 'worker', env: Readonly<Record<string, string>> = {}): Promise<Member> => {
    const launch = (port: number) =>
      startClusterProcess({
        env: {
          FACEBOUND_ROLE: role,
          FACEBOUND_QUEUE_URL: redis.url,
          FACEBOUND_SECRET: SECRET,
          FACEBOUND_DATA_DIR: temporary.dir,
          PORT: String(port),
          ...options.env,
          ...env,
        },
        detector: options.detector,
      });
    let now = await onFreePort((port) => launch(port).catch(() => undefined));
    const { port } = now;
    const member: Member = {
      get now() {
        return now;
      },
      crash: async () => {
        await now.kill();
        now = await launch(port);
      },
      replace: async () => {
        const code = await now.stop();
        now = await launch(port);
        return code;
      },
    };
    members.push(member);
    return member;
  };
  const pair = async (role: 'web' | 'worker', env?: Readonly<Record<string, string>>) => {
    const [one, other] = await Promise.all([start(role, env), start(role, env)]);
    return [one, other] as const;
  };

  const workers = pair('worker');
  let webs: readonly [Member, Member] | undefined;
  const balancer = await startHaproxy(async (origin) => {
    webs = await pair('web', { FACEBOUND_ORIGIN: origin });
    return webs.map(({ now }) => now.port);
  });
  if (webs === undefined) throw new Error('No replica was started');
  return {
    origin: balancer.origin,
    dataDir: temporary.dir,
    redis,
    webs,
    workers: await workers,
    close: async () => {
      await balancer.close();
      await Promise.all(members.map(({ now }) => now.kill()));
      await redis.close();
      await temporary.remove();
    },
  };
}
