/**
 * `npm run bench [part …]`: measures what the project promises, prints tables, and writes `results/<part>.json` for each
 * part, so that a part measured again replaces only its own figures. `siege -- --seconds=n --attack=text`: for how long
 * each attack lasts, and only those whose name holds the text (several times for several); with either, nothing is
 * written. `detection -- --before=commit` measures the detector of that commit in the same run.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createBuildDir, removeBuildDir } from '../tools/build-dir.ts';
import { runScript, stopChildrenOnSignal } from '../tools/processes.ts';
import { benchBurst } from './burst.ts';
import { benchBusy } from './busy.ts';
import { benchCheck } from './check/check-bench.ts';
import { benchCluster } from './cluster.ts';
import { benchDetection } from './detection.ts';
import { runExportBench } from './export/export-bench.ts';
import { benchFirstLoad } from './first-load.ts';
import { benchInstallSize } from './install-size.ts';
import { benchLinks } from './links.ts';
import { benchMemory } from './memory.ts';
import { benchPrepare } from './prepare/prepare-bench.ts';
import { benchProxy } from './proxy.ts';
import { benchQueue } from './queue/queue-bench.ts';
import { benchReplies } from './replies.ts';
import { machine, meetsAim, type Section, sectionText } from './report.ts';
import { benchSiege } from './siege/siege.ts';
import { benchStage } from './stage/stage-bench.ts';

const { values, positionals: asked } = parseArgs({
  options: { seconds: { type: 'string' }, attack: { type: 'string', multiple: true }, before: { type: 'string' } },
  allowPositionals: true,
});
const isWhole = values.seconds === undefined && values.attack === undefined;

const parts: Readonly<Record<string, () => Promise<Section[]>>> = {
  detection: () => benchDetection(values.before),
  burst: benchBurst,
  memory: benchMemory,
  links: benchLinks,
  proxy: benchProxy,
  stage: benchStage,
  export: runExportBench,
  prepare: benchPrepare,
  queue: benchQueue,
  replies: benchReplies,
  check: benchCheck,
  'install-size': benchInstallSize,
  'first-load': benchFirstLoad,
  busy: benchBusy,
  siege: () => benchSiege({ seconds: Number(values.seconds ?? 60), only: values.attack }),
  cluster: benchCluster,
};

const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`Unknown part: ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}`);
  process.exit(1);
}

const buildDir = createBuildDir('bench');
process.env['FACEBOUND_BUILD_DIR'] = buildDir;
stopChildrenOnSignal(() => removeBuildDir(buildDir));
try {
  if ((await runScript('build')) !== 0) throw new Error('The build failed, so there is nothing to measure');
  const results = new URL('./results/', import.meta.url);
  await mkdir(results, { recursive: true });
  let missed = 0;
  for (const [name, measure] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const sections = await measure();
    for (const section of sections) console.log(sectionText(section));
    missed += sections.flatMap(({ figures }) => figures).filter((figure) => meetsAim(figure) === false).length;
    if (!isWhole) continue;
    const result = { part: name, date: new Date().toISOString().slice(0, 10), machine: machine(), sections };
    await writeFile(fileURLToPath(new URL(`${name}.json`, results)), `${JSON.stringify(result, undefined, 2)}\n`);
  }
  console.log(missed === 0 ? '\nEvery aim is met.' : `\n${missed} ${missed === 1 ? 'aim is' : 'aims are'} missed (✗).`);
} finally {
  removeBuildDir(buildDir);
}
