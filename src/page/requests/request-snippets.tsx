import { CopyButton } from '#page/ui/copy-button.tsx';
import { TabBar, TabPanel, Tabs } from '#page/ui/tabs.tsx';
import { requestSnippet, type ShownRequest, SNIPPET_FORMS, type SnippetForm } from './model/request-snippets.ts';

/** A call with the words for what it does: "Upload the picture". */
export type ShownCall = { readonly label: string; readonly request: ShownRequest };

const FORM_LABELS: Readonly<Record<SnippetForm, string>> = {
  curl: 'cURL',
  javascript: 'JavaScript',
  python: 'Python',
  http: 'HTTP',
  json: 'JSON',
};

type RequestSnippetsProps = {
  readonly calls: readonly ShownCall[];
  readonly forms?: readonly SnippetForm[];
};

/** One or more calls in several forms, each to copy. Holds no token: see `page/requests/model/request-snippets.ts`. */
export function RequestSnippets({ calls, forms = SNIPPET_FORMS }: RequestSnippetsProps) {
  return (
    <Tabs defaultValue="curl">
      <TabBar label="Form of the request" tabs={forms.map((value) => ({ value, label: FORM_LABELS[value] }))} />
      {forms.map((form) => (
        <TabPanel key={form} value={form} className="flex flex-col gap-3 py-3">
          {calls.map((call) => (
            <Snippet key={call.label} call={call} form={form} />
          ))}
        </TabPanel>
      ))}
    </Tabs>
  );
}

function Snippet({ call, form }: { readonly call: ShownCall; readonly form: SnippetForm }) {
  const text = requestSnippet(call.request, form);
  return (
    <figure>
      <figcaption className="mb-1 flex items-center justify-between gap-2 text-xs text-ink-faint">
        {call.label}
        <CopyButton text={() => text} label={`Copy as ${FORM_LABELS[form]}: ${call.label}`} />
      </figcaption>
      <pre
        translate="no"
        className="rounded bg-raised p-3 font-mono text-xs leading-5 break-words [font-variant-ligatures:none] whitespace-pre-wrap text-ink"
      >
        <code>{text}</code>
      </pre>
    </figure>
  );
}
