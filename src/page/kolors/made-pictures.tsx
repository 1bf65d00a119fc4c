import { ChevronLeft, ChevronRight, Download, ExternalLink, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { Button, buttonClass } from '#page/ui/button.tsx';
import { IconButton } from '#page/ui/icon-button.tsx';
import { formatSize } from '#shared/format-measures.ts';
import type { Result } from '#shared/result.ts';
import { withoutLastEnding } from '#shared/trim.ts';
import type { StoredGeneration } from './generation-store.ts';
import type { MadePicture } from './model/parse-task.ts';
import { saveMadePicture, saveWithoutWatermark } from './save-made-picture.ts';

type StoredPicture = { readonly [Key in keyof MadePicture]?: MadePicture[Key] } & { readonly url: string };

type MadePicturesProps = {
  readonly entry: StoredGeneration;
  readonly pictures: readonly StoredPicture[];
  /** Address of the face that they were made from. */
  readonly cropUrl: string | undefined;
  readonly pictureHref: (url: string) => string;
};

/** What was made: each picture opens large beside the face it was made from. */
export function MadePictures({ entry, pictures, cropUrl, pictureHref }: MadePicturesProps) {
  const [openIndex, setOpenIndex] = useState<number>();
  const open = openIndex === undefined ? undefined : pictures[openIndex];
  const step = (by: 1 | -1) =>
    setOpenIndex((index) => (index === undefined ? undefined : Math.min(Math.max(index + by, 0), pictures.length - 1)));
  return (
    <>
      <ul className={`mt-3 grid gap-2 ${pictures.length === 1 ? 'grid-cols-1' : 'grid-cols-2 sm:grid-cols-3'}`}>
        {pictures.map((picture, index) => (
          <li key={picture.url}>
            <button
              type="button"
              aria-label={`Open picture ${index + 1}`}
              onClick={() => setOpenIndex(index)}
              className="block w-full overflow-hidden rounded-lg bg-mat ring-line hover:ring-2 hover:ring-accent"
            >
              <img
                src={pictureHref(picture.url)}
                alt={`Made from ${entry.faceName}: ${index + 1} of ${pictures.length}`}
                loading="lazy"
                className="w-full object-cover"
                style={
                  picture.width !== undefined && picture.height !== undefined
                    ? { aspectRatio: `${picture.width} / ${picture.height}` }
                    : undefined
                }
              />
            </button>
          </li>
        ))}
      </ul>
      <Dialog.Root open={open !== undefined} onOpenChange={(next) => !next && setOpenIndex(undefined)}>
        <Dialog.Portal>
          <div aria-hidden className="fixed inset-0 z-[60] bg-black/60" />
          <Dialog.Content
            aria-describedby={undefined}
            onOpenAutoFocus={(event) => {
              // The picture, not the first button and its hint, is what was asked for.
              event.preventDefault();
              if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
            }}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
              // Taken: what had the focus may be gone with its picture, and nobody could tell that it was in here.
              event.preventDefault();
              step(event.key === 'ArrowLeft' ? -1 : 1);
            }}
            className="fixed inset-3 z-[60] mx-auto flex max-w-6xl flex-col rounded-xl border border-line bg-panel shadow-float outline-none sm:inset-6"
          >
            {open !== undefined && openIndex !== undefined && (
              <>
                <div className="flex items-center gap-2 px-5 pt-4 pb-3">
                  <Dialog.Title className="min-w-0 flex-1 truncate text-base font-semibold">
                    Picture {openIndex + 1} of {pictures.length}
                  </Dialog.Title>
                  {pictures.length > 1 && (
                    <>
                      <IconButton
                        icon={ChevronLeft}
                        label="Previous picture"
                        aria-disabled={openIndex === 0}
                        onClick={() => step(-1)}
                      />
                      <IconButton
                        icon={ChevronRight}
                        label="Next picture"
                        aria-disabled={openIndex === pictures.length - 1}
                        onClick={() => step(1)}
                      />
                    </>
                  )}
                  <Dialog.Close asChild>
                    <IconButton icon={X} label="Close" />
                  </Dialog.Close>
                </div>
                <div className="flex min-h-0 flex-1 gap-4 px-5 max-sm:flex-col max-sm:px-4">
                  {cropUrl !== undefined && (
                    <figure className="flex min-h-0 flex-col max-sm:h-1/4 sm:w-1/4">
                      <img
                        src={cropUrl}
                        alt={`${entry.faceName} of ${entry.pictureName}`}
                        className="min-h-0 flex-1 rounded-lg bg-mat object-contain"
                      />
                      <figcaption className="mt-1.5 truncate text-xs text-ink-faint">
                        {entry.faceName} of {entry.pictureName}
                      </figcaption>
                    </figure>
                  )}
                  <figure className="flex min-h-0 min-w-0 flex-1 flex-col">
                    <img
                      src={pictureHref(open.url)}
                      alt={`Made from ${entry.faceName}`}
                      className="min-h-0 flex-1 rounded-lg bg-mat object-contain"
                    />
                    <figcaption className="mt-1.5 truncate text-xs text-ink-faint tabular-nums">
                      {open.width !== undefined && open.height !== undefined
                        ? formatSize({ width: open.width, height: open.height })
                        : 'Made by Kolors'}
                    </figcaption>
                  </figure>
                </div>
                <Actions key={open.url} entry={entry} picture={open} stem={stemOf(entry, openIndex)} />
              </>
            )}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  );
}

const stemOf = (entry: StoredGeneration, index: number): string =>
  `${withoutLastEnding(entry.pictureName)}-kolors-${index + 1}`;

/** Save, save without watermark, open at Kling. A button that waits keeps the focus: it is not disabled, it ignores. */
function Actions({ entry, picture, stem }: { entry: StoredGeneration; picture: StoredPicture; stem: string }) {
  const [busy, setBusy] = useState<'plain' | 'clean'>();
  const [problem, setProblem] = useState<string>();
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => controller.abort();
  }, []);

  const save = async (kind: 'plain' | 'clean', run: (signal: AbortSignal) => Promise<Result<undefined, string>>) => {
    const signal = leaving.current?.signal;
    if (signal === undefined || busy !== undefined) return;
    setBusy(kind);
    setProblem(undefined);
    try {
      const saved = await run(signal);
      if (!saved.ok) setProblem(saved.error);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      setBusy(undefined);
    }
  };
  const { workId } = picture;
  return (
    <div className="px-5 py-4 max-sm:px-4">
      {problem !== undefined && (
        <p role="alert" className="mb-3 rounded bg-bad-soft px-3 py-2 text-bad">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2 max-sm:[&>*]:grow [&>[aria-disabled=true]]:opacity-50">
        <a
          href={picture.url}
          target="_blank"
          rel="noopener noreferrer"
          className={buttonClass('quiet', 'min-h-8 px-3 text-[0.8125rem] pointer-coarse:min-h-11')}
        >
          <ExternalLink aria-hidden className="size-3.5" />
          Open at Kling
        </a>
        {workId !== undefined && (
          <Button
            aria-disabled={busy !== undefined}
            onClick={() => void save('clean', (signal) => saveWithoutWatermark(entry, workId, stem, signal))}
          >
            {busy === 'clean' ? 'Asking Kling…' : 'Save without watermark'}
          </Button>
        )}
        <Button
          look="primary"
          aria-disabled={busy !== undefined}
          onClick={() => void save('plain', (signal) => saveMadePicture(picture.url, stem, signal))}
        >
          <Download aria-hidden className="size-3.5" />
          {busy === 'plain' ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </div>
  );
}
