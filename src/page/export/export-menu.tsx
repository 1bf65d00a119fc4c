import clsx from 'clsx';
import {
  Braces,
  Check,
  ChevronDown,
  CloudUpload,
  Crop,
  FileArchive,
  FileText,
  FolderOpen,
  Image,
  type LucideIcon,
  Presentation,
  Shapes,
  Table,
  UserRoundX,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { openReport } from '#page/check/index.ts';
import { coverMessage, howCovered } from '#page/painting/model/cover-message.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { openExportMenu, setExportMenuOpen, useExportMenu } from '#page/place/modes.ts';
import type { ExportScope } from '#page/place/place-store.ts';
import { buttonClass } from '#page/ui/button.tsx';
import type { Face, FaceId } from '#shared/face.ts';
import { formatPictureCount } from '#shared/format-measures.ts';
import { uprightSize } from '#shared/geometry/orientation.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { type ExportItem, onlyFaces, originalFrame, type PixelChoice } from './export-item.ts';
import type { ExportJob } from './export-job.ts';
import { openCover, openCrop } from './export-questions.ts';
import { countCovered, type ExportFormat, type ExportOptions, exportJob } from './formats.ts';
import { runExport } from './run-export.ts';
import { withDrawn } from './with-drawn.ts';

type ExportMenuProps = {
  /** The open picture with its result, while it has one. */
  readonly open: ExportItem | undefined;
  /** The open picture's selected faces, the primary one last. */
  readonly selected: readonly Face[];
  /** How many pictures have a result. */
  readonly ready: number;
  /** Every picture that has a result, read when it is needed. */
  readonly all: () => readonly ExportItem[];
  /** Brings in what was drawn by hand on any of them: an item knows of it from then on. */
  readonly onLoadDrawn: () => Promise<void>;
  /** How many pictures were not sent to the chosen engine, and so have nothing to save. */
  readonly notSent: number;
  /** Whether the open one is among them. */
  readonly isOpenNotSent: boolean;
  readonly onSendOpen: () => void;
  readonly onSendAll: () => void;
  /** Saves results so that they can be opened again. */
  readonly savedResultJob: (items: readonly ExportItem[]) => ExportJob;
  /** On phones presenting begins here: the header has no room for a button of its own. Undefined while it cannot. */
  readonly onPresent: (() => void) | undefined;
  /** Asks for saved results to open. */
  readonly onOpenSaved: () => void;
};

type Entry = {
  readonly format: ExportFormat;
  readonly label: string;
  readonly hint: string;
  readonly icon: LucideIcon;
};

const DATA: readonly Entry[] = [
  { format: 'json', label: 'Raw JSON', hint: 'as it came', icon: Braces },
  { format: 'csv', label: 'CSV', hint: 'a row per face', icon: Table },
  { format: 'coco', label: 'COCO', hint: 'JSON', icon: Shapes },
  { format: 'yolo', label: 'YOLO', hint: 'labels as ZIP', icon: Shapes },
  { format: 'voc', label: 'Pascal VOC', hint: 'XML', icon: Shapes },
];

/** Drawn faces that have an entry of their own: the crops of all hold the others. */
const MOST_DRAWN = 4;

/** Everything that can be taken away from the page, in one menu: for the open picture or for all of them. */
export function ExportMenu({
  open,
  selected,
  ready,
  all,
  onLoadDrawn,
  notSent,
  isOpenNotSent,
  onSendOpen,
  onSendAll,
  savedResultJob,
  onPresent,
  onOpenSaved,
}: ExportMenuProps) {
  const { isOpen: menuOpen, scope: wantedScope } = useExportMenu();
  const [names, setNames] = useState(false);
  const [blocks, setBlocks] = useState(false);
  const [wantedPixels, setPixels] = useState<PixelChoice>('original');
  const scopes: readonly { readonly value: ExportScope; readonly label: string }[] = [
    ...(open !== undefined && selected.length > 1
      ? [{ value: 'these' as const, label: `These ${selected.length} faces` }]
      : []),
    { value: 'open', label: 'This picture' },
    ...(ready > 1 ? [{ value: 'all' as const, label: `All ${ready} pictures` }] : []),
  ];
  const scope = scopes.find(({ value }) => value === wantedScope)?.value ?? 'open';
  const isBatch = scope === 'all';
  const isPart = scope === 'these';
  const wholeItems = () => (isBatch ? all() : open === undefined ? [] : [withDrawn(open)]);
  const items = () => (isPart ? wholeItems().map((item) => onlyFaces(item, byNumber(selected))) : wholeItems());
  const isEmpty = isBatch ? ready === 0 : open === undefined;
  const clear: ReadonlySet<FaceId> = new Set(isBatch ? [] : selected.map(({ id }) => id));
  const primary = selected.at(-1);
  // Read once for everything that the open menu says of them.
  const told = menuOpen ? wholeItems() : [];
  const frames = frameChoices(told.map(({ picture }) => picture));
  const pixels = wantedPixels === 'stored' && frames.turned === 0 ? 'original' : wantedPixels;

  const obscureWith = blocks ? 'pixelate' : 'blur';
  const options: ExportOptions = { names, obscureWith, clear, pixels };
  const save = async (format: ExportFormat) => {
    await onLoadDrawn();
    void runExport(exportJob(format, items(), options));
  };
  const count = countCovered(told, clear);
  const cover = async () => {
    await onLoadDrawn();
    const [first, ...others] = wholeItems();
    if (first !== undefined) openCover({ items: [first, ...others], options });
  };
  const pngHint =
    frames.resized === 0 ? 'full resolution' : pixels !== 'sent' && frames.held > 0 ? 'original size' : 'as sent';
  const item = ({ format, label, hint, icon }: Entry) => (
    <Item key={format} icon={icon} label={label} hint={hint} disabled={isEmpty} onSelect={() => void save(format)} />
  );

  return (
    <DropdownMenu.Root
      modal={false}
      open={menuOpen}
      onOpenChange={(isOpen) => {
        setExportMenuOpen(isOpen);
        if (isOpen) void onLoadDrawn();
      }}
    >
      <DropdownMenu.Trigger className={buttonClass('outline', 'min-h-9 px-3 max-[22rem]:px-2 pointer-coarse:min-h-11')}>
        Export
        <ChevronDown aria-hidden className="-mr-1 size-3.5 text-ink-faint max-md:hidden" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        collisionPadding={12}
        // It scrolls in a low window, and what scrolls can have the focus.
        tabIndex={0}
        className="z-50 max-h-(--radix-dropdown-menu-content-available-height) w-80 max-w-[calc(100vw-24px)] overflow-y-auto rounded-lg border border-line bg-panel p-1.5 text-[0.8125rem] text-ink shadow-float"
      >
        {scopes.length > 1 && (
          <DropdownMenu.RadioGroup
            aria-label="What to export"
            value={scope}
            onValueChange={(value) => openExportMenu(scopes.find((known) => known.value === value)?.value ?? 'open')}
            className={clsx(
              'mb-1 grid auto-cols-fr grid-flow-col gap-0.5 rounded bg-raised p-0.5',
              scopes.length > 2 && 'text-xs',
            )}
          >
            {scopes.map(({ value, label }) => (
              <Scope key={value} value={value}>
                {label}
              </Scope>
            ))}
          </DropdownMenu.RadioGroup>
        )}
        {(isOpenNotSent || notSent > 0) && (
          <Section
            label={notSent > 1 || !isOpenNotSent ? leftOutMessage(notSent) : 'Not sent to Kling: nothing to save'}
          >
            {isOpenNotSent && (
              <Item icon={CloudUpload} label="Send this picture to Kling" hint="" onSelect={onSendOpen} />
            )}
            {(notSent > 1 || !isOpenNotSent) && (
              <Item icon={CloudUpload} label={`Send ${notSent} to Kling`} hint="" onSelect={onSendAll} />
            )}
          </Section>
        )}
        <Section label="Pictures">
          {item({ format: 'annotated-png', label: 'Annotated PNG', hint: pngHint, icon: Image })}
          {item({ format: 'annotated-svg', label: 'Annotated SVG', hint: 'picture inside', icon: Image })}
          <Item
            icon={UserRoundX}
            label={`Annotated PNG, ${clear.size > 0 ? 'other ' : ''}found faces ${howCovered(obscureWith)}…`}
            hint={count.clear === 0 ? '' : leftOutFaces(selected)}
            {...(isEmpty ? {} : { note: coverMessage(count, obscureWith) })}
            disabled={count.covered + (count.drawn ?? 0) === 0}
            onSelect={() => void cover()}
          />
          {item({
            format: 'crops',
            label: isPart ? `Crops of ${selected.length} faces` : 'Crops of all faces',
            hint: 'ZIP, by faceNo',
            icon: Crop,
          })}
          {!isBatch && open !== undefined && primary !== undefined && (
            <Item
              icon={Crop}
              label={`Crop of face ${primary.faceNo}…`}
              hint="room, square"
              onSelect={() => openCrop({ picture: open.picture, face: primary, size: open.detection.size })}
            />
          )}
          {!isBatch &&
            !isPart &&
            told.flatMap(({ picture, detection, drawn = [] }) =>
              drawn
                .slice(0, MOST_DRAWN)
                .map((face) => (
                  <Item
                    key={face.id}
                    icon={Crop}
                    label={`Crop of drawn face ${face.drawnNo}…`}
                    hint="room, square"
                    onSelect={() => openCrop({ picture, face, size: detection.size })}
                  />
                )),
            )}
        </Section>
        {(frames.resized > 0 || frames.turned > 0) && (
          <Section label="Size of pictures and numbers">
            <DropdownMenu.RadioGroup
              aria-label="Size of pictures and numbers"
              value={pixels}
              onValueChange={(value) => setPixels(PIXEL_CHOICES.find((choice) => choice === value) ?? 'original')}
            >
              {frames.resized > 0 && <Pixels value="sent">{sized('As sent', frames.sent)}</Pixels>}
              <Pixels value="original">
                {sized(frames.resized > 0 ? 'Original size' : 'Upright', frames.original)}
              </Pixels>
              {frames.turned > 0 && (
                <Pixels value="stored">{sized('Data as stored in the file', frames.stored)}</Pixels>
              )}
            </DropdownMenu.RadioGroup>
            {frameNotes(frames).map((note) => (
              <p key={note} className="px-2.5 pb-1.5 pl-9 text-xs text-ink-soft">
                {note}
              </p>
            ))}
          </Section>
        )}
        <Section label="Data">{DATA.filter(({ format }) => !isPart || format !== 'json').map(item)}</Section>
        <Section label="What was checked">
          <Item
            icon={FileText}
            label={ready === 1 ? 'Report of the picture…' : `Report of ${ready} pictures…`}
            hint="to read and print"
            disabled={ready === 0}
            onSelect={() => openReport()}
          />
        </Section>
        <Section label="How">
          <Option checked={names} onChange={setNames}>
            Names beside numbers
          </Option>
          <Option checked={blocks} onChange={setBlocks}>
            Blocks instead of blur
          </Option>
        </Section>
        <Section label="For later">
          {!isPart && (
            <Item
              icon={FileArchive}
              label={isBatch ? 'Responses and pictures in one file' : 'Response and picture in one file'}
              hint=""
              disabled={isEmpty}
              onSelect={() => void runExport(savedResultJob(items()))}
            />
          )}
          <Item icon={FolderOpen} label="Open a saved result…" hint="" onSelect={onOpenSaved} />
        </Section>
        <div className="mt-1 border-t border-line pt-1 md:hidden">
          <Item
            icon={Presentation}
            label="Present"
            hint=""
            disabled={onPresent === undefined}
            onSelect={() => onPresent?.()}
          />
        </div>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

const byNumber = (faces: readonly Face[]): readonly Face[] => faces.toSorted((a, b) => a.faceNo - b.faceNo);

const leftOutMessage = (count: number): string =>
  `${formatPictureCount(count)} not sent to Kling: nothing to save of ${count === 1 ? 'it' : 'them'}`;

const leftOutFaces = (faces: readonly Face[]): string =>
  faces.length === 1 ? `not face ${faces[0]?.faceNo}` : `not ${faces.length} faces`;

const PIXEL_CHOICES: readonly PixelChoice[] = ['sent', 'original', 'stored'];

/** What pictures and numbers can be in. Sizes (in pixels) are told for one picture; several have many. */
type FrameChoices = {
  /** How many were sent in another size than the file has, and of how many of these the page still has the file. */
  readonly resized: number;
  readonly held: number;
  /** How many files EXIF turns, and how where there is one. */
  readonly turned: number;
  readonly orientation: number | undefined;
  readonly sent: Size | undefined;
  readonly original: Size | undefined;
  readonly stored: Size | undefined;
};

function frameChoices(pictures: readonly Picture[]): FrameChoices {
  const isResized = (picture: Picture) => {
    const { width, height } = originalFrame(picture).size;
    return width !== picture.size.width || height !== picture.size.height;
  };
  const resized = pictures.filter(isResized);
  const [only] = pictures.length === 1 ? pictures : [];
  const frame = only === undefined ? undefined : originalFrame(only);
  return {
    resized: resized.length,
    held: resized.filter(({ original }) => original !== undefined).length,
    turned: pictures.filter((picture) => originalFrame(picture).orientation !== 1).length,
    orientation: frame?.orientation,
    sent: only?.size,
    original: frame?.size,
    stored: frame === undefined ? undefined : uprightSize(frame.size, frame.orientation),
  };
}

/** What a person must know to choose: who reads which frame, and what the page cannot paint any more. */
function frameNotes({ resized, held, turned, orientation }: FrameChoices): readonly string[] {
  const turns =
    orientation === undefined
      ? `EXIF turns ${turned} of these files`
      : `EXIF turns this file (orientation ${orientation})`;
  return [
    ...(turned === 0 ? [] : [`${turns}. OpenCV and browsers read it upright; a program that ignores EXIF, as stored.`]),
    ...(held === resized
      ? []
      : ['Data is in the original size. Pictures leave as sent where the page no longer has the file.']),
  ];
}

const sized = (label: string, size: Size | undefined): string =>
  size === undefined ? label : `${label}, ${size.width} × ${size.height} px`;

function Section({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <DropdownMenu.Group className="border-line not-first:mt-1 not-first:border-t not-first:pt-1">
      <DropdownMenu.Label className="px-2.5 pt-1.5 pb-0.5 text-xs text-ink-faint">{label}</DropdownMenu.Label>
      {children}
    </DropdownMenu.Group>
  );
}

const ROW =
  'flex min-h-8 items-center gap-2.5 rounded-sm px-2.5 outline-none select-none data-highlighted:bg-accent-soft data-disabled:opacity-50 pointer-coarse:min-h-11';

function Item({
  icon: Icon,
  label,
  hint,
  note,
  disabled = false,
  onSelect,
}: {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly hint: string;
  /** What a person should know before choosing it, on a line of its own. */
  readonly note?: string;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}) {
  return (
    <DropdownMenu.Item className={ROW} disabled={disabled} onSelect={onSelect}>
      <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <span className={note === undefined ? 'flex-1' : 'flex-1 py-1.5'}>
        {label}
        {note !== undefined && <span className="mt-0.5 block text-xs text-ink-soft"> {note}</span>}
      </span>
      {hint !== '' && <span className="text-xs text-ink-faint">{hint}</span>}
    </DropdownMenu.Item>
  );
}

/** Stays open when it is chosen: what to export comes next. */
function Scope({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  return (
    <DropdownMenu.RadioItem
      value={value}
      onSelect={(event) => event.preventDefault()}
      className="grid min-h-8 place-items-center rounded-sm text-ink-soft outline-none select-none data-highlighted:ring-2 data-highlighted:ring-accent data-[state=checked]:bg-panel data-[state=checked]:font-medium data-[state=checked]:text-ink data-[state=checked]:shadow-sm pointer-coarse:min-h-11"
    >
      {children}
    </DropdownMenu.RadioItem>
  );
}

/** Stays open when it is chosen: what to save in this size comes next. */
function Pixels({ value, children }: { readonly value: PixelChoice; readonly children: ReactNode }) {
  return (
    <DropdownMenu.RadioItem value={value} onSelect={(event) => event.preventDefault()} className={ROW}>
      <span
        aria-hidden
        className="grid size-4 shrink-0 place-items-center rounded-full border border-line-strong text-accent-ink in-data-[state=checked]:border-accent in-data-[state=checked]:bg-accent"
      >
        <DropdownMenu.ItemIndicator>
          <span className="block size-1.5 rounded-full bg-current" />
        </DropdownMenu.ItemIndicator>
      </span>
      <span className="tabular-nums">{children}</span>
    </DropdownMenu.RadioItem>
  );
}

function Option({
  checked,
  onChange,
  children,
}: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <DropdownMenu.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      className={ROW}
    >
      <span
        aria-hidden
        className="grid size-4 shrink-0 place-items-center rounded-[3px] border border-line-strong text-accent-ink in-data-[state=checked]:border-accent in-data-[state=checked]:bg-accent"
      >
        <DropdownMenu.ItemIndicator>
          <Check className="size-3" />
        </DropdownMenu.ItemIndicator>
      </span>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}
