/** One line of the list of keys: each entry of `shown` is one way to the same. */
export type KeyEntry = { readonly shown: readonly string[]; readonly label: string; readonly group: string };

/** Keys that belong together, under their title. */
export function KeyGroup({ title, entries }: { readonly title: string; readonly entries: readonly KeyEntry[] }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-xs font-semibold text-ink-faint">{title}</h3>
      <dl>
        {entries.map((entry) => (
          <div
            key={entry.label}
            className="flex min-h-7 items-center justify-between gap-4 border-b border-line py-1 last:border-0"
          >
            <dt className="text-[0.8125rem]">{entry.label}</dt>
            <dd className="flex shrink-0 gap-1">
              {entry.shown.map((key) => (
                <kbd
                  translate="no"
                  key={key}
                  className="min-w-6 rounded-sm border border-line-strong bg-raised px-1.5 text-center font-sans text-xs leading-5 text-ink-soft"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
