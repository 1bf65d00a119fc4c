import clsx from 'clsx';
import { MarkLine } from './compare-marks.tsx';
import { type Layer, toggleLayer, useComparePlace } from './compare-place.ts';

type CompareLegendProps = {
  /** How many boxes of each there are on the open picture; the truth has no number. */
  readonly counts: Readonly<Record<Exclude<Layer, 'truth'>, number>> | undefined;
};

const LAYERS: readonly { readonly layer: Layer; readonly label: string }[] = [
  { layer: 'matched', label: 'Matched' },
  { layer: 'missed', label: 'Missed' },
  { layer: 'false', label: 'False' },
  { layer: 'truth', label: 'Truth' },
];

/** What the lines mean, and which of them are drawn; as wide as there is room (a container above it says how much). */
export function CompareLegend({ counts }: CompareLegendProps) {
  const layers = useComparePlace((state) => state.layers);
  return (
    <div
      role="toolbar"
      aria-label="What the stage shows"
      className="flex max-w-full items-center gap-0.5 rounded-xl border border-line bg-raised p-1 text-[0.8125rem] whitespace-nowrap shadow-float @max-[31rem]:w-full @max-[31rem]:rounded-none @max-[31rem]:border-0 @max-[31rem]:border-b @max-[31rem]:shadow-none"
    >
      {LAYERS.map(({ layer, label }) => (
        <span key={layer} className="contents">
          {layer === 'truth' && <span aria-hidden className="mx-1.5 h-4.5 w-px bg-line-strong @max-[31rem]:hidden" />}
          <button
            type="button"
            aria-pressed={layers.has(layer)}
            onClick={() => toggleLayer(layer)}
            className={clsx(
              'flex min-h-8 items-center gap-2 rounded px-2.5 pointer-coarse:min-h-11',
              // Where there is no room beside each other, the word stands under its line.
              '@max-[31rem]:min-w-0 @max-[31rem]:flex-1 @max-[31rem]:flex-wrap @max-[31rem]:content-center @max-[31rem]:justify-center @max-[31rem]:gap-x-1 @max-[31rem]:gap-y-0 @max-[31rem]:px-0.5 @max-[31rem]:text-xs',
              layers.has(layer) ? 'bg-panel' : 'text-ink-faint line-through decoration-1',
            )}
          >
            <MarkLine mark={layer} />
            {layer !== 'truth' && counts !== undefined && (
              <b className="order-last font-semibold tabular-nums @max-[31rem]:order-none">{counts[layer]}</b>
            )}
            <span className="@max-[31rem]:w-full @max-[31rem]:truncate @max-[31rem]:text-center">{label}</span>
          </button>
        </span>
      ))}
    </div>
  );
}
