import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** `detector-of-process <root of a project> <models folder>`: runs that project's engine, for `startDetectorIn`. */

const [, , root = '', modelsDir = ''] = process.argv;
const face = z.object({ bound: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }) });
const outcome = z.object({ ok: z.literal(true), value: z.object({ faces: z.array(face) }) });
const job = z.object({ bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) });
type Engine = { detect(bytes: Uint8Array): Promise<unknown> };
const loader = z.object({
  loadFaceEngine: z.custom<(modelsDir: string) => Promise<Engine>>((value) => typeof value === 'function'),
});

const file = pathToFileURL(join(root, 'src/detector/node/load-face-engine.ts')).href;
const engine = await loader.parse({ ...(await import(file)) }).loadFaceEngine(modelsDir);

process.on('message', async (raw: unknown) => {
  const { bytes } = job.parse(raw);
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const { faces } = outcome.parse(await engine.detect(bytes)).value;
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  process.send?.({ faces: faces.map(({ bound }) => bound), ms, processorMs: (user + system) / 1000 });
});
process.send?.('ready');
