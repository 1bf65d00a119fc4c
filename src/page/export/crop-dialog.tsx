import { useEffect, useId, useRef, useState } from 'react';
import { type CropOptions, type CropPlan, planCrop } from '#page/painting/model/crop-plan.ts';
import { toFilePixels } from '#page/painting/model/exported-picture.ts';
import { safeStem } from '#page/painting/model/file-names.ts';
import { Button } from '#page/ui/button.tsx';
import { DialogCard, DialogHead } from '#page/ui/dialog-card.tsx';
import { pictureElement } from '#page/ui/picture-element.ts';
import type { PixelChoice } from './export-item.ts';
import type { ExportJob } from './export-job.ts';
import { type CropTarget, cropQuestion } from './export-questions.ts';
import { asSentInstead, OriginalError, paintedSize, paintHeld } from './paint-held.ts';
import { runExport } from './run-export.ts';

type DialogOptions = CropOptions & { readonly pixels: PixelChoice };

/** Saves one face as a picture that can itself be sent as a reference: how much room around it, square or not. */
export function CropDialog() {
  const target = cropQuestion.use()?.asked;
  const [options, setOptions] = useState<DialogOptions>({ padding: 0.25, square: false, pixels: 'sent' });
  return (
    <DialogCard
      isOpen={target !== undefined}
      onClose={cropQuestion.withdraw}
      firstFocus="input"
      className="max-w-sm overflow-y-auto"
    >
      {target !== undefined && <CropForm target={target} options={options} onChange={setOptions} />}
    </DialogCard>
  );
}

type CropFormProps = {
  readonly target: CropTarget;
  readonly options: DialogOptions;
  readonly onChange: (options: DialogOptions) => void;
};

function CropForm({ target, options, onChange }: CropFormProps) {
  const { picture, face } = target;
  const { original } = picture;
  const paddingId = useId();
  const squareId = useId();
  const originalId = useId();
  const plan = planOf(target, options, options.pixels);
  const percent = Math.round(options.padding * 100);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        cropQuestion.withdraw();
        void runExport(cropJob(target, options));
      }}
    >
      <DialogHead title={`Crop of ${faceWords(face)}`} />
      <div className="grid h-64 place-items-center bg-mat p-4">
        <Preview
          pictureUrl={picture.url}
          plan={planOf(target, options, 'sent')}
          label={`Preview of the crop of ${faceWords(face)}`}
        />
      </div>
      <div className="space-y-4 p-5">
        <div>
          <div className="flex justify-between">
            <label htmlFor={paddingId} className="font-medium">
              Room around the face
            </label>
            <output htmlFor={paddingId} className="text-ink-soft tabular-nums">
              {percent} %
            </output>
          </div>
          <input
            id={paddingId}
            type="range"
            min={0}
            max={100}
            step={5}
            value={percent}
            onChange={(event) => onChange({ ...options, padding: event.currentTarget.valueAsNumber / 100 })}
            className="mt-2 block w-full accent-accent"
          />
        </div>
        <label htmlFor={squareId} className="flex min-h-8 items-center gap-2.5 pointer-coarse:min-h-11">
          <input
            id={squareId}
            type="checkbox"
            checked={options.square}
            onChange={(event) => onChange({ ...options, square: event.currentTarget.checked })}
            className="size-4 accent-accent"
          />
          Square
        </label>
        {original !== undefined && (
          <label htmlFor={originalId} className="flex min-h-8 items-center gap-2.5 pointer-coarse:min-h-11">
            <input
              id={originalId}
              type="checkbox"
              checked={options.pixels === 'original'}
              onChange={(event) => onChange({ ...options, pixels: event.currentTarget.checked ? 'original' : 'sent' })}
              className="size-4 accent-accent"
            />
            {`From the original, ${original.size.width} × ${original.size.height} px`}
          </label>
        )}
        <p className="text-ink-soft tabular-nums">
          {`${plan.output.width} × ${plan.output.height} px${plan.enlarged ? `, enlarged from ${plan.source.width} × ${plan.source.height} px to be accepted as a reference` : ''}`}
        </p>
        <Button type="submit" look="primary" className="min-h-10 w-full">
          Save crop
        </Button>
      </div>
    </form>
  );
}

/** Longest side of the preview's pixels; it is shown at half of that. */
const PREVIEW_SIDE = 448;

function Preview({
  pictureUrl,
  plan,
  label,
}: {
  readonly pictureUrl: string;
  readonly plan: CropPlan;
  readonly label: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { x, y, width, height } = plan.source;
  useEffect(() => {
    let wanted = true;
    const draw = async () => {
      const picture = await pictureElement(pictureUrl);
      const target = canvas.current;
      if (!wanted || target === null) return;
      const scale = PREVIEW_SIDE / Math.max(width, height);
      target.width = Math.max(1, Math.round(width * scale));
      target.height = Math.max(1, Math.round(height * scale));
      const context = target.getContext('2d');
      if (context === null) return;
      context.imageSmoothingQuality = 'high';
      context.drawImage(picture, x, y, width, height, 0, 0, target.width, target.height);
    };
    // Without a preview the crop can still be saved.
    draw().catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [pictureUrl, x, y, width, height]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      width={1}
      height={1}
      className="max-h-56 max-w-full rounded-sm object-contain shadow-picture"
    />
  );
}

const faceWords = (face: CropTarget['face']): string =>
  'faceNo' in face ? `face ${face.faceNo}` : `drawn face ${face.drawnNo}`;

function planOf({ picture, face, size }: CropTarget, options: CropOptions, pixels: PixelChoice): CropPlan {
  const painted = paintedSize(picture, pixels);
  return planCrop(toFilePixels(face.bound, size, painted), painted, options);
}

function cropJob(target: CropTarget, options: DialogOptions): ExportJob {
  const { picture, face } = target;
  const { pixels } = options;
  const stem = `${safeStem(picture.name)}-${'faceNo' in face ? `face-${face.faceNo}` : face.id}`;
  return {
    title: 'Crop',
    fileName: `${stem}.png`,
    type: 'image/png',
    packing: 'single',
    large: false,
    total: 1,
    async *files(signal) {
      const crops = [planOf(target, options, pixels)];
      try {
        const [crop] = (await paintHeld(picture, pixels, { kind: 'crops', crops }, signal)).blobs;
        if (crop !== undefined) yield { name: `${stem}.${crop.type === 'image/jpeg' ? 'jpg' : 'png'}`, content: crop };
      } catch (error) {
        if (!(error instanceof OriginalError)) throw error;
        throw asSentInstead(error, cropJob(target, { ...options, pixels: 'sent' }));
      }
    },
  };
}
