import clsx from 'clsx';

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Says that pasting works, with the keys of this system. Not on touch screens, which have no such keys. */
export function PasteHint({ className }: { readonly className?: string }) {
  return (
    <p className={clsx('text-center text-[0.8125rem] text-ink-soft pointer-coarse:hidden', className)}>
      or paste from the clipboard{' '}
      <kbd className="ml-1 rounded-sm border border-line-strong bg-panel px-1.5 py-0.5 font-sans text-xs text-ink">
        {IS_APPLE ? '⌘V' : 'Ctrl V'}
      </kbd>
    </p>
  );
}
