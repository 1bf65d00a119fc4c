import { ChevronDown, ChevronUp, Download, FoldVertical, UnfoldVertical } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useMemo, useState } from 'react';
import { saveFile } from '#page/platform/save-file.ts';
import { foldableLines, JsonTree, jsonLines, searchLines } from '#page/requests/index.ts';
import { CopyButton } from '#page/ui/copy-button.tsx';
import { IconButton } from '#page/ui/icon-button.tsx';
import type { Exchange } from '#shared/failure.ts';
import { asJson } from '#shared/lenient.ts';

type ResponsePanelProps = {
  readonly exchange: Exchange;
  /** Name under which the reply is saved. */
  readonly fileName: string;
};

/** The raw reply: as a tree when it is JSON, as text when it is not. */
export function ResponsePanel({ exchange, fileName }: ResponsePanelProps) {
  const json = useMemo(() => asJson(exchange.body), [exchange.body]);
  // A new reply is a new tree: folds, search and place belong to the old one.
  return json === undefined ? (
    <PlainReply exchange={exchange} fileName={fileName} />
  ) : (
    <JsonReply key={exchange.body} json={json} exchange={exchange} fileName={fileName} />
  );
}

function JsonReply({ json, exchange, fileName }: ResponsePanelProps & { readonly json: unknown }) {
  const lines = useMemo(() => jsonLines(json), [json]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [active, setActive] = useState(0);
  const [typed, setTyped] = useState('');
  const [matchNo, setMatchNo] = useState(0);
  const query = useDeferredValue(typed);
  const matches = useMemo(() => searchLines(lines, query), [lines, query]);
  const match = matches[matchNo];

  const go = (steps: number) =>
    setMatchNo((current) => (matches.length === 0 ? 0 : (current + steps + matches.length) % matches.length));
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
    if (event.key === 'Escape' && typed !== '') {
      event.preventDefault();
      setTyped('');
    }
  };
  return (
    <>
      <div className="flex items-center gap-0.5 border-b border-line py-1 pr-2 pl-4">
        <input
          type="text"
          aria-label="Search the response"
          placeholder="Search"
          value={typed}
          className="h-7 min-w-0 flex-1 rounded-sm bg-transparent px-1 text-xs outline-offset-0 placeholder:text-ink-faint pointer-coarse:h-11 pointer-coarse:text-base"
          onChange={(event) => {
            setTyped(event.target.value);
            setMatchNo(0);
          }}
          onKeyDown={onSearchKey}
        />
        <span role="status" className="shrink-0 px-1 text-xs text-ink-faint tabular-nums">
          {query !== '' && (matches.length === 0 ? 'Not found' : `${matchNo + 1} of ${matches.length}`)}
        </span>
        {matches.length > 1 && (
          <>
            <IconButton icon={ChevronUp} label="Previous match" onClick={() => go(-1)} />
            <IconButton icon={ChevronDown} label="Next match" onClick={() => go(1)} />
          </>
        )}
        {folded.size === 0 ? (
          <IconButton icon={FoldVertical} label="Fold all" onClick={() => setFolded(new Set(foldableLines(lines)))} />
        ) : (
          <IconButton icon={UnfoldVertical} label="Unfold all" onClick={() => setFolded(new Set())} />
        )}
        <CopyAndSave exchange={exchange} fileName={fileName} type="application/json" />
      </div>
      <JsonTree
        lines={lines}
        folded={folded}
        onFold={setFolded}
        active={active}
        onActivate={setActive}
        query={query}
        match={match}
      />
    </>
  );
}

function PlainReply({ exchange, fileName }: ResponsePanelProps) {
  return (
    <>
      <div className="flex items-center gap-0.5 border-b border-line py-1 pr-2 pl-4">
        <p className="flex-1 text-xs text-ink-faint">
          {exchange.body === '' ? 'The answer is empty.' : 'The answer is not JSON.'}
        </p>
        <CopyAndSave exchange={exchange} fileName={fileName.replace(/\.json$/, '.txt')} type="text/plain" />
      </div>
      <textarea
        readOnly
        aria-label="Response"
        value={exchange.body}
        className="min-h-0 flex-1 resize-none bg-transparent px-4 py-2 font-mono text-xs outline-offset-[-2px]"
      />
    </>
  );
}

function CopyAndSave({ exchange, fileName, type }: ResponsePanelProps & { readonly type: string }) {
  return (
    <>
      <CopyButton text={() => exchange.body} label="Copy the response" />
      <IconButton
        icon={Download}
        label="Save the response as a file"
        onClick={() => saveFile(new Blob([exchange.body], { type }), fileName)}
      />
    </>
  );
}
