import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { KeyGroup } from '#page/keyboard/help/key-group.tsx';
import { PRESENT_SHORTCUTS } from '#page/keyboard/shortcuts.ts';
import { IconButton } from '#page/ui/icon-button.tsx';

/** The keys of the presentation, over it. */
export function PresentKeys({ onClose }: { readonly onClose: () => void }) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keeps a click on the list from going on
    <div
      ref={panel}
      role="dialog"
      aria-label="Keys"
      tabIndex={-1}
      onClick={(event) => event.stopPropagation()}
      className="absolute top-1/2 left-1/2 z-20 max-h-[calc(100%-2rem)] w-104 max-w-[calc(100%-1.5rem)] -translate-1/2 overflow-y-auto rounded-xl border border-line bg-panel px-5 py-4 text-ink shadow-float outline-none"
    >
      <div className="absolute top-2.5 right-3">
        <IconButton icon={X} label="Close" onClick={onClose} />
      </div>
      <KeyGroup title="Presenting" entries={PRESENT_SHORTCUTS} />
      <p className="text-xs text-ink-faint">On a touch screen: tap to go on, swipe to go on or back.</p>
    </div>
  );
}
