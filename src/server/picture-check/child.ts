import sharp from 'sharp';
import { ownUsage, serveParent } from '#detector/node/serve-parent.ts';
import { errorText } from '#shared/error-text.ts';
import { faultOf } from './check-picture.ts';
import { type FromCheckChild, REPORTS, toCheckChild } from './messages.ts';

/** Entry of the process that looks at strangers' pictures before they are kept or passed on: `check-child [reports]`. */

const say: (message: FromCheckChild) => void = serveParent(['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif']);
// The cores belong to the detector: a check takes one thread, and nothing is kept between pictures.
sharp.concurrency(1);
sharp.cache(false);
const tell = (): void => {
  if (process.argv[2] === REPORTS) say({ type: 'usage', usage: ownUsage() });
};

process.on('message', async (raw: unknown) => {
  const { job, ...picture } = toCheckChild.parse(raw);
  tell();
  try {
    const fault = await faultOf(picture);
    tell();
    say({ type: 'checked', job, ...(fault === undefined ? {} : { fault }) });
  } catch (error) {
    say({ type: 'failed', job, error: errorText(error) });
  }
});
tell();
say({ type: 'ready' });
