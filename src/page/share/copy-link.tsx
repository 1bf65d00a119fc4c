import { Check, Link2, X } from 'lucide-react';
import { buttonClass } from '#page/ui/button.tsx';
import { IconButton } from '#page/ui/icon-button.tsx';
import { Popover, PopoverPanel, PopoverTrigger } from '#page/ui/popover.tsx';
import { useCopied } from '#page/ui/use-copied.ts';

const SIZE = 'size-9 pointer-coarse:size-11 [&>svg]:size-[18px]';

type CopyLinkProps = {
  /** The whole address that shows the same thing elsewhere; undefined when there can be none. */
  readonly address: string | undefined;
  /** Why there is none, in a sentence or two. */
  readonly why: string;
};

/** Copies the address of what is open. Where there is none, the same button says why. */
export function CopyLink({ address, why }: CopyLinkProps) {
  return address === undefined ? <WhyNot why={why} /> : <CopyAddress address={address} />;
}

function CopyAddress({ address }: { readonly address: string }) {
  const { outcome, copy } = useCopied();
  return (
    <>
      <IconButton
        icon={outcome === 'copied' ? Check : outcome === 'refused' ? X : Link2}
        label="Copy link"
        className={SIZE}
        onClick={() => void copy(address)}
      />
      <span role="status" className="sr-only">
        {outcome === 'copied' && 'Link copied.'}
        {outcome === 'refused' && 'The browser did not allow copying. The link is in the address bar.'}
      </span>
    </>
  );
}

function WhyNot({ why }: { readonly why: string }) {
  return (
    <Popover>
      <PopoverTrigger aria-label="Copy link" title="Copy link" className={buttonClass('quiet', SIZE)}>
        <Link2 aria-hidden className="size-4 opacity-60" />
      </PopoverTrigger>
      <PopoverPanel align="end" label="Copy link" className="w-72 text-[0.8125rem] text-ink-soft">
        {why}
      </PopoverPanel>
    </Popover>
  );
}
