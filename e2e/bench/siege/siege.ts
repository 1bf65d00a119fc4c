import { type RunningServer, startServer } from '../../fixtures/server.ts';
import { openSession } from '../links.ts';
import { type BenchPicture, differentGroups } from '../pictures.ts';
import { familyOf } from '../processes.ts';
import { type Figure, type Section, sectionText } from '../report.ts';
import { percentile } from '../statistics.ts';
import { startAttackers } from './attackers.ts';
import { ATTACKS } from './attacks.ts';
import { callHonestly, type HonestCalls } from './honest-callers.ts';

const KEY = 'the access key of the besieged';
const SESSIONS = 20;
const SAMPLE_MS = 200;
const MB = 1e6;
type Memory = { server: number; detector: number; checks: number };

/** The most that each kind of process held at once while something ran, in bytes. */
async function withPeaks<T>(server: RunningServer, run: () => Promise<T>): Promise<{ value: T; peak: Memory }> {
  const pid = server.process.pid ?? 0;
  const peak: Memory = { server: 0, detector: 0, checks: 0 };
  let isRunning = true;
  const watching = (async () => {
    while (isRunning) {
      const now: Memory = { server: 0, detector: 0, checks: 0 };
      for (const row of await familyOf(pid)) {
        if (row.pid === pid) now.server += row.residentBytes;
        else if (row.command.includes('detector-child')) now.detector += row.residentBytes;
        else if (row.command.includes('check-child')) now.checks += row.residentBytes;
      }
      for (const kind of ['server', 'detector', 'checks'] as const) peak[kind] = Math.max(peak[kind], now[kind]);
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
  })();
  try {
    return { value: await run(), peak };
  } finally {
    isRunning = false;
    await watching;
  }
}

/** A server with as many sessions as there are people, which has found faces before. */
async function warmServer(env: Readonly<Record<string, string>>, picture: BenchPicture, accessKey: string | undefined) {
  const key = accessKey === undefined ? {} : { FACEBOUND_ACCESS_KEY: accessKey };
  const server = await startServer({ env: { LOG_LEVEL: 'warn', ...env, ...key } });
  const cookies: string[] = [];
  for (let count = 0; count < SESSIONS; count += 1) cookies.push(await openSession(server.origin, accessKey));
  await callHonestly({
    origin: server.origin,
    cookies: cookies.slice(0, 1),
    pictures: [picture],
    seconds: 1,
    people: 1,
  });
  return { server, cookies };
}

export type SiegeOptions = {
  /** How long each attack lasts. */
  readonly seconds: number;
  /** Attacks whose name holds one of these texts, and no others. */
  readonly only: readonly string[] | undefined;
};

/**
 * Each way that once stopped a server, with its amounts, beside twenty honest callers: do they all get their faces, how
 * much later than in the same time without, and how much memory does it take?
 */
export async function benchSiege({ seconds, only }: SiegeOptions): Promise<Section[]> {
  const pictures = await differentGroups(SESSIONS);
  const [first] = pictures;
  if (first === undefined) throw new Error('There are no pictures');
  const chosen = ATTACKS.filter(({ name }) => only === undefined || only.some((text) => name.includes(text)));
  if (chosen.length === 0)
    throw new Error(`No attack is called “${only?.join('”, “')}”: ${ATTACKS.map(({ name }) => name).join('; ')}`);
  const attackers = await startAttackers();
  const sections: Section[] = [];
  try {
    for (const attack of chosen) {
      const accessKey = attack.isForKeyed === true ? KEY : undefined;
      const { server, cookies } = await warmServer({ FACEBOUND_LINK_HOSTS: attackers.host }, first, accessKey);
      try {
        const people = { origin: server.origin, cookies, pictures, seconds, people: SESSIONS };
        const calm = await callHonestly(people);
        const { value, peak } = await withPeaks(server, async () => {
          const end = attackers.attack(attack.name, { origin: server.origin, cookie: cookies[0] ?? '' });
          try {
            return await callHonestly(people);
          } finally {
            await end();
          }
        });
        for (const what of new Set(value.lost)) console.error(`  ${attack.name}: ${what}`);
        const section: Section = {
          title: attack.name,
          conditions: `${seconds} s beside ${SESSIONS} people who each hand over a picture every 8 s`,
          figures: figuresOf(calm, value, peak),
        };
        // It goes on for nearly half an hour: what is known is told at once.
        console.error(sectionText(section));
        sections.push(section);
      } finally {
        await server.stop();
      }
    }
  } finally {
    await attackers.close();
  }
  return sections;
}

function figuresOf(calm: HonestCalls, { times, lost, retries }: HonestCalls, peak: Memory): Figure[] {
  const inMb = (name: string, bytes: number, atMost?: number): Figure => ({
    name: `peak memory: ${name}`,
    value: bytes / MB,
    unit: 'MB',
    ...(atMost === undefined ? {} : { aim: { atMost } }),
  });
  const usual = percentile(calm.times, 0.95);
  return [
    { name: 'pictures answered with faces', value: times.length, unit: '' },
    { name: 'pictures lost', value: lost.length, unit: '', aim: { atMost: 0 } },
    { name: 'asked to come again in a moment', value: retries, unit: '' },
    { name: 'without the attack: median', value: percentile(calm.times, 0.5), unit: 'ms' },
    { name: 'without the attack: 95 of 100 within', value: usual, unit: 'ms' },
    { name: 'median', value: percentile(times, 0.5), unit: 'ms' },
    { name: '95 of 100 within', value: percentile(times, 0.95), unit: 'ms', aim: { atMost: 2 * usual } },
    inMb('the server itself', peak.server, 550),
    inMb('the detector', peak.detector),
    inMb('checks of uploads and links', peak.checks),
  ];
}
