import { Download } from 'lucide-react';
import { handOffScript, SCRIPT_FORMS, type ScriptForm } from '#domain/kolors/hand-off-script.ts';
import { draftRequest, type KlingFace, type KolorsSettings, shownKolorsCall } from '#domain/kolors/kolors-request.ts';
import { saveFile } from '#lib/save-file.ts';
import { Button } from '#lib/ui/button.tsx';
import { CopyButton } from '#lib/ui/copy-button.tsx';
import { RequestSnippets } from '#lib/ui/request-snippets.tsx';
import { TabBar, TabPanel, Tabs } from '#lib/ui/tabs.tsx';
import type { HandOffFace } from './kolors-store.ts';

const FORMS = ['curl', 'javascript', 'python', 'http', 'json'] as const;

const SCRIPT_TABS = [
  { value: 'javascript', label: 'JavaScript' },
  { value: 'python', label: 'Python' },
] as const;

type RequestSectionProps = {
  readonly target: HandOffFace;
  readonly settings: KolorsSettings;
  /** Undefined while Kling’s own number is not known. */
  readonly klingFace: KlingFace | undefined;
  readonly email: string | undefined;
  /** Base URL of the live service. */
  readonly baseUrl: string;
};

/** The exact call, live, once Kling has numbered the face; before that a script that gets there. */
export function RequestSection({ target, settings, klingFace, email, baseUrl }: RequestSectionProps) {
  return (
    <section aria-label="Request">
      <h3 className="mb-1 font-medium">{klingFace === undefined ? 'Script' : 'Request'}</h3>
      {klingFace === undefined ? (
        <Script target={target} settings={settings} email={email} baseUrl={baseUrl} />
      ) : (
        <RequestSnippets
          forms={FORMS}
          calls={[
            {
              label: 'Generate with Kolors',
              request: shownKolorsCall(baseUrl, draftRequest(settings, klingFace, email)),
            },
          ]}
        />
      )}
    </section>
  );
}

function Script({ target, settings, email, baseUrl }: Omit<RequestSectionProps, 'klingFace'>) {
  const { picture, face, size } = target;
  const script = (form: ScriptForm): string =>
    handOffScript(
      {
        baseUrl,
        email,
        settings,
        size,
        box: face.bound,
        picture:
          picture.origin.kind === 'link'
            ? { kind: 'link', url: picture.origin.url }
            : { kind: 'file', fileName: picture.name, contentType: picture.blob.type },
      },
      form,
    );
  return (
    <>
      <p className="text-ink-soft">
        {picture.origin.kind === 'link' ? 'Gives Kling the link' : 'Uploads the picture to Kling'}, finds the face that
        lies where the chosen one lies, and asks Kolors for it with Kling’s own number. The token is read from
        USEAPI_TOKEN.
      </p>
      {picture.origin.kind !== 'link' && (
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
          <Button onClick={() => saveFile(picture.blob, picture.name)}>
            <Download aria-hidden className="size-3.5" />
            Save the picture for it
          </Button>
          <span className="min-w-0 flex-1 text-xs text-ink-faint">
            Exactly as it was sent for detection, under the name that the script reads.
          </span>
        </p>
      )}
      <Tabs defaultValue="javascript" className="mt-2">
        <TabBar label="Language of the script" tabs={SCRIPT_TABS} />
        {SCRIPT_FORMS.map((form) => (
          <TabPanel key={form} value={form} className="py-3">
            <figure>
              <figcaption className="mb-1 flex items-center justify-between gap-2 text-xs text-ink-faint">
                Upload, find the face, generate
                <CopyButton
                  text={() => script(form)}
                  label={`Copy the script as ${form === 'python' ? 'Python' : 'JavaScript'}`}
                />
              </figcaption>
              <pre className="rounded bg-raised p-3 font-mono text-xs leading-5 break-words whitespace-pre-wrap [font-variant-ligatures:none]">
                <code>{script(form)}</code>
              </pre>
            </figure>
          </TabPanel>
        ))}
      </Tabs>
    </>
  );
}
