import { Download } from 'lucide-react';
import type { HandOff } from '#page/place/place-store.ts';
import { saveFile } from '#page/platform/save-file.ts';
import { RequestSnippets } from '#page/requests/index.ts';
import { Button } from '#page/ui/button.tsx';
import { CopyButton } from '#page/ui/copy-button.tsx';
import { TabBar, TabPanel, Tabs } from '#page/ui/tabs.tsx';
import { SCRIPT_FORMS, type ScriptForm } from './model/hand-off-script.ts';
import {
  draftRequest,
  type KlingCrop,
  type KlingFace,
  type KolorsSettings,
  shownKolorsCall,
} from './model/kolors-request.ts';
import { SCRIPT_LABELS, scriptFor, sentPicture } from './script-for.ts';

const FORMS = ['curl', 'javascript', 'python', 'http', 'json'] as const;

const SCRIPT_TABS = SCRIPT_FORMS.map((value) => ({ value, label: SCRIPT_LABELS[value] }));

type RequestSectionProps = {
  readonly target: HandOff;
  readonly settings: KolorsSettings;
  /** Undefined while Kling’s own number is not known, or the crop of a drawn face is not there. */
  readonly reference: KlingFace | KlingCrop | undefined;
  readonly email: string | undefined;
  /** Base URL of the live service. */
  readonly baseUrl: string;
  /** Language of the script that is shown. */
  readonly scriptForm: ScriptForm;
  readonly onScriptForm: (form: ScriptForm) => void;
};

/** The exact call, live, once Kling has what it refers to; before that a script that gets there. */
export function RequestSection({ reference, ...shared }: RequestSectionProps) {
  const { settings, email, baseUrl } = shared;
  return (
    <section aria-label="Request">
      <h3 className="mb-1 font-medium">{reference === undefined ? 'Script' : 'Request'}</h3>
      {reference === undefined ? (
        <Script {...shared} />
      ) : (
        <RequestSnippets
          forms={FORMS}
          calls={[
            {
              label: 'Generate with Kolors',
              request: shownKolorsCall(baseUrl, draftRequest(settings, reference, email)),
            },
          ]}
        />
      )}
    </section>
  );
}

function Script({ target, scriptForm, onScriptForm, ...rest }: Omit<RequestSectionProps, 'reference'>) {
  const sent = sentPicture(target);
  const isDrawn = target.kind === 'drawn';
  return (
    <>
      <p className="text-ink-soft">
        {isDrawn
          ? 'Uploads the crop to Kling and asks Kolors for the face in it, without a number.'
          : `${sent.origin.kind === 'link' ? 'Gives Kling the link' : 'Uploads the picture to Kling'}, finds the face that lies where the chosen one lies, and asks Kolors for it with Kling’s own number.`}{' '}
        The token is read from USEAPI_TOKEN.
      </p>
      {sent.origin.kind !== 'link' && (
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
          <Button onClick={() => saveFile(sent.blob, sent.name)}>
            <Download aria-hidden className="size-3.5" />
            Save the {isDrawn ? 'crop' : 'picture'} for it
          </Button>
          <span className="min-w-0 flex-1 text-xs text-ink-faint">
            {isDrawn ? 'Under the name' : 'Exactly as it was sent for detection, under the name'} that the script reads.
          </span>
        </p>
      )}
      <Tabs
        value={scriptForm}
        onValueChange={(value) => onScriptForm(value === 'python' ? 'python' : 'javascript')}
        className="mt-2"
      >
        <TabBar label="Language of the script" tabs={SCRIPT_TABS} />
        {SCRIPT_FORMS.map((form) => (
          <TabPanel key={form} value={form} className="py-3">
            <figure>
              <figcaption className="mb-1 flex items-center justify-between gap-2 text-xs text-ink-faint">
                Upload, find the face, generate
                <CopyButton
                  text={() => scriptFor(target, rest, form)}
                  label={`Copy the script as ${SCRIPT_LABELS[form]}`}
                />
              </figcaption>
              <pre className="rounded bg-raised p-3 font-mono text-xs leading-5 break-words whitespace-pre-wrap [font-variant-ligatures:none]">
                <code>{scriptFor(target, rest, form)}</code>
              </pre>
            </figure>
          </TabPanel>
        ))}
      </Tabs>
    </>
  );
}
