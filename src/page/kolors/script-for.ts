import type { HandOffFace } from '#page/place/place-store.ts';
import { type HandOff, handOffScript, type ScriptForm } from './model/hand-off-script.ts';

/** Words for the languages that a script comes in. */
export const SCRIPT_LABELS: Readonly<Record<ScriptForm, string>> = { javascript: 'JavaScript', python: 'Python' };

/** The script for the chosen face: a link goes as it is, everything else is read from a file of the picture's name. */
export const scriptFor = (
  { picture, face, size }: HandOffFace,
  rest: Pick<HandOff, 'settings' | 'email' | 'baseUrl'>,
  form: ScriptForm,
): string =>
  handOffScript(
    {
      ...rest,
      size,
      box: face.bound,
      picture:
        picture.origin.kind === 'link'
          ? { kind: 'link', url: picture.origin.url }
          : { kind: 'file', fileName: picture.name, contentType: picture.blob.type },
    },
    form,
  );
