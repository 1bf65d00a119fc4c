import { type Toast, toast } from '#page/platform/notices.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import { intakeFailureMessage, titleAfterName } from '../model/intake-failure-message.ts';
import { shownName } from '../model/picture-name.ts';

/** What is said of things that were handed over and did not become pictures. */
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

/** Title, cause and cure of an intake failure as a notice. */
export function toastFor(name: string, failure: IntakeFailure): Refused {
  const words = intakeFailureMessage(failure);
  return { title: titleAfterName(name, words.title), text: `${words.cause} ${words.cure}` };
}
