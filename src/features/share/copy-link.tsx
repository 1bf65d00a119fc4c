import { Check, Link2, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useState } from 'react';
import { copyText } from '#lib/clipboard.ts';
import { buttonClass } from '#lib/ui/button.tsx';
import { IconButton } from '#lib/ui/icon-button.tsx';

/** How long the button says what happened, in milliseconds. */
const SAYS_SO_MS = 2_000;

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
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), SAYS_SO_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <>
      <IconButton
        icon={outcome === 'copied' ? Check : outcome === 'refused' ? X : Link2}
        label="Copy link"
        className={SIZE}
        onClick={async () => setOutcome((await copyText(address)) ? 'copied' : 'refused')}
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
    <Popover.Root>
      <Popover.Trigger aria-label="Copy link" title="Copy link" className={buttonClass('quiet', SIZE)}>
        <Link2 aria-hidden className="size-4 opacity-60" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label="Copy link"
          className="z-50 w-72 max-w-[calc(100vw-24px)] rounded-lg border border-line bg-panel p-4 text-[0.8125rem] text-ink-soft shadow-float"
        >
          {why}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
