import { answerJob } from '#detector/supervisor/answer-job.ts';
import { type FromChild, REPORTS } from '#detector/supervisor/messages.ts';
import { loadFaceEngine } from './load-face-engine.ts';
import { ownUsage, serveParent } from './serve-parent.ts';
import { createStepTimes } from './step-times.ts';

/** Entry of the detector's child process: `detector-child <models folder> [reports]`. */

const say: (message: FromChild) => void = serveParent(['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif', 'Tiff']);
const [, , modelsDir, reports] = process.argv;
if (modelsDir === undefined) throw new Error('This is started by the server.');
const tell = (): void => say({ type: 'usage', usage: ownUsage() });
const stepTimes = createStepTimes();
const engine = await loadFaceEngine(modelsDir, {
  onStep: (step, ms) => {
    stepTimes.add(step, ms);
    if (reports === REPORTS) tell();
  },
});

process.on('message', async (raw: unknown) => {
  const { answer, times } = await stepTimes.ofPicture(() => answerJob(engine, raw));
  say({ ...answer, steps: times });
});
if (reports === REPORTS) tell();
say({ type: 'ready' });
