import type { Picture } from '#page/pictures/work-store.ts';
import type { HandOff as Target } from '#page/place/place-store.ts';
import { type HandOff, handOffScript, type ScriptForm } from './model/hand-off-script.ts';

/** Words for the languages that a script comes in. */
export const SCRIPT_LABELS: Readonly<Record<ScriptForm, string>> = { javascript: 'JavaScript', python: 'Python' };

/**
 * What is sent of the chosen face, under the name that its script reads: the picture, or the crop of a face that was
 * drawn.
 */
export const sentPicture = (target: Target): Picture => (target.kind === 'drawn' ? target.crop : target.picture);

/** What the chosen face is called on the page. */
export const faceName = (target: Target): string =>
  target.kind === 'drawn' ? `Drawn face ${target.face.drawnNo}` : `Face ${target.face.faceNo}`;

/** The script for the chosen face: a link goes as it is, everything else is read from a file of the picture's name. */
export function scriptFor(
  target: Target,
  rest: Pick<HandOff, 'settings' | 'email' | 'baseUrl'>,
  form: ScriptForm,
): string {
  const { origin, name, blob } = sentPicture(target);
  return handOffScript(
    {
      ...rest,
      chosen: target.kind === 'drawn' ? undefined : { box: target.face.bound, size: target.size },
      picture:
        origin.kind === 'link'
          ? { kind: 'link', url: origin.url }
          : { kind: 'file', fileName: name, contentType: blob.type },
    },
    form,
  );
}
