import { type Toast, toast } from '#page/platform/toasts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { HandedOver } from '../model/handed-over.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import { intakeFailureMessage, titleAfterName } from '../model/intake-failure-message.ts';
import { shownName } from '../model/picture-name.ts';
import { type Measured, measurePicture } from '../prepare/measure-picture.ts';
import type { PreparedPicture } from '../prepare/prepare-picture.ts';
import type { Original, Picture } from '../work-store.ts';

/** What every way in shares: the order of what was handed over, and a picture or the notice that says why not. */

export type Refused = Omit<Toast, 'id'>;
/** Says why something that was handed over did not become a picture, until the next attempt. */
export const notifyError = (refused: Refused): void => toast({ ...refused, group: 'intake' });

/** Says in one line what is worth knowing and nobody's fault, until the next attempt. */
export const notifyQuietly = (line: string): void => toast({ title: line, text: '', tone: 'note', group: 'intake' });

/** So many names fit into one line. */
const NAMES_IN_A_LINE = 3;

/** The names of some things that were handed over, and how many more there are. */
export function someNames(named: readonly { readonly name: string }[]): string {
  const shown = named.slice(0, NAMES_IN_A_LINE).map(({ name }) => shownName(name));
  const others = named.length - shown.length;
  return `${shown.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}

/** Says which pictures were in the work already, by the names under which they came once more. */
export const notifyAgain = (again: readonly { readonly name: string }[]): void =>
  notifyQuietly(`${again.length} ${again.length === 1 ? 'was' : 'were'} already here: ${someNames(again)}`);

/** Cancelled by the person: nothing to say. */
export type Outcome = Result<Omit<Picture, 'order'>, Refused | 'cancelled'>;

/** Counts everything that was ever handed over, so that pictures keep that order. */
let handedOver = 0;

/** The next place in the order of everything that was handed over. */
export const nextOrder = (): number => handedOver++;

export type Made = Omit<Picture, 'order' | 'url' | 'thumbnail' | 'thumbnailUrl' | 'size'>;

/** Makes what the page shows. What was not prepared is decoded once to be measured. */
export async function finishPicture(made: Made, known?: Measured): Promise<Outcome> {
  const measured = known === undefined ? await measurePicture(made.blob) : ok(known);
  if (!measured.ok) return err(notShown(made.name));
  const { size, thumbnail } = measured.value;
  return ok({
    ...made,
    url: URL.createObjectURL(made.blob),
    thumbnail,
    thumbnailUrl: URL.createObjectURL(thumbnail),
    size,
  });
}

/** What is said of a picture that the browser cannot decode. */
export const notShown = (name: string): Refused => ({
  title: `${name} could not be shown`,
  text: 'This browser cannot decode the picture. Save it as JPEG or PNG, and drop that.',
});

/** The file that was handed over, where what is sent has another size; else the two are as good as each other. */
export function originalOf(file: Blob, { width, height, originalSize }: PreparedPicture): Original | undefined {
  const isSameSize = originalSize.width === width && originalSize.height === height;
  return isSameSize ? undefined : { file, size: originalSize };
}

/** What is kept of the file that a prepared picture was made from. */
export const handedOverOf = (
  path: string | undefined,
  { originalSize, originalOrientation, originalSha256 }: PreparedPicture,
): HandedOver => ({ path, size: originalSize, orientation: originalOrientation, sha256: originalSha256 });

/** Title, cause and cure of an intake failure as a notice. */
export function toastFor(name: string, failure: IntakeFailure): Refused {
  const words = intakeFailureMessage(failure);
  return { title: titleAfterName(name, words.title), text: `${words.cause} ${words.cure}` };
}
