import clsx from 'clsx';
import { RadioGroup } from 'radix-ui';
import { type ReactNode, type RefObject, useId } from 'react';
import { ASPECT_RATIOS, type AspectRatio, FACE_STRENGTH, IMAGE_COUNT, MAX_PROMPT_LENGTH } from '#contract/kolors.ts';
import { costInCredits, formatCredits, type KolorsSettings } from './model/kolors-request.ts';

/** Longest side of the little picture of a shape, in CSS pixels. */
const SHAPE_SIDE = 18;

const COUNTS = Array.from({ length: IMAGE_COUNT.max - IMAGE_COUNT.min + 1 }, (_, index) => IMAGE_COUNT.min + index);

const CHOICE =
  'rounded border border-line bg-panel text-[0.8125rem] text-ink-soft tabular-nums hover:border-line-strong hover:text-ink data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:font-semibold data-[state=checked]:text-ink';

type SettingsFormProps = {
  readonly settings: KolorsSettings;
  readonly onChange: (change: Partial<KolorsSettings>) => void;
  /** What is wrong with the prompt, once a person wanted to go on. */
  readonly promptProblem: string | undefined;
  readonly promptRef: RefObject<HTMLTextAreaElement | null>;
  /** Ctrl or ⌘ with Enter in the prompt. */
  readonly onSubmit: () => void;
};

/** What Kolors shall make of the face. */
export function SettingsForm({ settings, onChange, promptProblem, promptRef, onSubmit }: SettingsFormProps) {
  const { prompt, faceStrength, aspectRatio, imageCount } = settings;
  const promptId = useId();
  const promptHintId = useId();
  const strengthId = useId();
  const isTooLong = prompt.length > MAX_PROMPT_LENGTH;
  return (
    <div className="flex flex-col gap-5">
      <div>
        <div className="flex items-baseline justify-between gap-3">
          <label htmlFor={promptId} className="font-medium">
            Prompt
          </label>
          <span className={clsx('text-xs tabular-nums', isTooLong ? 'font-semibold text-bad' : 'text-ink-faint')}>
            {prompt.length.toLocaleString('en')} / {MAX_PROMPT_LENGTH.toLocaleString('en')}
          </span>
        </div>
        <textarea
          ref={promptRef}
          id={promptId}
          value={prompt}
          rows={4}
          placeholder="Portrait in the evening sun, shallow depth of field, film grain"
          aria-invalid={promptProblem !== undefined || isTooLong}
          aria-describedby={promptHintId}
          onChange={(event) => onChange({ prompt: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            onSubmit();
          }}
          className="mt-1.5 block field-sizing-content max-h-60 min-h-24 w-full resize-y rounded border border-line-strong bg-page px-3 py-2 leading-6 placeholder:text-ink-faint aria-invalid:border-bad"
        />
        <p
          id={promptHintId}
          role={promptProblem === undefined ? undefined : 'alert'}
          className={clsx('mt-1 text-xs empty:hidden', promptProblem === undefined ? 'text-ink-soft' : 'text-bad')}
        >
          {promptProblem ?? (prompt.trim() === '' ? 'Still empty: Kolors refuses a call without a prompt.' : undefined)}
        </p>
      </div>

      <div>
        <div className="flex items-baseline justify-between gap-3">
          <label htmlFor={strengthId} className="font-medium">
            Face strength
          </label>
          <output htmlFor={strengthId} className="text-sm font-semibold tabular-nums">
            {faceStrength}
          </output>
        </div>
        <input
          id={strengthId}
          type="range"
          min={FACE_STRENGTH.min}
          max={FACE_STRENGTH.max}
          step={1}
          value={faceStrength}
          onChange={(event) => onChange({ faceStrength: event.target.valueAsNumber })}
          className="mt-1 block h-8 w-full accent-accent pointer-coarse:h-11"
        />
        <p className="flex justify-between text-xs text-ink-faint">
          <span>Freer</span>
          <span>Closer to the face</span>
        </p>
      </div>

      <Choices label="Aspect ratio">
        <RadioGroup.Root
          aria-label="Aspect ratio"
          value={aspectRatio}
          onValueChange={(value) => {
            const chosen = ASPECT_RATIOS.find((ratio) => ratio === value);
            if (chosen !== undefined) onChange({ aspectRatio: chosen });
          }}
          className="grid grid-cols-4 gap-1.5 sm:grid-cols-8"
        >
          {ASPECT_RATIOS.map((ratio) => (
            <RadioGroup.Item
              key={ratio}
              value={ratio}
              className={clsx(CHOICE, 'flex h-14 flex-col items-center justify-center gap-1.5')}
            >
              <Shape ratio={ratio} />
              {ratio}
            </RadioGroup.Item>
          ))}
        </RadioGroup.Root>
      </Choices>

      <Choices label="Pictures" note={formatCredits(costInCredits(settings))}>
        <RadioGroup.Root
          aria-label="Pictures"
          orientation="horizontal"
          value={String(imageCount)}
          onValueChange={(value) => onChange({ imageCount: Number(value) })}
          className="grid grid-cols-9 gap-1.5"
        >
          {COUNTS.map((count) => (
            <RadioGroup.Item key={count} value={String(count)} className={clsx(CHOICE, 'h-9 pointer-coarse:h-11')}>
              {count}
            </RadioGroup.Item>
          ))}
        </RadioGroup.Root>
      </Choices>
    </div>
  );
}

function Choices({
  label,
  note,
  children,
}: {
  readonly label: string;
  readonly note?: string;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <p className="mb-1.5 flex items-baseline justify-between gap-3">
        <span aria-hidden className="font-medium">
          {label}
        </span>
        {note !== undefined && <span className="text-sm font-semibold tabular-nums">{note}</span>}
      </p>
      {children}
    </div>
  );
}

/** The outline of a picture of this shape. */
function Shape({ ratio }: { readonly ratio: AspectRatio }) {
  const [width = 1, height = 1] = ratio.split(':').map(Number);
  const scale = SHAPE_SIDE / Math.max(width, height);
  return (
    <span aria-hidden className="grid h-[18px] place-items-center">
      <span
        className="block rounded-[2px] border-[1.5px] border-current"
        style={{ width: width * scale, height: height * scale }}
      />
    </span>
  );
}
