import { ImagePlus } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonClass } from '#page/ui/button.tsx';
import { Popover, PopoverPanel, PopoverTrigger } from '#page/ui/popover.tsx';
import { useIntake } from './intake-context.ts';
import { LinkField } from './link-field.tsx';
import { PasteHint } from './paste-hint.tsx';
import { SampleCards } from './sample-cards.tsx';

type AddPicturesProps = {
  /** Where pictures go when they are added, where that is beyond this server. */
  readonly warning?: string | undefined;
};

/** Every way in, from the header, while results are on screen. Not modal, so that dropping and pasting go on. */
export function AddPictures({ warning }: AddPicturesProps) {
  const { browse } = useIntake();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const browseAndClose = () => {
    browse();
    close();
  };
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        className={buttonClass('quiet', 'min-h-9 px-2.5 pointer-coarse:min-h-11 pointer-coarse:min-w-11')}
      >
        <ImagePlus aria-hidden className="size-4" />
        <span className="max-[70rem]:sr-only">Add pictures</span>
      </PopoverTrigger>
      <PopoverPanel
        align="end"
        label="Add pictures"
        className="max-h-[var(--radix-popover-content-available-height)] w-96 space-y-3 overflow-y-auto"
      >
        {warning !== undefined && <p className="text-[0.8125rem] text-ink-soft">{warning}</p>}
        <Button look="primary" className="w-full" onClick={browseAndClose}>
          Browse
        </Button>
        <LinkField onDone={close} />
        <PasteHint />
        <SampleCards onDone={close} className="border-t border-line pt-3" />
      </PopoverPanel>
    </Popover>
  );
}
