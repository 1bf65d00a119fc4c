import { TriangleAlert, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useMemo, useRef } from 'react';
import { startDrawing } from '#page/check/index.ts';
import { CoveredPicture } from '#page/painting/covered-picture.tsx';
import { coverMessage, howCovered } from '#page/painting/model/cover-message.ts';
import { Button } from '#page/ui/button.tsx';
import { IconButton } from '#page/ui/icon-button.tsx';
import { type CoverTarget, closeCover, useExport } from './export-store.ts';
import { countCovered, exportJob } from './formats.ts';
import { runExport } from './run-export.ts';
import { withDrawn } from './with-drawn.ts';

/**
 * What covering does, to be looked at before it is saved: only found faces are covered, and who relies on it must see
 * whether one was missed.
 */
export function CoverDialog() {
  const target = useExport((state) => state.cover);
  const save = useRef<HTMLButtonElement>(null);
  const draws = useRef(false);
  return (
    <Dialog.Root open={target !== undefined} onOpenChange={(open) => !open && closeCover()}>
      <Dialog.Portal>
        <div aria-hidden className="fixed inset-0 z-50 bg-black/50" />
        <Dialog.Content
          // Not the close button, whose tooltip would eat the first Esc.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            save.current?.focus();
          }}
          // The box that is drawn next has the keys, not what opened this.
          onCloseAutoFocus={(event) => {
            if (draws.current) event.preventDefault();
            draws.current = false;
          }}
          className="fixed inset-x-3 top-1/2 z-50 mx-auto flex max-h-[calc(100dvh-2rem)] max-w-3xl -translate-y-1/2 flex-col overflow-hidden rounded-xl border border-line bg-panel shadow-float outline-none"
        >
          {target !== undefined && (
            <CoverCheck
              target={target}
              saveButton={save}
              onDraw={() => {
                draws.current = true;
                closeCover();
                startDrawing();
              }}
            />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function CoverCheck({
  target: { items: asked, options },
  saveButton,
  onDraw,
}: {
  readonly target: CoverTarget;
  readonly saveButton: React.Ref<HTMLButtonElement>;
  /** Leads to where a face that was not found is drawn, to be covered as well. */
  readonly onDraw: () => void;
}) {
  // Whoever asked, what was drawn by hand is covered as well. The same list as long as the dialog is open: a new one
  // would be painted anew.
  const [only, items, faces] = useMemo(() => {
    const [first, ...others] = asked;
    const shown = withDrawn(first);
    return [shown, [shown, ...others.map(withDrawn)], [...shown.detection.faces, ...(shown.drawn ?? [])]] as const;
  }, [asked]);
  const job = exportJob('obscured-png', items, options);
  const count = countCovered(items, options.clear);
  const isSeveral = items.length > 1;
  return (
    <>
      <div className="flex items-center justify-between gap-3 px-5 pt-4 pb-3">
        <Dialog.Title className="text-base font-semibold">
          {`Annotated PNG, ${count.clear > 0 ? 'other ' : ''}found faces ${howCovered(options.obscureWith)}`}
        </Dialog.Title>
        <Dialog.Close asChild>
          <IconButton icon={X} label="Close" />
        </Dialog.Close>
      </div>
      {!isSeveral && (
        <div className="grid h-[60dvh] min-h-0 shrink bg-mat p-4">
          <div className="@container-size relative min-h-0 min-w-0">
            <div
              className="absolute top-1/2 left-1/2 -translate-x-1/2 -translate-y-1/2 shadow-picture"
              style={fitted(only.detection.size)}
            >
              <CoveredPicture
                url={only.picture.url}
                size={only.detection.size}
                faces={faces}
                clear={options.clear}
                cover={options.obscureWith}
                label="The picture as it will be covered"
              />
            </div>
          </div>
        </div>
      )}
      <div className="flex flex-wrap items-center justify-end gap-x-6 gap-y-4 p-5">
        <div className="min-w-0 flex-[1_1_18rem]">
          <Dialog.Description className="flex gap-2.5">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
            {coverMessage(count, options.obscureWith)}.
          </Dialog.Description>
          <p className="mt-1 pl-6.5 text-xs break-words text-ink-faint">
            <bdi>{job.fileName}</bdi>
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {!isSeveral && (
            <Button className="min-h-10" onClick={onDraw}>
              Draw a face
            </Button>
          )}
          <Button className="min-h-10" onClick={closeCover}>
            Cancel
          </Button>
          <Button
            ref={saveButton}
            look="primary"
            className="min-h-10"
            onClick={() => {
              closeCover();
              void runExport(job);
            }}
          >
            Save {isSeveral ? 'ZIP' : 'PNG'}
          </Button>
        </div>
      </div>
    </>
  );
}

/** As large as its container allows, in the picture's own shape. */
const fitted = ({ width, height }: { readonly width: number; readonly height: number }) => ({
  aspectRatio: `${width} / ${height}`,
  width: `min(100cqw, 100cqh * ${width / height})`,
});
