import { answerJob } from '#detector/supervisor/answer-job.ts';
import { type FromChild, REPORTS } from '#detector/supervisor/messages.ts';
import { loadFaceEngine } from './load-face-engine.ts';
import { ownUsage, serveParent } from './serve-parent.ts';

/** Entry of the detector's child process: `detector-child <models folder> [reports]`. */

const say: (message: FromChild) => void = serveParent(['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif', 'Tiff']);
const [, , modelsDir, reports] = process.argv;
if (modelsDir === undefined) throw new Error('This is started by the server.');
const tell = (): void => say({ type: 'usage', usage: ownUsage() });
const engine = await loadFaceEngine(modelsDir, { onStep: reports === REPORTS ? tell : undefined });

process.on('message', async (raw: unknown) => say(await answerJob(engine, raw)));
if (reports === REPORTS) tell();
say({ type: 'ready' });
