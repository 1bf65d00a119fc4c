import type { ReactNode } from 'react';
import { GenerationCard } from './generation-card.tsx';
import { rememberedGenerations } from './generation-store.ts';
import type { Generate } from './use-generate.ts';
import { needsToken } from './waiting-for-token.ts';

type GenerationsViewProps = {
  readonly credentialId: string;
  readonly hasOwnToken: boolean;
  readonly serverHasToken: boolean;
  readonly tokenForm: ReactNode;
  readonly generate: Generate;
  /** The address through which the page may load a made picture. */
  readonly pictureHref: (url: string) => string;
};

/** Everything that was generated, newest first, also before a reload and in other tabs. */
export function GenerationsView({ tokenForm, generate, ...props }: GenerationsViewProps) {
  const { status, value: generations } = rememberedGenerations.use();
  const wantsToken = generations.some((entry) => needsToken(entry, props.hasOwnToken));
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 py-5 max-sm:px-4">
      {generate.unsent !== undefined && (
        <p role="alert" className="rounded-lg bg-bad-soft p-4 text-bad">
          {generate.unsent}
        </p>
      )}
      {wantsToken && (
        <section aria-label="Token needed" className="rounded-lg bg-accent-soft p-4">
          <p className="font-semibold">A generation waits for your token</p>
          <p className="mt-1 text-ink-soft">
            A token lives in the memory of one tab, so it was gone after the reload. Enter it again to see what became
            of your pictures. Looking costs nothing.
          </p>
          {tokenForm}
        </section>
      )}
      {status === 'newer' && (
        <p role="alert" className="rounded-lg bg-warn-soft p-4 text-warn">
          A newer version of this page has been here, and what was generated is safe with it. Reload to get that
          version; until then nothing is generated from here.
        </p>
      )}
      {status === 'unavailable' && (
        <p role="alert" className="rounded-lg bg-warn-soft p-4 text-warn">
          This browser does not let the page keep data, so it cannot remember what was generated.
        </p>
      )}
      {(status === 'ready' || status === 'unavailable') && generations.length === 0 && (
        <p className="py-16 text-center text-ink-faint">What you generate appears here, also after a reload.</p>
      )}
      {generations.map((entry) => (
        <GenerationCard key={entry.id} entry={entry} generate={generate} {...props} />
      ))}
    </div>
  );
}
