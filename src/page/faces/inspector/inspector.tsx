import clsx from 'clsx';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useSelection } from '#page/pictures/selection-store.ts';
import { RequestSnippets, type ShownCall } from '#page/requests/index.ts';
import type { CropSource } from '#page/ui/crop-source.ts';
import { IconButton } from '#page/ui/icon-button.tsx';
import { TabBar, TabPanel, Tabs } from '#page/ui/tabs.tsx';
import type { Detection } from '#shared/face.ts';
import type { Exchange } from '#shared/failure.ts';
import { responseFileLabel } from '#shared/failure-message.ts';
import { formatBytes, formatTime } from '#shared/format-measures.ts';
import { primaryOf } from '#shared/selection.ts';
import type { FactSource } from '../facts/use-face-facts.ts';
import { FacePanel } from './face-panel.tsx';
import { ResponsePanel } from './response-panel.tsx';

const TABS = [
  { value: 'face', label: 'Face' },
  { value: 'request', label: 'Request' },
  { value: 'response', label: 'Response' },
] as const;

type InspectorProps = {
  /** What was found; undefined before an answer and after a failure. */
  readonly detection: Detection | undefined;
  readonly source: CropSource;
  readonly factSource: FactSource;
  /** The calls that were made for this picture, in their order. */
  readonly calls: readonly ShownCall[];
  /** The exchange whose reply is shown, also that of a failure. */
  readonly exchange: Exchange | undefined;
  /** Name under which the reply is saved, ending in `.json`. */
  readonly fileName: string;
  /** Where it can be folded to its heading; left out where it has a place of its own. */
  readonly fold?: { readonly isOpen: boolean; readonly onChange: (open: boolean) => void };
};

/**
 * Everything behind the picture: the primary face in full, the request as code, the raw reply. Fills a flex column
 * whose height the parent sets. Folded, only its tabs and the facts of the answer are left, and a tab opens it.
 */
export function Inspector({ detection, source, factSource, calls, exchange, fileName, fold }: InspectorProps) {
  const [tab, setTab] = useState('face');
  const primaryId = primaryOf(useSelection());
  const face = detection?.faces.find((candidate) => candidate.id === primaryId);
  const isFolded = fold?.isOpen === false;
  return (
    <section aria-label="Inspector" className="flex min-h-0 flex-1 flex-col">
      <h2 className="sr-only">Inspector</h2>
      <Tabs
        value={isFolded ? '' : tab}
        // Folded, a tab that the focus passes must not open it.
        activationMode={isFolded ? 'manual' : 'automatic'}
        onValueChange={(next) => {
          setTab(next);
          if (isFolded) fold.onChange(true);
        }}
        className="flex-1"
      >
        <TabBar
          label="Inspector"
          tabs={TABS}
          className={fold === undefined ? 'px-4' : clsx('h-12 shrink-0 px-4', isFolded && 'border-transparent')}
        >
          {exchange !== undefined && <ExchangeFacts exchange={exchange} />}
          {fold !== undefined && (
            <IconButton
              icon={isFolded ? ChevronUp : ChevronDown}
              label={isFolded ? 'Open the inspector' : 'Fold the inspector'}
              aria-expanded={!isFolded}
              className={clsx('-mr-1.5', exchange === undefined && 'ml-auto')}
              onClick={() => fold.onChange(isFolded)}
            />
          )}
        </TabBar>
        <TabPanel value="face" className="overflow-y-auto">
          {face === undefined || detection === undefined ? (
            <Empty>
              {detection === undefined || detection.faces.length === 0
                ? 'The details of a selected face appear here.'
                : 'Select a face to see its details.'}
            </Empty>
          ) : (
            <FacePanel face={face} detection={detection} source={source} factSource={factSource} />
          )}
        </TabPanel>
        <TabPanel value="request" className="overflow-y-auto px-4">
          {calls.length === 0 ? (
            <Empty>No call has been made for this picture.</Empty>
          ) : (
            <RequestSnippets calls={calls} />
          )}
        </TabPanel>
        <TabPanel value="response" tabIndex={-1} className="flex flex-col">
          {exchange === undefined ? (
            <Empty>The answer appears here as soon as it comes.</Empty>
          ) : (
            <ResponsePanel exchange={exchange} fileName={fileName} />
          )}
        </TabPanel>
      </Tabs>
    </section>
  );
}

/** Status, time and size of the answer; of one that was read from a file, only that. */
function ExchangeFacts({ exchange }: { readonly exchange: Exchange }) {
  // Counted once: a reply may have megabytes, and this is drawn with every selection.
  const bytes = useMemo(() => new Blob([exchange.body]).size, [exchange.body]);
  if (exchange.readFrom !== undefined) {
    return <p className="ml-auto truncate text-xs text-ink-faint">{responseFileLabel(exchange.readFrom)}</p>;
  }
  const isGood = exchange.status !== undefined && exchange.status >= 200 && exchange.status < 300;
  const facts = [
    exchange.status === undefined ? 'no answer' : `${exchange.status}`,
    formatTime(exchange.durationMs),
    formatBytes(bytes),
  ];
  return (
    // What has no room wraps below the one line that is seen: the size goes first, and nothing is cut in half.
    <p
      title={facts.join(' · ')}
      className={clsx(
        'flex h-[1lh] min-w-0 flex-1 flex-wrap justify-end overflow-hidden text-xs whitespace-pre tabular-nums',
        isGood ? 'text-good' : 'text-bad',
      )}
    >
      {facts.map((fact, index) => (
        <span key={fact}>{index === 0 ? fact : ` · ${fact}`}</span>
      ))}
    </p>
  );
}

const Empty = ({ children }: { readonly children: string }) => (
  <p className="px-4 py-6 text-center text-[0.8125rem] text-ink-faint">{children}</p>
);
