import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { type Sample, type SampleName, samplePaths } from '#contract/samples.ts';
import { Button } from '#page/ui/button.tsx';
import { useIntake } from './intake-context.ts';
import { fetchSample, samplesQuery } from './samples.ts';

type SampleCardsProps = {
  /** Runs when a sample was handed over. */
  readonly onDone?: () => void;
  readonly className?: string;
};

/** The drawn samples, each a button: picture, title, how many faces it has. */
export function SampleCards({ onDone, className }: SampleCardsProps) {
  const { deliver, refuse } = useIntake();
  const samples = useQuery(samplesQuery);
  const [loading, setLoading] = useState<SampleName>();

  const load = async (sample: Sample) => {
    setLoading(sample.name);
    const item = await fetchSample(sample);
    setLoading(undefined);
    if (item === undefined) return refuse({ name: sample.title, failure: { code: 'sample-unreachable' } });
    deliver([item]);
    onDone?.();
  };

  if (samples.isError) {
    return (
      <p className={clsx('text-center text-[0.8125rem] text-ink-soft', className)}>
        The samples did not load.{' '}
        <Button look="quiet" onClick={() => samples.refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  return (
    <ul aria-label="Samples" className={clsx('@container grid grid-cols-3 gap-3 sm:gap-5', className)}>
      {samples.data?.map((sample) => (
        <li key={sample.name}>
          <SampleCard sample={sample} loading={loading === sample.name} onLoad={() => load(sample)} />
        </li>
      )) ?? PLACES.map((place) => <li key={place} className="aspect-[3/2] rounded-lg bg-raised" />)}
    </ul>
  );
}

/** Keep the room of the cards while their list is on its way, so that nothing jumps. */
const PLACES = ['first', 'second', 'third'] as const;

function SampleCard({ sample, loading, onLoad }: { sample: Sample; loading: boolean; onLoad: () => void }) {
  const faces = `${sample.faceCount} ${sample.faceCount === 1 ? 'face' : 'faces'}`;
  return (
    <button
      type="button"
      onClick={onLoad}
      disabled={loading}
      aria-busy={loading}
      aria-label={`Sample: ${sample.title}, ${faces}`}
      className="group w-full rounded-lg text-left"
    >
      <span className="relative block overflow-hidden rounded-lg border border-line group-hover:border-line-strong">
        <img
          src={samplePaths.thumbnail(sample.name)}
          alt=""
          draggable={false}
          className="aspect-[3/2] w-full object-cover transition-transform duration-300 group-hover:scale-[1.03]"
        />
        {loading && (
          <span className="absolute inset-0 grid place-items-center bg-page/60">
            <LoaderCircle aria-hidden className="size-5 animate-spin text-ink" />
          </span>
        )}
      </span>
      <span className="mt-2 flex flex-col justify-between px-0.5 text-[0.8125rem] whitespace-nowrap @md:flex-row">
        {/* The space keeps the words apart for whoever compares the name with what is seen. */}
        <span className="font-medium text-ink">{sample.title}</span>{' '}
        <span className="text-ink-soft tabular-nums">{faces}</span>
      </span>
    </button>
  );
}
