import { TriangleAlert } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useMemo, useRef } from 'react';
import { startDrawing } from '#page/check/index.ts';
import { CoveredPicture } from '#page/painting/covered-picture.tsx';
import { coverMessage, howCovered } from '#page/painting/model/cover-message.ts';
import { Button } from '#page/ui/button.tsx';
import { DialogCard, DialogHead } from '#page/ui/dialog-card.tsx';
import { type CoverTarget, coverQuestion } from './export-questions.ts';
import { countCovered, exportJob } from './formats.ts';
import { runExport } from './run-export.ts';
import { withDrawn } from './with-drawn.ts';

/**
 * What covering does, to be looked at before it is saved: only found faces are covered, and who relies on it must see
 * whether one was missed.
 */
export function CoverDialog() {
  const target = coverQuestion.use()?.asked;
  const draws = useRef(false);
  return (
    <DialogCard
      isOpen={target !== undefined}
      onClose={coverQuestion.withdraw}
      isDescribed
      firstFocus="[data-save]"
      // The box that is drawn next has the keys, not what opened this.
      onCloseAutoFocus={(event) => {
        if (draws.current) event.preventDefault();
        draws.current = false;
      }}
      className="flex max-w-3xl flex-col overflow-hidden"
    >
      {target !== undefined && (
        <CoverCheck
          target={target}
          onDraw={() => {
            draws.current = true;
            coverQuestion.withdraw();
            startDrawing();
          }}
        />
      )}
    </DialogCard>
  );
}

function CoverCheck({
  target: { items: asked, options },
  onDraw,
}: {
  readonly target: CoverTarget;
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
      <DialogHead
        title={`Annotated PNG, ${count.clear > 0 ? 'other ' : ''}found faces ${howCovered(options.obscureWith)}`}
      />
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
          <Button className="min-h-10" onClick={coverQuestion.withdraw}>
            Cancel
          </Button>
          <Button
            data-save
            look="primary"
            className="min-h-10"
            onClick={() => {
              coverQuestion.withdraw();
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
