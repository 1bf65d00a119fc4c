import { type DragEvent, type ReactNode, useMemo } from 'react';
import { type DropEvent, useDropzone } from 'react-dropzone';
import { isSideFile } from '../model/side-files.ts';
import { dragContent } from './drag-content.ts';
import { draggedAddress } from './dragged-address.ts';
import { droppedFiles, filesOf, pathOf } from './handed-files.ts';
import type { FileVia, ImportItem, Refusal } from './import-item.ts';
import { importItemsFromText } from './import-items-from-text.ts';
import { IntakeContext } from './intake-context.ts';
import { isTextField } from './text-field.ts';
import { useDrag } from './use-drag.ts';
import { usePaste } from './use-paste.ts';

/**
 * For the file dialog only. Formats without a registered type need their endings; files are judged by their bytes. JSON
 * and ZIP may be saved results, and text may be boxes.
 */
const DIALOG_FILTER = 'image/*,.heic,.heif,.avif,.tif,.tiff,.webp,.bmp,.json,.zip,.csv,.txt,.xml,.yaml,.names';

type IntakeProviderProps = {
  /** Gets everything that came in at once, in its order. */
  readonly onImport: (items: readonly ImportItem[]) => void;
  /** Gets what was handed over without anything in it that could be tried. */
  readonly onRefused: (refusal: Refusal) => void;
  readonly children: ReactNode;
};

/** Makes the whole window a place to drop and paste pictures, and gives the ways in below it one file dialog. */
export function IntakeProvider({ onImport, onRefused, children }: IntakeProviderProps) {
  const { dragged, isOwnDrag } = useDrag();
  usePaste(onImport, onRefused);

  /** Reads the files out of a drop or a choice, folders included, and hands them over. */
  const collect = async (event: DropEvent | FileSystemFileHandle[]): Promise<(File | DataTransferItem)[]> => {
    const dropped = 'dataTransfer' in event ? event.dataTransfer : null;
    if (dropped !== null && 'type' in event && event.type !== 'drop') return [];
    // What was dropped can be read only now, before the first wait.
    const address = dropped === null ? undefined : draggedAddress(dropped);
    const told = dropped === null ? [] : [...dropped.files];
    const files = dropped === null ? await filesOf(event) : await droppedFiles(dropped);
    const via: FileVia = dropped === null ? 'browse' : 'drop';
    // file-selector leaves some of the system's own files out: they are said like the others, and are no empty drop.
    const found = new Set(files.map(({ name }) => name));
    const given = [...files, ...told.filter(({ name }) => !found.has(name) && isSideFile({ name }))];
    if (given.length > 0) onImport(given.map((file) => importItemOf(file, via)));
    else if (dropped !== null) takeAddress(address);
    // Handed over here, not in `onDrop`: the dropzone forgets a drop when the next one comes while it still reads.
    return [];
  };

  const takeAddress = (address: string | undefined) => {
    const { items } = importItemsFromText(address ?? '', 'drop');
    if (items.length > 0) onImport(items);
    else onRefused({ name: 'What you dropped', failure: { code: 'nothing-to-load', via: 'drop' } });
  };

  const { getRootProps, getInputProps, open } = useDropzone({
    getFilesFromEvent: collect,
    onError: () => onRefused({ name: 'Dropped files', failure: { code: 'unreadable-file' } }),
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    preventDropOnDocument: false,
  });

  /** The dropzone knows files only; addresses, text for a field and the page's own drags are settled before it. */
  const onDragOver = (event: DragEvent) => {
    const kind = kindOf(event, isOwnDrag());
    if (kind === 'files') return;
    event.stopPropagation();
    if (kind === 'text-for-field') return;
    event.preventDefault();
    event.dataTransfer.dropEffect = kind === 'address' ? allowedEffect(event.dataTransfer) : 'none';
  };
  const onDrop = (event: DragEvent) => {
    const kind = kindOf(event, isOwnDrag());
    if (kind === 'files') return;
    event.stopPropagation();
    if (kind === 'text-for-field') return;
    event.preventDefault();
    if (kind === 'address') takeAddress(draggedAddress(event.dataTransfer));
  };

  const intake = useMemo(
    () => ({ deliver: onImport, refuse: onRefused, browse: open, dragged }),
    [onImport, onRefused, open, dragged],
  );
  return (
    <IntakeContext value={intake}>
      <div {...getRootProps({ className: 'h-full', role: undefined, onDragOver, onDrop })}>
        {/* Not shown and not reachable: the Browse buttons open its dialog. Outside of any landmark it must not be read out. */}
        <input
          {...getInputProps({ accept: DIALOG_FILTER, 'aria-label': 'Choose pictures', style: { display: 'none' } })}
        />
        {children}
      </div>
    </IntakeContext>
  );
}

const importItemOf = (file: File, via: FileVia): ImportItem => {
  const path = pathOf(file);
  return { kind: 'file', file, via, name: file.name, ...(path === undefined ? {} : { path }) };
};

type DragKind = 'files' | 'address' | 'text-for-field' | 'nothing';

function kindOf(event: DragEvent, ownDrag: boolean): DragKind {
  const content = dragContent(event.dataTransfer);
  if (content?.kind === 'files') return ownDrag ? 'nothing' : 'files';
  if (isTextField(event.target)) return 'text-for-field';
  return content !== undefined && !ownDrag ? 'address' : 'nothing';
}

/** A drop happens only with an effect that the source allows; links often allow `link` alone. */
const allowedEffect = ({ effectAllowed }: DataTransfer): 'copy' | 'link' =>
  /copy|all|uninitialized/i.test(effectAllowed) ? 'copy' : 'link';
