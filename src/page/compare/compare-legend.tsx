import clsx from 'clsx';
import { MarkLine } from './compare-marks.tsx';
import { toggleLayer, useComparePlace } from './compare-place.ts';
import type { Layer } from './compare-state.ts';

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

/** What the lines mean, and which of them are drawn. */
export function CompareLegend({ counts }: CompareLegendProps) {
  const layers = useComparePlace((state) => state.layers);
  return (
    <div
      role="toolbar"
      aria-label="What the stage shows"
      className="absolute top-4 left-1/2 z-10 flex max-w-[calc(100%-1rem)] -translate-x-1/2 items-center gap-0.5 rounded-xl border border-line bg-raised p-1 text-[0.8125rem] whitespace-nowrap shadow-float"
    >
      {LAYERS.map(({ layer, label }) => (
        <span key={layer} className="contents">
          {layer === 'truth' && <span aria-hidden className="mx-1.5 h-4.5 w-px bg-line-strong" />}
          <button
            type="button"
            aria-pressed={layers.has(layer)}
            onClick={() => toggleLayer(layer)}
            className={clsx(
              'flex min-h-8 items-center gap-2 rounded px-2.5 pointer-coarse:min-h-11',
              layers.has(layer) ? 'bg-panel' : 'text-ink-faint line-through decoration-1',
            )}
          >
            <MarkLine mark={layer} />
            {label}
            {layer !== 'truth' && counts !== undefined && <b className="font-semibold tabular-nums">{counts[layer]}</b>}
          </button>
        </span>
      ))}
    </div>
  );
}
