import clsx from 'clsx';
import { FileUp, Link2, X } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { tabStorage, visitorStorage } from '#page/platform/browser-storage.ts';
import type { Remembered } from '#page/platform/remembered.ts';
import { Button } from '#page/ui/button.tsx';
import { ToggleSwitch } from '#page/ui/toggle-switch.tsx';
import { useObjectUrl } from '#page/ui/use-object-url.ts';
import { formatBytes } from '#shared/format-measures.ts';
import { timeAgo } from './format-age.ts';
import { useKeepsPictures } from './keep-pictures.ts';
import { NOT_TOLD, type RecentPicture } from './memory.ts';
import { rememberedPictures } from './page-memory.ts';

/** How many are shown before a person asks for all. */
const FIRST_FEW = 6;

/** What is shown of it: on the empty page the pictures, and in the header's menu what is not on the page already. */
export type RecentParts = 'pictures' | 'choices' | 'all';

type RecentPicturesProps = {
  readonly parts: RecentParts;
  /** Keys of pictures that are in work: they are not listed. */
  readonly inWork: ReadonlySet<string>;
  /** Mark of today's detector; undefined where the server does not tell. */
  readonly detector: string | undefined;
  readonly onOpen: (picture: RecentPicture) => void;
  readonly onRemove: (key: string) => void;
  readonly onKeepsPicturesChange: (keepsPictures: boolean) => void;
  /** Asks to forget everything. */
  readonly onForget: () => void;
  /** What stands below all of it, also where nothing is remembered. */
  readonly footer: ReactNode;
  readonly className?: string;
};

/** What this browser remembers: pictures to open with one click, how much room they take, and how to forget them. */
export function RecentPictures({
  parts,
  inWork,
  detector,
  onOpen,
  onRemove,
  onKeepsPicturesChange,
  onForget,
  footer,
  className,
}: RecentPicturesProps) {
  const titleId = useId();
  const { status, value } = rememberedPictures.use();
  const recent = value.recent.filter(({ key }) => !inWork.has(key));
  if (status === 'loading') return null;
  const refused = refusedMessage(status);
  const choices = parts !== 'pictures' && status === 'ready' && (
    <MemoryFooter onKeepsPicturesChange={onKeepsPicturesChange} onForget={onForget} />
  );
  if (parts === 'choices' || status !== 'ready' || recent.length + inWork.size === 0) {
    const nothing = parts === 'all' && status === 'ready' ? 'Nothing is remembered in this browser yet.' : undefined;
    const said = parts === 'choices' && status === 'ready' ? undefined : (refused ?? nothing);
    if (said === undefined && choices === false && footer === undefined) return null;
    return (
      <div className={clsx('text-left', className)}>
        {said !== undefined && <p className="text-[0.8125rem] text-ink-soft">{said}</p>}
        {choices}
        {footer}
      </div>
    );
  }
  return (
    <section aria-labelledby={titleId} className={clsx('@container text-left', className)}>
      <h3 id={titleId} className="text-[0.8125rem] font-semibold text-ink">
        Recent
      </h3>
      {recent.length === 0 && <p className="mt-1 text-[0.8125rem] text-ink-soft">Everything recent is open.</p>}
      <RecentList recent={recent} detector={detector} onOpen={onOpen} onRemove={onRemove} />
      {refused !== undefined && <p className="mt-2 text-[0.8125rem] text-ink-soft">{refused}</p>}
      {choices}
      {footer}
    </section>
  );
}

function RecentList({
  recent,
  detector,
  onOpen,
  onRemove,
}: Pick<RecentPicturesProps, 'detector' | 'onOpen' | 'onRemove'> & { readonly recent: readonly RecentPicture[] }) {
  const [showsAll, setShowsAll] = useState(false);
  const [now] = useState(Date.now);
  const shown = showsAll ? recent : recent.slice(0, FIRST_FEW);
  return (
    <>
      <ul className="mt-2 grid gap-x-4 gap-y-1 @md:grid-cols-2">
        {shown.map((picture) => (
          <RecentRow
            key={picture.key}
            picture={picture}
            isEarlier={isEarlier(picture, detector)}
            now={now}
            onOpen={onOpen}
            onRemove={onRemove}
          />
        ))}
      </ul>
      {recent.length > shown.length && (
        <Button look="quiet" className="mt-1" onClick={() => setShowsAll(true)}>
          {`Show all ${recent.length}`}
        </Button>
      )}
    </>
  );
}

/** Whether another detector than today's found the faces: asking again may find others. */
const isEarlier = ({ detector }: RecentPicture, today: string | undefined): boolean =>
  detector !== undefined && (detector === NOT_TOLD || (today !== undefined && detector !== today));

/** What this browser does not keep, and what that means; undefined when it keeps everything. */
function refusedMessage(status: Remembered<unknown>['status']): string | undefined {
  if (status === 'newer') {
    return 'A newer version of this page has been here, and what it remembers is safe with it. Reload to get that version.';
  }
  if (status === 'unavailable') {
    return 'This browser stores nothing here, as in some private windows. After a reload, pictures have to be handed over again.';
  }
  if (!tabStorage.isKept) {
    return 'This browser does not keep the work of a tab. After a reload, open its pictures from Recent, or hand them over again.';
  }
  return visitorStorage.isKept
    ? undefined
    : 'This browser keeps no choices here. After a reload, theme and engine have to be chosen again.';
}

function RecentRow({
  picture,
  isEarlier,
  now,
  onOpen,
  onRemove,
}: {
  picture: RecentPicture;
  isEarlier: boolean;
  /** Milliseconds since 1970 that ages are told from: when the list was opened. */
  now: number;
  onOpen: (picture: RecentPicture) => void;
  onRemove: (key: string) => void;
}) {
  const thumbnail = useObjectUrl(picture.thumbnail.size > 0 ? picture.thumbnail : undefined);
  const isAskedFor = !picture.hasBlob && picture.origin.kind !== 'link';
  const faces = picture.faces === undefined ? undefined : `${picture.faces} ${picture.faces === 1 ? 'face' : 'faces'}`;
  const earlier = isEarlier ? 'earlier detector' : undefined;
  const when = timeAgo(picture.openedAt, now);
  return (
    <li className="group relative flex min-w-0">
      <button
        type="button"
        onClick={() => onOpen(picture)}
        aria-label={[isAskedFor ? `Choose ${picture.name} again` : `Open ${picture.name}`, faces, earlier, when]
          .filter((part) => part !== undefined)
          .join(', ')}
        className="flex min-h-14 min-w-0 flex-1 items-center gap-3 rounded-lg p-1.5 pr-10 text-left hover:bg-raised"
      >
        <span className="relative size-11 shrink-0 overflow-hidden rounded bg-raised">
          {thumbnail !== undefined && (
            <img src={thumbnail} alt="" draggable={false} className="size-full object-cover" />
          )}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-[0.8125rem] font-medium text-ink">{picture.name}</span>
          <span className="flex items-center gap-1.5 text-xs text-ink-soft tabular-nums">
            {isAskedFor && <FileUp aria-hidden className="size-3.5 shrink-0" />}
            {picture.origin.kind === 'link' && <Link2 aria-hidden className="size-3.5 shrink-0" />}
            <span className="truncate">
              {[isAskedFor ? 'Choose again' : undefined, faces, earlier, when]
                .filter((part) => part !== undefined)
                .join(' · ')}
            </span>
          </span>
        </span>
      </button>
      <button
        type="button"
        aria-label={`Forget ${picture.name}`}
        onClick={() => onRemove(picture.key)}
        className="absolute top-1/2 right-1 grid size-8 -translate-y-1/2 place-items-center rounded text-ink-faint hover:bg-panel hover:text-ink pointer-coarse:size-11"
      >
        <X aria-hidden className="size-4" />
      </button>
    </li>
  );
}

/** How much room the memory takes, whether pictures are kept too, and the way out. */
function MemoryFooter({
  onKeepsPicturesChange,
  onForget,
}: {
  onKeepsPicturesChange: (keepsPictures: boolean) => void;
  onForget: () => void;
}) {
  const id = useId();
  const { usedBytes, maxBytes } = rememberedPictures.use().value;
  const keepsPictures = useKeepsPictures();
  return (
    <div className="text-xs text-ink-soft not-first:mt-3 not-first:border-t not-first:border-line not-first:pt-3">
      <div className="flex items-start justify-between gap-3">
        <label htmlFor={id} className="min-w-0">
          <span className="block text-[0.8125rem] text-ink">Keep pictures too</span>
          {keepsPictures
            ? 'Pictures stay in this browser when they are closed.'
            : 'Results stay in this browser. A picture goes when you remove it; if its tab is closed, half a minute after this page is next opened.'}
        </label>
        <ToggleSwitch id={id} checked={keepsPictures} onChange={onKeepsPicturesChange} />
      </div>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
        <span className="tabular-nums">{`${formatBytes(usedBytes)} of ${formatBytes(maxBytes)} used`}</span>
        <Button onClick={onForget}>Forget everything…</Button>
      </div>
    </div>
  );
}
